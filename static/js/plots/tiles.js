/**
 * The tiles of a heat map: how strong each is, its outline, and which element it shows. Pure.
 * @typedef {import("../types.js").Tensor} Tensor
 */
import { spread, tileOf } from "../trace/elements.js";

/** @param {number} x @param {number} scale @param {number} most @returns {string} an opacity */
export const shade = (x, scale, most) =>
  Number.isFinite(x) && x !== 0 ? (0.08 + (most - 0.08) * Math.min(1, Math.abs(x) / (scale || 1))).toFixed(2) : "0";

/**
 * The outline of one tile; a negative one lacks its upper left corner.
 * @param {number} x @param {number} y @param {number} width @param {number} height @param {number} number
 * @param {number} notch
 */
export function tile(x, y, width, height, number, notch) {
  const [right, bottom] = [x + width, y + height];
  if (!(number < 0)) return `M${x} ${y}H${right}V${bottom}H${x}Z`;
  return `M${x + notch} ${y}H${right}V${bottom}H${x}V${y + notch}Z`;
}

/**
 * The element that each tile shows: of several, the one with the largest magnitude; a non-finite one takes precedence.
 * @param {Tensor} tensor @param {number} rows @param {number} cols @returns {number[]}
 */
export function strongest({ shape, flat }, rows, cols) {
  const size = spread(shape);
  if (size.width === cols && size.height === rows) return Array.from({ length: rows * cols }, (_, i) => i);
  const found = new Array(rows * cols).fill(-1);
  flat.forEach((x, place) => {
    const at = tileOf(place, size, rows, cols);
    if (found[at] < 0 || !(Math.abs(x) <= Math.abs(flat[found[at]]))) found[at] = place;
  });
  return found;
}
