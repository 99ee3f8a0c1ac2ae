/**
 * The timeline's geometry: which stretch of time is which phase, where its marks stand, which moment a pointer means.
 * Everything is in steps and parts of the whole; pixels come in only where the eye's and hand's limits do.
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {"forward" | "backward"} Lane
 * @typedef {object} Phase
 * @property {string} name
 * @property {Lane} lane  the one that its marks stand on
 * @property {number} from  its first whole step; where the phase before ended, the line begins
 * @property {number} to
 *
 * @typedef {{at: number, look: "dot" | "tick" | "seed"}} Mark
 */
import { endOf } from "./cues.js";

/** Closer than this, px, dots would run into a sausage: steps become ticks. */
const DOT_ROOM = 15;
/** Closer than this not each step has a tick. */
const TICK_ROOM = 5;
/** This near to a step, px and part of a step, a pointer means the step; and always where steps stand closer than SCRUB_ROOM. */
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
 * The marks of one lane: a dot for each step where there is room, else ticks, of very many steps every second, fifth,
 * tenth ... The seed is always marked, and is no step among others.
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
      return Array.from({ length: Math.max(0, count) }, (_, i) => ({ at: from + i * every, look: /** @type {Mark["look"]} */ (look) }));
    });
}

/** @param {number} least @returns {number} the smallest of 1, 2, 5, 10, 20 ... that is not below it */
export function spacing(least) {
  let power = 1;
  for (;;) {
    for (const digit of [1, 2, 5]) if (digit * power >= least) return digit * power;
    power *= 10;
  }
}

/**
 * The moment a pointer means: close to a step that step, and always a step where they stand close.
 * @param {Cues} cues @param {number} x from the track's left end, px @param {number} width of the track, px
 * @param {boolean} whole steps only @returns {number}
 */
export function momentAt(cues, x, width, whole) {
  const end = endOf(cues);
  const time = Math.min(end, Math.max(0, (x / (width || 1)) * end));
  const near = Math.round(time);
  const room = width / (end || 1);
  if (whole || room < SCRUB_ROOM) return near;
  // What a step takes for itself the way between two gives up evenly: no moment is left out.
  const reach = Math.min(REACH_PART, REACH / room);
  const k = Math.floor(time);
  return k + Math.min(1, Math.max(0, (time - k - reach) / (1 - 2 * reach)));
}

/**
 * Where the head stands: on each lane only as far as its phases reach. Between the passes it waits at the seed.
 * @param {Cues} cues @param {number} time @param {number} k the step that time lies in @returns {number}
 */
export const headAt = (cues, time, k) => (k >= cues.seedStep ? Math.max(cues.seedStep, time) : Math.min(cues.seedStep - 1, time));
