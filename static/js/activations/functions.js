/**
 * The language's functions of one number, from its own catalogue: none is named here, so a new one appears
 * automatically.
 * @typedef {import("../types.js").OpTable} OpTable
 * @typedef {import("../types.js").Curve} Curve
 *
 * @typedef {object} Drawn
 * @property {string} name
 * @property {string} definition  LaTeX of what it computes
 * @property {string | null} derivative  LaTeX of its slope; null if none is stated
 * @property {string[]} letters  LaTeX definitions of the letters in both
 * @property {string | null} kink  the convention taken at a corner, in words
 * @property {string} summary
 * @property {boolean} activation
 * @property {boolean} composed  a function written in the language itself
 * @property {Curve} curve  over its own window
 */

/**
 * @param {OpTable} table
 * @returns {Drawn[]} activations first; functions written in the language all count as activations
 */
export function drawnOf({ ops, functions }) {
  const single = ops.flatMap(({ name, definition, derivative, kink, summary, family, curve }) =>
    curve && definition !== null
      ? [
          {
            name,
            definition,
            derivative,
            letters: [],
            kink,
            summary,
            activation: family === "activations",
            composed: false,
            curve,
          },
        ]
      : [],
  );
  const composed = functions.flatMap(({ name, definition, derivative, letters, summary, curve }) =>
    curve && definition !== null
      ? [{ name, definition, derivative, letters, kink: null, summary, activation: true, composed: true, curve }]
      : [],
  );
  const all = [...single, ...composed];
  return [...all.filter(({ activation }) => activation), ...all.filter(({ activation }) => !activation)];
}
