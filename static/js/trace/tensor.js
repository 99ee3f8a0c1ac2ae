/** Numbers from the wire as flat tensors. @typedef {import("../types.js").Tensor} Tensor */
/** @typedef {import("../types.js").WireNumber} WireNumber */
import { COVERED } from "./covered.js";

/** @param {WireNumber} wire @returns {number} one number; the API spells the non-finite ones as words */
export function number(wire) {
  return typeof wire === "number" ? wire : Number(wire);
}

/**
 * @param {WireNumber} wire nested lists or one number
 * @param {number[]} [known] the shape, needed only where a dimension is 0
 * @returns {Tensor}
 */
export function fromWire(wire, known) {
  const shape = [];
  for (let at = wire; Array.isArray(at); at = at[0] ?? []) {
    shape.push(at.length);
    if (at.length === 0) break;
  }
  const flat = Array.isArray(wire) ? /** @type {any[]} */ (wire).flat(Infinity).map(number) : [number(wire)];
  return { shape: known ?? shape, flat };
}

/** @param {Tensor} tensor @returns {WireNumber} nested lists, as the API takes them */
export function toWire({ shape, flat }) {
  let level = /** @type {WireNumber[]} */ (flat.map(spell));
  for (let axis = shape.length - 1; axis >= 1; axis -= 1) {
    const size = shape[axis];
    const grouped = [];
    for (let start = 0; start < level.length; start += size) grouped.push(level.slice(start, start + size));
    level = grouped;
  }
  return shape.length === 0 ? level[0] : level;
}

/** @param {number} x @returns {WireNumber} */
const spell = (x) => (Number.isFinite(x) ? x : /** @type {"NaN" | "Infinity" | "-Infinity"} */ (String(x)));

/** @param {readonly number[]} shape @returns {number} how many elements it has */
export const sizeOf = (shape) => shape.reduce((size, length) => size * length, 1);

/** @param {Tensor} tensor @returns {Tensor} of the same shape */
export const zeros = ({ shape, flat }) => ({ shape, flat: flat.map(() => 0) });

/** @param {Tensor} a @param {Tensor} b of the same size @returns {Tensor} */
export function add(a, b) {
  return {
    shape: a.shape,
    flat: a.flat.map((x, i) => (x === COVERED || b.flat[i] === COVERED ? COVERED : x + b.flat[i])),
  };
}

/** @param {Tensor} tensor @param {number} place @param {number} value @returns {Tensor} */
export function replaced({ shape, flat }, place, value) {
  return { shape, flat: flat.with(place, value) };
}

/** @param {Tensor} tensor the largest |finite element|; 0 for an empty tensor */
export function magnitude({ flat }) {
  let most = 0;
  for (const x of flat) if (Number.isFinite(x) && Math.abs(x) > most) most = Math.abs(x);
  return most;
}

/**
 * @param {Tensor} tensor the root mean square of its finite elements, computed without overflow; 0 for an empty tensor
 */
export function rms(tensor) {
  const most = magnitude(tensor);
  if (most === 0) return 0;
  const finite = tensor.flat.filter(Number.isFinite);
  return most * Math.sqrt(finite.reduce((sum, x) => sum + (x / most) ** 2, 0) / finite.length);
}

/** @param {number[]} numbers @returns {[number, number]} the smallest and the largest */
export const extent = (numbers) =>
  numbers.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [Infinity, -Infinity]);

/** @param {Tensor} tensor as far as it is known */
export const isFinite = ({ flat }) => flat.every((x) => x === COVERED || Number.isFinite(x));

/** @param {Tensor} tensor whether every element is exactly zero */
export const isZero = ({ flat }) => flat.every((x) => x === 0);

/** @param {Tensor} tensor @param {number} x */
export const isAll = ({ flat }, x) => flat.every((each) => each === x);

/** @param {Tensor} tensor whether it holds one number, in any shape */
export const isSingle = ({ flat }) => flat.length === 1;
