/**
 * The likely cause of a wrong number. Pure. Each sentence is true of the numbers, whatever the reader was thinking.
 * Slips in gradients are found by the server, which knows the rules.
 * @typedef {import("../wire.d.ts").LessonReference} Reference
 * @typedef {import("../types.js").Trace} Trace
 */
import { isSingle } from "../trace/tensor.js";
import { called } from "../timeline/sentence.js";
import { pick } from "./quantities.js";

/** Relative difference below which two numbers count as the same. */
export const NEAR = 0.005;

/** @param {number} a @param {number} b */
const near = (a, b) => Math.abs(a - b) <= NEAR * Math.abs(b);

/**
 * @param {number} said
 * @param {number} expected
 * @returns {string} a remark on an answer that is nearly right; "" for none
 */
export const signSlip = (said, expected) =>
  said !== 0 && Math.abs(said + expected) <= 0.02 * Math.abs(expected) ? "The size is right, the sign is not." : "";

/**
 * A neighbouring number of the graph that was mistaken for the right one.
 * @param {Reference} reference the right number @param {number} said @param {number} expected @param {Trace} trace
 * @returns {string} "" for none
 */
export function neighbourSlip({ of, node, target, index }, said, expected, trace) {
  const place = trace.byId.get(node);
  if (place === undefined || near(said, expected)) return "";
  const own = trace.nodes[place];
  const others =
    of === "value"
      ? own.ins.map((edge) => trace.edges[edge].source)
      : target !== null
        ? [trace.byId.get(target) ?? place]
        : [...own.outs.map((edge) => trace.edges[edge].target), trace.outputIndex];
  const beside = [...(of === "value" ? [] : [own]), ...others.map((other) => trace.nodes[other])];
  const taken = beside.find(({ value }) => {
    const one = isSingle(value) ? value : index && pick(value, index);
    return one && near(said, one.flat[0]);
  });
  if (!taken) return "";
  return of === "value"
    ? `That is the value of ${called(taken)}, on the way to ${called(own)}.`
    : `That is the value of ${called(taken)}. The question asks how fast something changes, not how large it is.`;
}
