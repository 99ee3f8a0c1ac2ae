/**
 * The local derivative as printed on an edge: a number, or else the code that computes the message.
 * @typedef {import("../../types.js").Trace} Trace
 */
import { formatFactor } from "../../words/format.js";
import { factorOf, sharedFactor, withoutOwn } from "../../words/formula.js";
import { isAll, isSingle, isZero } from "../../trace/tensor.js";
import { sumOf } from "../../timeline/frame.js";
import { nodeOf } from "../arrange.js";

/** Longer code does not fit on an edge; the sentence and the inspector show it. */
const LONGEST = 10;

/**
 * @param {Trace} trace @param {import("../../graph/drawing.js").Item} target @param {number[]} bundle edges of one line
 * @returns {string} "" for none
 */
export function localOf(trace, target, bundle) {
  if (target.kind === "node" && bundle.length === 1) return factor(trace.nodes[target.node], trace.edges[bundle[0]]);
  // For one number, a whole function also has one local derivative: outgoing message over incoming gradient.
  const own = nodeOf(trace, target).grad;
  const message = sumOf(trace, bundle);
  if (target.kind === "group" && !exitsOnce(trace, target)) return "";
  if (own === null || message === null || !isSingle(own) || !isSingle(message) || own.flat[0] === 0) return "";
  const ratio = message.flat[0] / own.flat[0];
  return Number.isFinite(ratio) ? `× ${formatFactor(ratio, 3)}` : "";
}

/**
 * @param {Trace} trace
 * @param {import("../../graph/drawing.js").GroupItem} item whether its only result is the shown one
 */
function exitsOnce({ nodes, edges, outputIndex }, item) {
  const inside = new Set(item.nodes);
  if (inside.has(outputIndex) && item.result !== outputIndex) return false;
  return item.nodes.every(
    (node) => node === item.result || nodes[node].outs.every((edge) => inside.has(edges[edge].target)),
  );
}

/** @param {import("../../types.js").Node} node @param {import("../../types.js").Edge} edge */
function factor(node, edge) {
  const number = factorOf(edge) ?? sharedFactor(node, edge);
  if (number !== null) return `× ${formatFactor(number, 3)}`;
  if (edge.local !== null && isZero(edge.local)) return "× 0";
  if (edge.local !== null && isAll(edge.local, 1)) return "× 1";
  const code = withoutOwn(edge.rule ?? "", node).replaceAll("*", "×");
  return code.length > 0 && code.length <= LONGEST ? code : "× …";
}
