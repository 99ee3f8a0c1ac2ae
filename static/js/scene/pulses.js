/**
 * What travels in this frame, and what stands on its edges.
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("./edges.js").PulseState} PulseState
 */
import { formatFactor, formatTensor } from "../format.js";
import { factorOf } from "../timeline/sentence.js";
import { isZero } from "../tensor.js";

/** How far a label keeps from its edge, px. */
const OFF = 13;
/** Long derivative code does not fit an edge; the inspector has it. */
const LONGEST = 12;
/** About the width of a character, px. */
const WIDE = 8;

/**
 * @param {Frame} frame
 * @param {Map<number, {at: (t: number) => import("../layout/read.js").Point}>} lines by edge; what is folded has none
 * @returns {PulseState[]}
 */
export function pulseStates(frame, lines) {
  return [...frame.edges].flatMap(([index, state]) => {
    const line = lines.get(index);
    if (line === undefined) return [];
    const backward = state.active === "backward";
    const local = backward ? factor(frame, index) : "";
    return {
      way: backward ? /** @type {const} */ ("backward") : /** @type {const} */ ("forward"),
      at: state.pulse === null ? null : line.at(state.pulse),
      carries: state.carries ? formatTensor(state.carries, 4, 3) : "",
      // Pulses that come together from both sides keep their numbers on the outer one.
      below: line.at(0).y > line.at(1).y + 20,
      middle: beside(line.at, local.length * WIDE),
      local,
    };
  });
}

/** @param {Frame} frame @param {number} index */
function factor({ trace }, index) {
  const edge = trace.edges[index];
  const number = factorOf(edge);
  if (number !== null) return `× ${formatFactor(number)}`;
  if (edge.local !== null && isZero(edge.local)) return "× 0";
  if (edge.local !== null && edge.local.flat.length <= 3) return `× ${formatTensor(edge.local, 3, 3)}`;
  return edge.partial !== null && edge.partial.length <= LONGEST ? `× ${edge.partial}` : "";
}

/**
 * The middle of an edge, moved off the line: downwards, for numbers on their way stand above it.
 * @param {(t: number) => import("../layout/read.js").Point} at
 * @param {number} width of the label
 */
function beside(at, width) {
  const [before, middle, after] = [at(0.42), at(0.5), at(0.58)];
  const [dx, dy] = [after.x - before.x, after.y - before.y];
  const length = Math.hypot(dx, dy) || 1;
  // Of the two normals the one that points down; on an upright line the one to the right.
  const side = dx > 0.01 ? 1 : -1;
  const [nx, ny] = [(-side * dy) / length, (side * dx) / length];
  return { x: middle.x + nx * (OFF + width / 2), y: middle.y + ny * OFF };
}
