/**
 * The clock as an immutable value: every function takes a Clock and returns the next.
 * @typedef {import("./cues.js").Cues} Cues
 *
 * @typedef {{from: number, to: number}} Span  an interval of time, in steps
 * @typedef {object} Route  the spans that are played instead of everything up to the end
 * @property {Span[]} spans
 * @property {number} at       index of the current span
 * @property {number} pace     a factor on the speed
 * @property {boolean} repeats  starts again while looping is on
 *
 * @typedef {object} Clock
 * @property {number} time     in steps
 * @property {boolean} playing
 * @property {number | null} target  where a single step stops; null: play to the end
 * @property {number} speed
 * @property {boolean} loop
 * @property {Route | null} route
 * @property {number} rest  pause before jumping to another time, ms
 */
import { endOf } from "./cues.js";

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];

/** Pause at the end of a span, ms at speed 1. */
export const REST = 700;
/** Pause at the very end before a loop starts again, ms at speed 1. */
const LAST_REST = 1600;
/** A part is played slowly, to be studied. */
const STUDY = 0.6;
/** Longest duration of running to a moment, ms at speed 1. */
export const RUN = 5000;

/** @type {Clock} */
export const AT_START = { time: 0, playing: false, target: null, speed: 1, loop: false, route: null, rest: 0 };

/** Fields reset by every command: it ends whatever was playing. */
const FREE = { target: null, route: null, rest: 0 };

/**
 * @param {Clock} clock
 * @param {Cues} cues
 * @param {number} elapsed ms since the last call
 * @param {number} [halt]  nothing plays beyond this moment
 * @returns {Clock}
 */
export function advance(clock, cues, elapsed, halt = Infinity) {
  let now = clock;
  let left = elapsed * clock.speed;
  // A slow frame may span several steps of different durations, and the pause between two spans.
  while (now.playing && left > 0) {
    if (now.rest > 0) {
      const waited = Math.min(left, now.rest);
      left -= waited;
      now = { ...now, rest: now.rest - waited };
      if (now.rest === 0) now = onward(now);
    } else {
      const stop = Math.min(endOf(cues), halt, now.target ?? now.route?.spans[now.route.at].to ?? Infinity);
      const ran = run(cues, now.time, stop, left * (now.route?.pace ?? 1));
      left = ran.left / (now.route?.pace ?? 1);
      now = { ...now, time: ran.time };
      if (ran.time >= halt) return pause({ ...now, ...FREE });
      if (ran.time >= stop) now = arrived(now);
    }
  }
  return now;
}

/**
 * @param {Cues} cues
 * @param {number} from
 * @param {number} stop
 * @param {number} ms
 * @returns {{time: number, left: number}} left: ms not used
 */
export function run(cues, from, stop, ms) {
  let time = from;
  let left = ms;
  while (left > 0 && time < stop) {
    const next = Math.min(stop, Math.floor(time + 1e-9) + 1);
    const { duration } = cues.steps[Math.ceil(next - 1e-9)];
    const needed = (next - time) * duration;
    if (needed > left) return { time: time + left / duration, left: 0 };
    time = next;
    left -= needed;
  }
  return { time: Math.min(time, stop), left };
}

/** @param {Clock} clock that has reached the end of what it plays @returns {Clock} */
function arrived(clock) {
  const { route, loop, target } = clock;
  if (target === null) {
    if (route && route.at + 1 < route.spans.length) return { ...clock, rest: REST };
    if (loop && (route === null || route.repeats)) return { ...clock, rest: LAST_REST };
  }
  return { ...clock, ...FREE, playing: false };
}

/** @param {Clock} clock whose pause is over @returns {Clock} at the start of what comes next */
function onward(clock) {
  const { route } = clock;
  if (route === null) return { ...clock, time: 0 };
  const at = (route.at + 1) % route.spans.length;
  return { ...clock, time: route.spans[at].from, route: { ...route, at } };
}

/** @param {Clock} clock @param {Cues} cues @returns {Clock} from the end, play starts over; a paused part continues */
export function play(clock, cues) {
  const time = clock.route === null && clock.time >= endOf(cues) ? 0 : clock.time;
  return { ...clock, time, playing: true, target: null, rest: time === clock.time ? clock.rest : 0 };
}

/** @param {Clock} clock @returns {Clock} */
export const pause = (clock) => ({ ...clock, playing: false, target: null });

