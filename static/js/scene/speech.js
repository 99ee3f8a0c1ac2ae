/** A node in words, for who does not see it. */
import { formatShape, formatTensor } from "../format.js";
import { called } from "../timeline/sentence.js";
import { addition } from "./marks/mark.js";

/** @param {import("../types.js").Node} node @param {import("../timeline/frame.js").NodeState} state */
export function describe(node, state) {
  const value = state.value === null ? "value not computed yet" : `value ${formatTensor(node.value)}`;
  const grad = {
    none: "no path to the output",
    waiting: "gradient not computed yet",
    partial: `gradient so far ${formatTensor(state.grad)}`,
    done: `gradient ${formatTensor(state.grad)}`,
  }[state.progress];
  const sum = addition(state);
  return `${called(node)}, ${node.role === "operation" ? node.formula : node.role}, ${formatShape(node.shape)}, ${value}, ${grad}${sum ? `, ${sum}` : ""}`;
}
