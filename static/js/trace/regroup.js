/**
 * The message that an operation on arrays sends to one of its inputs, taken apart: which scalar messages it consists
 * of, in which order they come, and how they group into one expression again. Pure.
 *
 * A product y = a @ b of matrices: y[i,j] is the sum of a[i,k] b[k,j], so its gradient δ[i,j] goes to each b[k,j] times
 * a[i,k], and to each a[i,k] times b[k,j]. All that b[k,j] gets is column k of a times column j of δ: aᵀ @ δ.
 * An input that is repeated along an axis gets the sum along it.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {{to: number, by: number | null, value: number}} Part  to: an element of the input; by: the element of the
 *   other factor; value: the scalar message
 * @typedef {object} Regroup
 * @property {"product" | "repeat"} kind
 * @property {Node} source  the input that receives the message
 * @property {Node} target  the operation
 * @property {Node | null} other  the other factor
 * @property {Tensor} gradient  that of the operation, δ
 * @property {Tensor} message   all scalar messages together, as the engine computed it
 * @property {Part[][]} parts   by element of δ: what it sends
 * @property {0 | 1} slot
 */
import { isResult } from "./closed.js";
import { sizeOf } from "./tensor.js";

/** A matrix with more rows or columns, or elements in all, is not taken apart. */
const MOST = { side: 6, elements: 30 };

/**
 * @param {Trace} trace @param {number} index of an edge
 * @returns {Regroup | null} null if it is no such message, or too large
 */
export function regroupOf(trace, index) {
  const { nodes, edges } = trace;
  const edge = edges[index];
  const [source, target] = [nodes[edge.source], nodes[edge.target]];
  const { message } = edge;
  if (isResult(trace, target) || target.grad === null || message === null || ![source, target].every(isSmall))
    return null;
  const shared = { source, target, gradient: target.grad, message, slot: /** @type {0 | 1} */ (edge.slot) };
  if (target.kind === "matmul") {
    const other = nodes[edges[target.ins[1 - edge.slot]].source];
    if (![source, target, other].every(({ shape }) => shape.length === 2) || !isSmall(other)) return null;
    return { ...shared, kind: "product", other, parts: product(shared, other) };
  }
  if (target.signs.length !== 2 || source.shape.join() === target.shape.join()) return null;
  if (source.value.flat.length === 1 && source.shape.length === 0 && target.shape.length === 0) return null;
  return { ...shared, kind: "repeat", other: null, parts: repeat(shared, target.signs[edge.slot] < 0) };
}

/** @param {Node} node */
const isSmall = ({ shape }) =>
  shape.length <= 2 && shape.every((size) => size <= MOST.side) && sizeOf(shape) <= MOST.elements;

/**
 * @param {{target: Node, gradient: Tensor, slot: 0 | 1}} edge @param {Node} other the other factor
 * @returns {Part[][]}
 */
function product({ target, gradient, slot }, other) {
  const [, columns] = target.shape;
  const inner = other.shape[slot === 1 ? 1 : 0];
  return gradient.flat.map((delta, element) => {
    const [i, j] = [Math.floor(element / columns), element % columns];
    return Array.from({ length: inner }, (_, k) => {
      const [to, by] = slot === 1 ? [k * columns + j, i * inner + k] : [i * inner + k, k * columns + j];
      return { to, by, value: delta * other.value.flat[by] };
    });
  });
}

/** @param {{source: Node, target: Node, gradient: Tensor}} edge @param {boolean} negative @returns {Part[][]} */
function repeat({ source, target, gradient }, negative) {
  return gradient.flat.map((delta, element) => [
    { to: broadcast(source.shape, target.shape, element), by: null, value: negative ? -delta : delta },
  ]);
}

/**
 * @param {number[]} from @param {number[]} to @param {number} element of the larger shape
 * @returns {number} the element that is repeated there
 */
function broadcast(from, to, element) {
  let [rest, at, stride] = [element, 0, 1];
  for (let axis = to.length - 1; axis >= 0; axis -= 1) {
    const index = rest % to[axis];
    rest = Math.floor(rest / to[axis]);
    const own = axis - (to.length - from.length);
    if (own < 0) continue;
    if (from[own] > 1) at += index * stride;
    stride *= from[own];
  }
  return at;
}

/**
 * @param {Regroup} regroup @param {number} count of elements of δ that have sent theirs
 * @returns {(number | null)[]} by element of the input; null: nothing yet
 */
export function arrivedIn({ source, parts }, count) {
  /** @type {(number | null)[]} */
  const sums = source.value.flat.map(() => null);
  for (const sent of parts.slice(0, count)) for (const { to, value } of sent) sums[to] = (sums[to] ?? 0) + value;
  return sums;
}

/**
 * @param {Regroup} regroup @param {number} to an element of the input
 * @returns {{from: number, by: number | null, value: number}[]} what it gets, from which element of δ
 */
export const partsAt = ({ parts }, to) =>
  parts.flatMap((sent, from) => sent.filter((part) => part.to === to).map(({ by, value }) => ({ from, by, value })));

/**
 * The products of the other factor and δ that one may think of, each with its shapes, and what speaks against it.
 * @param {Regroup} regroup
 * @returns {{text: string, shapes: string, against: "" | "other numbers" | "another shape" | "does not fit"}[]}
 */
export function candidates({ source, target, other, slot }) {
  if (other === null) return [];
  const name = other.name ?? other.label;
  const right = slot === 1 ? `${name}ᵀ @ δ` : `δ @ ${name}ᵀ`;
  const delta = { text: "δ", shape: target.shape };
  const factors = [
    { text: name, shape: other.shape },
    { text: `${name}ᵀ`, shape: [...other.shape].reverse() },
  ];
  return factors
    .flatMap((factor) => [
      [factor, delta],
      [delta, factor],
    ])
    .map(([a, b]) => {
      const text = `${a.text} @ ${b.text}`;
      const shapes = `${a.shape.join("×")} @ ${b.shape.join("×")}`;
      if (a.shape[1] !== b.shape[0]) return { text, shapes, against: "does not fit" };
      const shape = [a.shape[0], b.shape[1]];
      const same = shape.join() === source.shape.join();
      return {
        text,
        shapes: `${shapes} = ${shape.join("×")}`,
        against: text === right ? "" : same ? "other numbers" : "another shape",
      };
    });
}