/** @param {Clock} clock @param {Cues} cues @returns {Clock} plays the next step, or the rest of this one, and stops */
export function stepForward(clock, cues) {
  const from = clock.playing && clock.target !== null && clock.target > clock.time ? clock.target : clock.time;
  const target = Math.min(endOf(cues), Math.floor(from + 1e-9) + 1);
  // If pressed again before the last step has finished, that step is completed at once.
  return { ...clock, ...FREE, time: from, playing: target > from, target };
}

/**
 * Jumps to the end of the previous step; nothing is animated backwards. A step in progress is undone.
 * @param {Clock} clock @returns {Clock}
 */
export function stepBack(clock) {
  const from = clock.target ?? Math.ceil(clock.time - 1e-9);
  return { ...clock, ...FREE, time: Math.max(0, from - 1), playing: false };
}

/** @param {Clock} clock @param {Cues} cues @param {number} time @returns {Clock} */
export function seek(clock, cues, time) {
  return { ...clock, ...FREE, time: Math.min(endOf(cues), Math.max(0, time)), playing: false };
}

/** @param {Clock} clock @returns {Clock} as for a newly opened program; speed and loop keep their settings */
export const rewind = (clock) => ({ ...clock, ...FREE, time: 0, playing: false });

/**
 * For a changed program with new steps: routes and targets in the old steps end, playback continues.
 * @param {Clock} clock @param {Cues} cues the new ones @param {number} time in them @returns {Clock}
 */
export function carryOver(clock, cues, time) {
  return {
    ...clock,
    ...FREE,
    time: Math.min(endOf(cues), Math.max(0, time)),
    playing: clock.playing && clock.target === null,
  };
}

/**
 * For the same operations divided into other steps, as when a group opens: everything in progress continues.
 * @param {Clock} clock @param {(time: number) => number} map from the old time to the new @returns {Clock}
 */
export function rescale(clock, map) {
  const { route, target } = clock;
  const whole = (/** @type {number} */ time) => Math.ceil(map(time) - 1e-9);
  return {
    ...clock,
    time: map(clock.time),
    target: target === null ? null : whole(target),
    route: route && {
      ...route,
      spans: route.spans.map(({ from, to }) => ({ from: Math.floor(map(from) + 1e-9), to: whole(to) })),
    },
  };
}

/** @param {Clock} clock @param {Span[]} spans @returns {Clock} plays only these, slowly, and stops after the last */
export function playPart(clock, spans) {
  if (spans.length === 0) return clock;
  return { ...clock, ...FREE, time: spans[0].from, playing: true, route: { spans, at: 0, pace: STUDY, repeats: true } };
}

/**
 * Plays from now to a moment and stops there. An earlier moment is jumped to, as by a step back.
 * @param {Clock} clock @param {Cues} cues @param {number} moment @returns {Clock}
 */
export function runTo(clock, cues, moment) {
  if (moment <= clock.time) return seek(clock, cues, moment);
  const steps = cues.steps.slice(Math.floor(clock.time + 1e-9) + 1, moment + 1);
  const needed = steps.reduce((sum, { duration }) => sum + duration, 0);
  const spans = [{ from: clock.time, to: moment }];
  return { ...clock, ...FREE, playing: true, route: { spans, at: 0, pace: Math.max(1, needed / RUN), repeats: false } };
}

/** @param {Clock} clock @param {number} by  positions in the list of speeds @returns {Clock} */
export function faster(clock, by) {
  const nearest = SPEEDS.reduce(
    (best, s, i) => (Math.abs(s - clock.speed) < Math.abs(SPEEDS[best] - clock.speed) ? i : best),
    0,
  );
  return { ...clock, speed: SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, nearest + by))] };
}

/** With reduced motion, the shortest time between changes during playback, ms. */
const CALM = 700;

/**
 * The moment shown with reduced motion: whole steps only, and not every step of a long program while it plays.
 * @param {Clock} clock @param {Cues} cues @returns {number}
 */
export function calmly(clock, cues) {
  const whole = Math.floor(clock.time + 1e-9);
  if (!clock.playing || clock.route !== null || clock.target !== null) return whole;
  const { duration } = cues.steps[Math.min(endOf(cues), whole + 1)];
  const together = Math.ceil(CALM / (duration / clock.speed));
  return whole >= endOf(cues) ? whole : whole - (whole % together);
}
