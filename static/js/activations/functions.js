/**
 * The functions of one number that the language has, as its own catalogue lists them: nothing is named here, so that a new
 * one appears by itself.
 * @typedef {import("../types.js").OpTable} OpTable
 * @typedef {import("../types.js").Curve} Curve
 *
 * @typedef {object} Drawn
 * @property {string} name
 * @property {string} definition  LaTeX of what it computes
 * @property {string | null} derivative  LaTeX of its slope; null: it has none that is stated
 * @property {string[]} letters  LaTeX of what the letters in both stand for
 * @property {string | null} kink  the convention taken at a corner, in words
 * @property {string} summary
 * @property {boolean} activation
 * @property {boolean} composed  a function written in the language itself
 * @property {Curve} curve  over its own window
 */

/** @param {OpTable} table @returns {Drawn[]} activations first; functions written in the language are activations all */
export function drawnOf({ ops, functions }) {
  const single = ops.flatMap(({ name, definition, derivative, kink, summary, family, curve }) =>
    curve && definition !== null ? [{ name, definition, derivative, letters: [], kink, summary, activation: family === "activations", composed: false, curve }] : []);
  const composed = functions.flatMap(({ name, definition, derivative, letters, summary, curve }) =>
    curve && definition !== null ? [{ name, definition, derivative, letters, kink: null, summary, activation: true, composed: true, curve }] : []);
  const all = [...single, ...composed];
  return [...all.filter(({ activation }) => activation), ...all.filter(({ activation }) => !activation)];
}
