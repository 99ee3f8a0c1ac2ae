/**
 * Reads the numbers that a lesson's text refers to from the current trace.
 * @typedef {import("../wire.d.ts").LessonReference} Reference
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Tensor} Tensor
 */
import { format, formatTensor } from "../words/format.js";
import { placeOf } from "../trace/elements.js";
import { isSingle } from "../trace/tensor.js";

/** @param {DOMStringMap} data of a `span.number` @returns {Reference} */
export function readReference(data) {
  const number = (/** @type {string | undefined} */ text) => (text === undefined ? null : Number(text));
  return {
    of: /** @type {Reference["of"]} */ (data.of),
    node: data.node ?? "",
    target: data.target ?? null,
    slot: number(data.slot),
    index: data.index === undefined ? null : data.index.split(",").map(Number),
    epsilon: number(data.epsilon),
    digits: number(data.digits),
  };
}

/** @param {Reference} reference whether the trace contains it, or it must be requested */
export const isTraced = ({ of }) => of !== "check" && of !== "error";

/** @param {Reference} reference @param {Trace} trace @returns {Tensor | null} null if this trace has no such number */
export function quantity({ of, node, target, slot, index }, trace) {
  const place = trace.byId.get(node);
  if (place === undefined) return null;
  const its = trace.nodes[place];
  if (of === "value") return pick(its.value, index);
  if (of === "grad") return its.grad && pick(its.grad, index);
  const uses = its.outs
    .map((edge) => trace.edges[edge])
    .filter((edge) => trace.nodes[edge.target].id === target)
    .sort((a, b) => a.slot - b.slot);
  const edge = uses[slot ?? 0];
  const found = of === "message" ? edge?.message : of === "local" ? edge?.local : null;
  return found ? pick(found, index) : null;
}

/** @param {Tensor} tensor @param {number[] | null} index @returns {Tensor | null} */
export function pick(tensor, index) {
  if (index === null) return tensor;
  const place = placeOf(index, tensor.shape);
  return index.length === tensor.shape.length && place < tensor.flat.length
    ? { shape: [], flat: [tensor.flat[place]] }
    : null;
}

/** @param {Tensor} tensor @param {Reference} reference @returns {string} as printed in the text */
export const shown = (tensor, { digits }) =>
  digits !== null && isSingle(tensor) ? format(tensor.flat[0], digits) : formatTensor(tensor);

/**
 * @param {import("../wire.d.ts").LessonGoal} goal
 * @param {Trace} trace
 * @returns {boolean} whether the goal is reached
 */
export function isReached({ reference, comparison, number }, trace) {
  const found = quantity(reference, trace);
  if (found === null || found.flat.length === 0) return false;
  if (comparison === "not") return found.flat.some((x) => x !== number);
  const test = {
    above: (/** @type {number} */ x) => x > number,
    below: (/** @type {number} */ x) => x < number,
    equal: (/** @type {number} */ x) => Math.abs(x - number) <= 1e-9 * Math.max(1, Math.abs(number)),
  };
  return found.flat.every(test[comparison]);
}
