/**
 * The clock as a value: every function takes a Clock and returns the next.
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {object} Clock
 * @property {number} time     in steps
 * @property {boolean} playing
 * @property {number | null} target  where a single step stops by itself; null: play to the end
 * @property {number} speed
 */
import { endOf } from "./cues.js";

export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];

/** @type {Clock} */
export const AT_START = { time: 0, playing: false, target: null, speed: 1 };

/**
 * @param {Clock} clock
 * @param {Cues} cues
 * @param {number} elapsed ms since the last call
 * @returns {Clock}
 */
export function advance(clock, cues, elapsed) {
  if (!clock.playing) return clock;
  const stop = clock.target ?? endOf(cues);
  const way = Math.sign(stop - clock.time);
  if (way === 0) return { ...clock, playing: false, target: null };
  let { time } = clock;
  let left = elapsed * clock.speed;
  // A slow frame may span several steps of different length.
  while (left > 0 && time !== stop) {
    const next = way > 0 ? Math.min(stop, Math.floor(time + 1e-9) + 1) : Math.max(stop, Math.ceil(time - 1e-9) - 1);
    const { duration } = cues.steps[Math.ceil(Math.max(time, next) - 1e-9)];
    const needed = Math.abs(next - time) * duration;
    if (needed > left) {
      time += (way * left) / duration;
      left = 0;
    } else {
      time = next;
      left -= needed;
    }
  }
  return time === stop ? { ...clock, time, playing: false, target: null } : { ...clock, time };
}

/** @param {Clock} clock @param {Cues} cues @returns {Clock} at the end, play starts over */
export function play(clock, cues) {
  const time = clock.time >= endOf(cues) ? 0 : clock.time;
  return { ...clock, time, playing: true, target: null };
}

/** @param {Clock} clock @returns {Clock} */
export const pause = (clock) => ({ ...clock, playing: false, target: null });

/** @param {Clock} clock @param {Cues} cues @returns {Clock} plays the next step, or the rest of this one, and stops */
export function stepForward(clock, cues) {
  const from = clock.playing && clock.target !== null && clock.target > clock.time ? clock.target : clock.time;
  const target = Math.min(endOf(cues), Math.floor(from + 1e-9) + 1);
  // Pressed again before the last step was shown to its end: that one is done at once.
  return { ...clock, time: from, playing: target > from, target };
}

/**
 * Back to the end of the step before, at once: there is nothing to watch backwards. A step under way is taken back.
 * @param {Clock} clock @returns {Clock}
 */
export function stepBack(clock) {
  const from = clock.target ?? Math.ceil(clock.time - 1e-9);
  return { ...clock, time: Math.max(0, from - 1), playing: false, target: null };
}

/** @param {Clock} clock @param {Cues} cues @param {number} time @returns {Clock} */
export function seek(clock, cues, time) {
  return { ...clock, time: Math.min(endOf(cues), Math.max(0, time)), playing: false, target: null };
}

/** @param {Clock} clock @param {number} by places in the list of speeds @returns {Clock} */
export function faster(clock, by) {
  const nearest = SPEEDS.reduce((best, s, i) => (Math.abs(s - clock.speed) < Math.abs(SPEEDS[best] - clock.speed) ? i : best), 0);
  return { ...clock, speed: SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, nearest + by))] };
}
