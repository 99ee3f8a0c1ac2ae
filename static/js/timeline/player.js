/**
 * The clock as a value: every function takes a Clock and returns the next.
 * @typedef {import("./cues.js").Cues} Cues
 *
 * @typedef {{from: number, to: number}} Span  a stretch of time, in steps
 * @typedef {object} Route  what is played instead of everything up to the end
 * @property {Span[]} spans
 * @property {number} at       the one under way
 * @property {number} pace     a factor beside the speed
 * @property {boolean} repeats  begins anew while the loop is on
 *
 * @typedef {object} Clock
 * @property {number} time     in steps
 * @property {boolean} playing
 * @property {number | null} target  where a single step stops by itself; null: play to the end
 * @property {number} speed
 * @property {boolean} loop
 * @property {Route | null} route
 * @property {number} rest  ms that it waits before it goes on, where it jumps to another time
 */
import { endOf } from "./cues.js";

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];

/** The last picture of a stretch stands this long before the next begins, ms at speed 1. */
export const REST = 700;
/** And the last of all, before a loop begins anew. */
export const LAST_REST = 1600;
/** A part is played to be studied. */
export const STUDY = 0.6;
/** Running to a moment takes no longer than this at speed 1, ms. */
export const RUN = 5000;

/** @type {Clock} */
export const AT_START = { time: 0, playing: false, target: null, speed: 1, loop: false, route: null, rest: 0 };

/** What every order to the clock begins with: whatever was under way is over. */
const FREE = { target: null, route: null, rest: 0 };

/**
 * @param {Clock} clock
 * @param {Cues} cues
 * @param {number} elapsed ms since the last call
 * @param {number} [halt] a moment beyond which nothing plays
 * @returns {Clock}
 */
export function advance(clock, cues, elapsed, halt = Infinity) {
  let now = clock;
  let left = elapsed * clock.speed;
  // A slow frame may span several steps of different length, and the rest between two stretches.
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

/** @param {Cues} cues @param {number} from @param {number} stop @param {number} ms @returns {{time: number, left: number}} */
function run(cues, from, stop, ms) {
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

/** @param {Clock} clock that has come to the end of what it was to play @returns {Clock} */
function arrived(clock) {
  const { route, loop, target } = clock;
  if (target === null) {
    if (route && route.at + 1 < route.spans.length) return { ...clock, rest: REST };
    if (loop && (route === null || route.repeats)) return { ...clock, rest: LAST_REST };
  }
  return { ...clock, ...FREE, playing: false };
}

/** @param {Clock} clock that has rested @returns {Clock} at the beginning of what comes next */
function onward(clock) {
  const { route } = clock;
  if (route === null) return { ...clock, time: 0 };
  const at = (route.at + 1) % route.spans.length;
  return { ...clock, time: route.spans[at].from, route: { ...route, at } };
}

/** @param {Clock} clock @param {Cues} cues @returns {Clock} at the end, play starts over; a part that was paused goes on */
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
  // Pressed again before the last step was shown to its end: that one is done at once.
  return { ...clock, ...FREE, time: from, playing: target > from, target };
}

/**
 * Back to the end of the step before, at once: there is nothing to watch backwards. A step under way is taken back.
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

/** @param {Clock} clock @returns {Clock} as for a program that was just opened: speed and loop stay as they were set */
export const rewind = (clock) => ({ ...clock, ...FREE, time: 0, playing: false });

/**
 * The steps are others now, because the program is. What was on its way in the old ones is over, playing goes on.
 * @param {Clock} clock @param {Cues} cues the new ones @param {number} time in them @returns {Clock}
 */
export function carryOver(clock, cues, time) {
  return { ...clock, ...FREE, time: Math.min(endOf(cues), Math.max(0, time)), playing: clock.playing && clock.target === null };
}

/**
 * The same order of things in steps of another size, as when a group opens: all that is under way goes on.
 * @param {Clock} clock @param {(time: number) => number} map from the old time to the new @returns {Clock}
 */
export function rescale(clock, map) {
  const { route, target } = clock;
  const whole = (/** @type {number} */ time) => Math.ceil(map(time) - 1e-9);
  return {
    ...clock,
    time: map(clock.time),
    target: target === null ? null : whole(target),
    route: route && { ...route, spans: route.spans.map(({ from, to }) => ({ from: Math.floor(map(from) + 1e-9), to: whole(to) })) },
  };
}

/** @param {Clock} clock @param {Span[]} spans @returns {Clock} plays these alone, slowly, and rests after the last */
export function playPart(clock, spans) {
  if (spans.length === 0) return clock;
  return { ...clock, ...FREE, time: spans[0].from, playing: true, route: { spans, at: 0, pace: STUDY, repeats: true } };
}

/**
 * Plays from now to a moment and stops there. What lies behind is gone to at once, as by a step back.
 * @param {Clock} clock @param {Cues} cues @param {number} moment @returns {Clock}
 */
export function runTo(clock, cues, moment) {
  if (moment <= clock.time) return seek(clock, cues, moment);
  const steps = cues.steps.slice(Math.floor(clock.time + 1e-9) + 1, moment + 1);
  const needed = steps.reduce((sum, { duration }) => sum + duration, 0);
  const spans = [{ from: clock.time, to: moment }];
  return { ...clock, ...FREE, playing: true, route: { spans, at: 0, pace: Math.max(1, needed / RUN), repeats: false } };
}

/** @param {Clock} clock @param {number} by places in the list of speeds @returns {Clock} */
export function faster(clock, by) {
  const nearest = SPEEDS.reduce((best, s, i) => (Math.abs(s - clock.speed) < Math.abs(SPEEDS[best] - clock.speed) ? i : best), 0);
  return { ...clock, speed: SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, nearest + by))] };
}

/** For who wants no motion, the picture changes at most this often while it plays, ms. */
export const CALM = 700;

/**
 * The moment as seen without motion: whole steps only, and of a long program, while it plays, not each of them.
 * @param {Clock} clock @param {Cues} cues @returns {number}
 */
export function calmly(clock, cues) {
  const whole = Math.floor(clock.time + 1e-9);
  if (!clock.playing || clock.route !== null || clock.target !== null) return whole;
  const { duration } = cues.steps[Math.min(endOf(cues), whole + 1)];
  const together = Math.ceil(CALM / (duration / clock.speed));
  return whole >= endOf(cues) ? whole : whole - (whole % together);
}
