/**
 * The values that the reader set for leaves, and which of them still apply to a text.
 * @typedef {import("../types.js").Given} Given
 * @typedef {import("../types.js").WireNumber} WireNumber
 * @typedef {import("../types.js").WireLeaf} WireLeaf
 */

/** Largest nudge of a value. */
export const LARGEST_NUDGE = 1e6;

/**
 * The line of the text that gives a leaf its value, or null for a free name.
 * @param {string} program
 * @param {Pick<WireLeaf, "line" | "literal">} leaf
 * @returns {string | null}
 */
export function literalLine(program, { line, literal }) {
  return literal && line !== null ? (program.split("\n")[line - 1] ?? null) : null;
}

/**
 * The values to send with a text. An override is dropped when its line changes; a value for a free name is kept unused
 * while the text assigns that name or does not use it.
 * @param {string} program
 * @param {Record<string, Given>} given
 * @returns {Record<string, WireNumber>}
 */
export function valuesFor(program, given) {
  const lines = new Set(program.split("\n"));
  /** @type {Record<string, WireNumber>} */
  const values = {};
  for (const [id, { value, line }] of Object.entries(given)) {
    if (line === null ? isFree(program, id) : lines.has(line)) values[id] = value;
  }
  return values;
}

/** @param {string} program @param {string} id */
function isFree(program, id) {
  const word = `(?<![\\w.])${escape(id)}(?!\\w)`;
  // `x = 1`, `x, y = 1, 2`, `y = x = 1`, `x: float = 1`, `for x in`, `as x`, `def x`.
  const names = "[\\w \\t,*]{0,200}"; // bounded, so that no long line takes long
  const assigned = [
    `(?:^|;)[ \\t]*(?:${names}=(?!=)[ \\t]*)*[([]?${names}${word}${names}[)\\]]?[ \\t]*=(?!=)`,
    `^[ \\t]*${word}[ \\t]*:[^=\\n]+=(?!=)`,
    `^[ \\t]*for[ \\t]+[(]?${names}${word}${names}[)]?[ \\t]+in\\b`,
    `\\b(?:as|def|class)[ \\t]+${word}`,
  ];
  return new RegExp(word).test(program) && !new RegExp(assigned.join("|"), "m").test(program);
}

/** @param {string} text */
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\#]/g, "\\$&");

/** @param {Record<string, WireNumber>} values of free names @returns {Record<string, Given>} */
export const givenFrom = (values) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, line: null }]));

/** @param {number} x positive @returns {number} the largest of 1, 2 and 5 times a power of ten that is not above it */
export function roundedDown(x) {
  const power = 10 ** Math.floor(Math.log10(x));
  return power * (x / power >= 5 ? 5 : x / power >= 2 ? 2 : 1);
}

/**
 * A slider range that leaves room on both sides of the value and stays fixed during a drag.
 * @param {number} x
 * @returns {number} the range is -r..r
 */
export function reach(x) {
  const size = Number.isFinite(x) ? Math.abs(x) : 0;
  if (size <= 3) return 3;
  const step = 10 ** Math.floor(Math.log10(size));
  return Math.ceil((size * 1.5) / step) * step;
}
