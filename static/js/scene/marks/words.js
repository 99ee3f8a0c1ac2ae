/**
 * Typeset names as SVG, with subscripts in smaller type below the baseline.
 * @typedef {import("../../words/names.js").Letters} Letters
 */
import { svg, textWidth } from "../svg.js";

/** Size of a subscript relative to the text around it. */
const SMALL = 0.72;
const DROP = { "": 0, sub: 0.24, super: -0.42 };

/** @param {Letters[]} pieces @param {number} size @param {number} [weight] @returns {number} px */
export const piecesWidth = (pieces, size, weight) =>
  pieces.reduce((width, { text, shift }) => width + textWidth(text, shift ? size * SMALL : size, weight), 0);

/**
 * @param {Letters[]} pieces
 * @returns {SVGTSpanElement[]} sized in em, because the text around them grows when seen from afar
 */
export function pieceSpans(pieces) {
  let before = 0;
  return pieces.map(({ text, shift }) => {
    const drop = DROP[shift];
    const own = shift ? SMALL : 1;
    const span = svg(
      "tspan",
      { dy: `${((drop - before) / own).toFixed(3)}em`, ...(shift ? { "font-size": `${own}em` } : {}) },
      text,
    );
    before = drop;
    return span;
  });
}
