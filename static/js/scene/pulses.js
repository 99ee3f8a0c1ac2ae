/**
 * What travels in this frame, and what stands on its edges.
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("./edges.js").PulseState} PulseState
 */
import { formatFactor, formatTensor } from "../format.js";
import { factorOf, sharedFactor, withoutOwn } from "../timeline/sentence.js";
import { isAll, isZero } from "../tensor.js";

/** A pulse of more numbers than this is silent: the node that it reaches shows them. */
const SPOKEN = 2;
/** Longer derivative code does not fit an edge; sentence and inspector have it. */
const LONGEST = 10;

/**
 * @param {Frame} frame
 * @param {Map<number, {at: (t: number) => import("../layout/read.js").Point}>} lines by edge; what is folded has none
 * @returns {PulseState[]}
 */
export function pulseStates(frame, lines) {
  const { nodes, edges } = frame.trace;
  return [...frame.edges].flatMap(([index, state]) => {
    const line = lines.get(index);
    if (line === undefined) return [];
    const edge = edges[index];
    const backward = state.active === "backward";
    // On its way back the node's own gradient meets the local derivative in the middle and goes on as the message.
    const before = backward && state.pulse !== null && state.pulse > 0.5;
    const carries = before ? nodes[edge.target].grad : state.carries;
    return {
      way: backward ? /** @type {const} */ ("backward") : /** @type {const} */ ("forward"),
      at: state.pulse === null ? null : line.at(state.pulse),
      carries: carries && carries.flat.length <= SPOKEN ? formatTensor(carries, SPOKEN, 3) : "",
      // Pulses that come together from both sides keep their numbers on the outer one.
      below: line.at(0).y > line.at(1).y + 20,
      // Away from the bead: behind the pulse before it, ahead of it after it.
      aside: backward && state.pulse !== null ? Math.sign(line.at(state.pulse).x - line.at(0.5).x) : 0,
      middle: line.at(0.5),
      local: backward ? bead(nodes[edge.target], edge) : "",
    };
  });
}

/**
 * The local derivative as it stands on its edge: a number, else the code that the gradient goes through.
 * @param {import("../types.js").Node} node @param {import("../types.js").Edge} edge
 */
function bead(node, edge) {
  const number = factorOf(edge) ?? sharedFactor(node, edge);
  if (number !== null) return `× ${formatFactor(number, 3)}`;
  if (edge.local !== null && isZero(edge.local)) return "× 0";
  if (edge.local !== null && isAll(edge.local, 1)) return "× 1";
  const code = withoutOwn(edge.rule ?? "", node).replaceAll("*", "×");
  return code.length > 0 && code.length <= LONGEST ? code : "× …";
}
