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

/**
 * @param {Frame} frame
 * @param {{at: (t: number) => import("../layout/read.js").Point}[]} lines by edge
 * @returns {PulseState[]}
 */
export function pulseStates(frame, lines) {
  return [...frame.edges].map(([index, state]) => {
    const backward = state.active === "backward";
    return {
      way: backward ? "backward" : "forward",
      at: state.pulse === null ? null : lines[index].at(state.pulse),
      carries: state.carries ? formatTensor(state.carries, 4, 3) : "",
      middle: beside(lines[index].at),
      local: backward ? factor(frame, index) : "",
    };
  });
}

/** @param {Frame} frame @param {number} index */
function factor({ trace }, index) {
  const edge = trace.edges[index];
  const number = factorOf(trace, edge);
  if (number !== null) return `× ${formatFactor(number)}`;
  if (edge.local !== null && isZero(edge.local)) return "× 0";
  if (edge.local !== null && edge.local.flat.length <= 4) return `× ${formatTensor(edge.local, 4, 3)}`;
  return edge.partial !== null && edge.partial.length <= LONGEST ? `× ${edge.partial}` : "";
}

/** The middle of an edge, moved off the line to the upper side. @param {(t: number) => import("../layout/read.js").Point} at */
function beside(at) {
  const [before, middle, after] = [at(0.42), at(0.5), at(0.58)];
  const [dx, dy] = [after.x - before.x, after.y - before.y];
  const length = Math.hypot(dx, dy) || 1;
  // Of the two normals the one that points up; on an upright line the one to the right.
  const side = dx >= 0 ? 1 : -1;
  return { x: middle.x + (side * dy * OFF) / length, y: middle.y - (side * dx * OFF) / length };
}
