/** Formats numbers and names for readers. @typedef {import("../types.js").Tensor} Tensor */
import { COVERED, isCovered, QUESTION } from "../trace/covered.js";
import { shortIndexOf } from "../trace/elements.js";
import { extent } from "../trace/tensor.js";

export const PENDING = "·";
const MINUS = "−";

/**
 * One number: 4 significant digits at most, trailing zeros dropped so that an exact 2 reads "2" and an exact 0 reads
 * "0".
 * @param {number | null | undefined} x null or undefined: not computed yet
 * @param {number} [digits]
 */
export function format(x, digits = 4) {
  if (x === null || x === undefined) return PENDING;
  if (x === COVERED) return QUESTION;
  if (Number.isNaN(x)) return "NaN";
  if (x === Infinity) return "∞";
  if (x === -Infinity) return `${MINUS}∞`;
  if (x === 0) return "0";
  const size = Math.abs(x);
  // Digits before the point are all kept: 12345 rounded to 12350 would be another number.
  const kept = Math.max(digits, Math.floor(Math.log10(size)) + 1);
  const text = size >= 1e5 || size < 1e-3 ? scientific(size, digits) : String(Number(size.toPrecision(kept)));
  return x < 0 ? MINUS + text : text;
}

/** No double has more digits. */
const ALL_DIGITS = 17;

/**
 * Two numbers with enough digits to tell them apart, at least four.
 * @param {number} a @param {number} b @returns {[string, string]}
 */
export function formatApart(a, b) {
  for (let digits = 4; ; digits += 1) {
    const [left, right] = [format(a, digits), format(b, digits)];
    if (left !== right || Object.is(a, b) || digits >= ALL_DIGITS) return [left, right];
  }
}

/**
 * a − b as an equation that is true as printed: with more digits where four would cancel to another number.
 * @param {number} a @param {number} b @returns {{left: string, sign: "=" | "≈", right: string}}
 */
export function formatDifference(a, b) {
  const right = format(a - b);
  for (let digits = 4; digits <= ALL_DIGITS; digits += 1) {
    const left = `${format(a, digits)} − ${formatFactor(b, digits)}`;
    if (format(parseNumber(format(a, digits)) - parseNumber(format(b, digits))) === right)
      return { left, sign: "=", right };
  }
  return { left: `${format(a)} − ${formatFactor(b)}`, sign: "≈", right };
}

/**
 * The sign between the printed factors of a product and its printed result.
 * @param {string[]} factors @param {string} result @returns {"=" | "≈"}
 */
export function equalSign(factors, result) {
  const product = factors.reduce((before, factor) => before * parseNumber(factor), 1);
  const wanted = parseNumber(result);
  return Math.abs(product - wanted) <= 1e-12 * Math.abs(wanted) || Number.isNaN(product) ? "=" : "≈";
}

/**
 * With trailing zeros, so that two numbers side by side show how far they agree.
 * @param {number} x @param {number} digits
 */
export function formatSteady(x, digits) {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size >= 1e5 || size < 1e-3) return format(x, digits);
  return `${x < 0 ? MINUS : ""}${size.toPrecision(digits)}`;
}

/** @param {number} size @param {number} digits */
function scientific(size, digits) {
  const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}e${exponent.replace("+", "").replace("-", MINUS)}`;
}

/** @param {number[]} shape @returns {string} "3×4", where there is little room; "" for a single number */
export const shapeLabel = (shape) => (shape.some((size) => size !== 1) ? shape.join("×") : "");

/** @param {number[]} shape "2×1", or "scalar" */
export const formatShape = (shape) =>
  shape.length === 0 ? "scalar" : shape.length === 1 ? `vector of ${shape[0]}` : shape.join("×");

/**
 * A tensor on one line. Columns are written as a row with ᵀ; a tensor that is too long is summarized by its range.
 * @param {Tensor | null} tensor
 * @param {number} [room] the most numbers that are printed
 * @param {number} [digits]
 */
export function formatTensor(tensor, room = 4, digits = 4) {
  if (tensor === null) return PENDING;
  const { shape, flat } = tensor;
  if (flat.length === 1) return format(flat[0], digits);
  if (flat.length === 0) return "empty";
  if (isCovered(tensor) && (flat.length > room || flat.every((x) => x === COVERED))) return QUESTION;
  if (flat.length > room) return spreadOf(flat);
  const one = (/** @type {number} */ x) => format(x, digits);
  if (shape.length === 2 && shape[1] === 1) return `[${flat.map(one).join("  ")}]ᵀ`;
  if (shape.length === 2 && shape[0] > 1) {
    const rows = [];
    for (let i = 0; i < shape[0]; i += 1)
      rows.push(
        flat
          .slice(i * shape[1], (i + 1) * shape[1])
          .map(one)
          .join("  "),
      );
    return `[${rows.join("; ")}]`;
  }
  return `[${flat.map(one).join("  ")}]`;
}

/** @param {number[]} flat @returns {string} the smallest and largest of many numbers, or the one that all are; NaN is
 *   listed separately */
function spreadOf(flat) {
  const numbers = flat.filter((x) => !Number.isNaN(x));
  if (numbers.length === 0) return format(NaN);
  const [low, high] = extent(numbers);
  const text = low === high ? `all ${format(low, 3)}` : `${format(low, 3)} … ${format(high, 3)}`;
  return `${text}${numbers.length < flat.length ? `, ${format(NaN)}` : ""}`;
}

/**
 * @param {number} x in brackets if a sign would collide with the operator before it
 * @param {number} [digits]
 */
export const formatFactor = (x, digits) => (x < 0 ? `(${format(x, digits)})` : format(x, digits));

/**
 * @param {number} x a power of ten @param {number} low @param {number} high exponents between which it is written out
 * @returns {string} "1e−4", "100"
 */
export function formatPower(x, low = 0, high = 0) {
  const exponent = Math.round(Math.log10(x));
  return exponent >= low && exponent <= high ? format(10 ** exponent) : `1e${format(exponent)}`;
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** @param {number | string} n */
export const subscript = (n) => [...String(n)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");

/**
 * The name of one element: x₁ for a vector's, W₁₂ would be ambiguous, so matrices say W₁,₂.
 * @param {string} name
 * @param {number[]} shape
 * @param {number} place in row-major order
 */
export function elementName(name, shape, place) {
  return name + shortIndexOf(place, shape).map(subscript).join("‚");
}

/**
 * @param {string} text text typed by a reader: may have a minus sign (−), a decimal comma, or be a Python float
 * @returns {number} NaN if it is not a number
 */
export function parseNumber(text) {
  const plain = text.trim().replaceAll(MINUS, "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}
