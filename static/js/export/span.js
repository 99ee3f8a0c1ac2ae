/**
 * The moments shown by the frames of an animation that plays a part of the timeline at constant speed.
 * @typedef {import("../timeline/cues.js").Cues} Cues
 * @typedef {"all" | "forward" | "backward" | "step"} Range
 * @typedef {{time: number, duration: number, step?: number}} Shot  a moment and how long it is shown, ms; step: of a
 *   training, where the film runs over its steps
 */
import { endOf, stepAt } from "../timeline/cues.js";
import { run } from "../timeline/player.js";

/** How long the last frame is shown before the animation repeats, ms. */
export const HOLD = 1500;

/**
 * @param {Cues} cues @param {Range} range @param {number} now the current moment, for the range "step"
 * @returns {{from: number, to: number}} moments
 */
export function spanOf(cues, range, now) {
  const end = endOf(cues);
  const turn = cues.seedStep - 1;
  // At the start nothing happens yet: use the first step.
  const k = Math.max(1, stepAt(cues, now));
  return {
    all: { from: 0, to: end },
    forward: { from: 0, to: turn },
    backward: { from: turn, to: end },
    step: { from: Math.min(k, end) - 1, to: Math.min(k, end) },
  }[range];
}

/**
 * @param {Cues} cues @param {{from: number, to: number}} span @param {number} fps @param {number} speed
 * @returns {Shot[]} the last one is shown for HOLD
 */
export function shotsOf(cues, { from, to }, fps, speed) {
  const gap = 1000 / fps;
  const shots = [];
  for (let time = from; time < to - 1e-9; time = run(cues, time, to, gap * speed).time)
    shots.push({ time, duration: gap });
  return [...shots, { time: to, duration: HOLD }];
}

/** @param {Shot[]} shots @returns {number} ms */
export const lengthOf = (shots) => shots.reduce((sum, { duration }) => sum + duration, 0);
