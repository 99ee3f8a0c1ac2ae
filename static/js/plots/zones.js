/**
 * Finds the zones in which the slope of a function is almost zero, from its curve.
 * @typedef {import("../types.js").Curve} Curve
 * @typedef {{from: number, to: number, kind: "saturated" | "dead"}} Zone
 * @typedef {{index: number, x: number, slope: number, before: number, after: number}} Corner
 */

/** A slope below this counts as almost zero. */
export const SATURATED = 0.05;
/** A jump of the slope by this fraction of its whole range marks a corner. */
const JUMP = 0.25;

/**
 * What a slope does to a gradient that passes through.
 * @param {number} slope
 * @returns {"dead" | "saturated" | "open" | "undefined"}
 */
export function stateOf(slope) {
  if (Number.isNaN(slope)) return "undefined";
  return slope === 0 ? "dead" : Math.abs(slope) < SATURATED ? "saturated" : "open";
}

/**
 * Intervals with zero slope, and intervals with almost zero slope that reach the edge of the window. A function that
 * flattens out at the edge stays flat; at the bottom of a valley it is flat only briefly.
 * @param {Curve} curve @returns {Zone[]}
 */
export function zonesOf({ x, dy }) {
  /** @type {Zone[]} */
  const zones = [];
  for (let start = 0; start < x.length;) {
    const kind = stateOf(dy[start]);
    let end = start;
    while (end + 1 < x.length && stateOf(dy[end + 1]) === kind) end += 1;
    const wide = end > start + 1;
    const outward = start === 0 || end === x.length - 1 || beside(zones, x[start]);
    if (kind === "dead" && wide) zones.push({ from: x[start], to: x[end], kind });
    else if (kind === "saturated" && wide && outward) zones.push({ from: x[start], to: x[end], kind });
    start = end + 1;
  }
  return zones;
}

/** @param {Zone[]} zones @param {number} from whether a zone ends exactly here */
const beside = (zones, from) => zones.length > 0 && zones[zones.length - 1].to === from;

/**
 * The points at which the slope jumps, for a function that declares kinks.
 * @param {Curve} curve
 * @returns {Corner[]} `slope` is the convention taken at the point itself
 */
export function cornersOf({ x, dy }) {
  const finite = dy.filter(Number.isFinite);
  const spread = Math.max(...finite) - Math.min(...finite);
  const jumpAt = (/** @type {number} */ i) => Math.abs(dy[i + 1] - dy[i - 1]);
  /** @type {Corner[]} */
  const corners = [];
  for (let i = 1; i + 1 < x.length; i += 1) {
    if (!(jumpAt(i) > JUMP * spread)) continue;
    // Neighbouring points also see part of the jump; the corner is where it is largest.
    let best = i;
    while (i + 2 < x.length && jumpAt(i + 1) > JUMP * spread) {
      i += 1;
      if (jumpAt(i) > jumpAt(best)) best = i;
    }
    corners.push({ index: best, x: x[best], slope: dy[best], before: dy[best - 1], after: dy[best + 1] });
  }
  return corners;
}
