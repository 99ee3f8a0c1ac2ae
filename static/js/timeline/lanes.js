/**
 * Geometry of the timeline: the time span of each phase, the positions of marks, and the moment under the pointer.
 * Units are steps and fractions; pixels matter only for what can be seen and hit.
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {"forward" | "backward"} Lane
 * @typedef {object} Phase
 * @property {string} name
 * @property {Lane} lane  the lane of its marks
 * @property {number} from  its first whole step; its line starts where the previous phase ends
 * @property {number} to
 *
 * @typedef {{at: number, look: "dot" | "tick" | "seed"}} Mark
 */
import { endOf } from "./cues.js";

/** Closer than this, dots would merge, so steps become ticks, px. */
const DOT_ROOM = 15;
/** Closer than this, not every step gets a tick, px. */
const TICK_ROOM = 5;
/**
 * Within this distance, in px and in steps, the pointer snaps to a step; it always does where steps are closer than
 * SCRUB_ROOM.
 */
const REACH = 9;
const REACH_PART = 0.18;
const SCRUB_ROOM = 24;

/** @param {Cues} cues @returns {Phase[]} in order of time */
export function phasesOf(cues) {
  return [
    { name: "forward", lane: "forward", from: 0, to: cues.seedStep - 1 },
    { name: "seed", lane: "backward", from: cues.seedStep, to: cues.seedStep },
    { name: "backward", lane: "backward", from: cues.seedStep + 1, to: endOf(cues) },
  ];
}

/**
 * The marks of one lane: a dot for each step if there is room, otherwise ticks; with very many steps, at every second,
 * fifth, tenth ... step. The seed always has a mark of its own.
 * @param {Cues} cues @param {Lane} lane @param {number} width of the track, px @returns {Mark[]}
 */
export function marksFor(cues, lane, width) {
  const end = endOf(cues) || 1;
  const room = width / end;
  const look = room >= DOT_ROOM ? "dot" : "tick";
  const every = spacing(TICK_ROOM / room);
  return phasesOf(cues)
    .filter((phase) => phase.lane === lane)
    .flatMap(({ name, from, to }) => {
      if (name === "seed") return [{ at: from, look: /** @type {const} */ ("seed") }];
      const count = Math.floor((to - from) / every) + 1;
      return Array.from({ length: Math.max(0, count) }, (_, i) => ({
        at: from + i * every,
        look: /** @type {Mark["look"]} */ (look),
      }));
    });
}

/** @param {number} least @returns {number} the smallest of 1, 2, 5, 10, 20 ... that is at least this */
export function spacing(least) {
  let power = 1;
  for (;;) {
    for (const digit of [1, 2, 5]) if (digit * power >= least) return digit * power;
    power *= 10;
  }
}

/**
 * The moment under the pointer. It snaps to a nearby step, and always to a step where steps are close together.
 * @param {Cues} cues @param {number} x from the track's left end, px @param {number} width of the track, px
 * @param {boolean} whole steps only @returns {number}
 */
export function momentAt(cues, x, width, whole) {
  const end = endOf(cues);
  const time = Math.min(end, Math.max(0, (x / (width || 1)) * end));
  const near = Math.round(time);
  const room = width / (end || 1);
  if (whole || room < SCRUB_ROOM) return near;
  // Snapping takes space from the interval between two steps evenly, so every moment can still be reached.
  const reach = Math.min(REACH_PART, REACH / room);
  const k = Math.floor(time);
  return k + Math.min(1, Math.max(0, (time - k - reach) / (1 - 2 * reach)));
}

/**
 * Position of the playhead: on each lane only within its phases. Between the passes it stays at the seed.
 * @param {Cues} cues @param {number} time @param {number} k the step that contains this time @returns {number}
 */
export const headAt = (cues, time, k) =>
  k >= cues.seedStep ? Math.max(cues.seedStep, time) : Math.min(cues.seedStep - 1, time);
