/**
 * What has likely gone wrong where a number is not the right one. Pure. Each sentence holds for the numbers at hand, whatever the
 * reader had in mind. What goes wrong in a gradient is known by the server, which knows its rules.
 * @typedef {import("../wire.d.ts").LessonReference} Reference
 * @typedef {import("../types.js").Trace} Trace
 */
import { isSingle } from "../trace/tensor.js";
import { called } from "../timeline/sentence.js";
import { pick } from "./quantities.js";

/** How near a number has to come to be taken for another, as a part of it. */
export const NEAR = 0.005;

/** @param {number} a @param {number} b */
const near = (a, b) => Math.abs(a - b) <= NEAR * Math.abs(b);

/** @param {number} said @param {number} expected @returns {string} a word on what is nearly right; "" for none */
export const signSlip = (said, expected) => (said !== 0 && Math.abs(said + expected) <= 0.02 * Math.abs(expected) ? "The size is right, the sign is not." : "");

/**
 * A number of the graph that stands beside the one that is asked for, and was taken for it.
 * @param {Reference} reference what is asked for @param {number} said @param {number} expected @param {Trace} trace
 * @returns {string} "" for none
 */
export function neighbourSlip({ of, node, target, index }, said, expected, trace) {
  const place = trace.byId.get(node);
  if (place === undefined || near(said, expected)) return "";
  const own = trace.nodes[place];
  const others = of === "value" ? own.ins.map((edge) => trace.edges[edge].source) : target !== null ? [trace.byId.get(target) ?? place] : [...own.outs.map((edge) => trace.edges[edge].target), trace.outputIndex];
  const beside = [...(of === "value" ? [] : [own]), ...others.map((other) => trace.nodes[other])];
  const taken = beside.find(({ value }) => {
    const one = isSingle(value) ? value : index && pick(value, index);
    return one && near(said, one.flat[0]);
  });
  if (!taken) return "";
  return of === "value" ? `That is the value of ${called(taken)}, on the way to ${called(own)}.` : `That is the value of ${called(taken)}. Asked is how fast something changes, not how large it is.`;
}
