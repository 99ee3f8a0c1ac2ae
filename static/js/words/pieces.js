/**
 * Formulas in pieces, as the server derives them: each name links to its node, and each number is filled in from the
 * current trace, so that a line need not be requested again while a value changes.
 * @typedef {import("../wire.d.ts").PieceAnswer} Piece
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {(piece: Piece) => Tensor | null | undefined} NumberOf  null: not known at this moment; undefined: the piece
 *   is not a number
 */
import { format, PENDING } from "./format.js";

/** Most rows and columns of an array that is written out. The server omits a line with a larger result. */
const ROOM = 4;

/** @param {Tensor} tensor */
const fits = ({ shape, flat }) => flat.length > 0 && shape.length <= 2 && shape.every((size) => size <= ROOM);

/** @param {Piece[]} pieces */
export const plain = (pieces) => pieces.map(({ text }) => text).join("");

/**
 * @param {Piece[]} pieces
 * @param {(id: string) => number | undefined} nodeOf
 * @returns {string} LaTeX whose terms carry the index of their node as data-node
 */
export const linked = (pieces, nodeOf) => pieces.map((piece) => mark(piece.text, piece, nodeOf)).join("");

/**
 * @param {Piece[]} pieces of a line of numbers
 * @param {(id: string) => number | undefined} nodeOf
 * @param {NumberOf} numberOf
 * @returns {string} LaTeX with the current numbers
 */
export function filled(pieces, nodeOf, numberOf) {
  return pieces
    .map((piece) => {
      const tensor = numberOf(piece);
      if (tensor === undefined) return mark(piece.text, piece, nodeOf);
      const text = tensor === null ? "\\cdot" : number(tensor, piece);
      return mark(
        `\\htmlClass{say-${piece.of === "value" || piece.of === "local" ? "value" : "grad"}}{${text ?? piece.text}}`,
        piece,
        nodeOf,
      );
    })
    .join("");
}

/** @param {Piece[]} pieces @param {NumberOf} numberOf the same as plain text, for screen readers */
export const spoken = (pieces, numberOf) =>
  pieces
    .map((piece) => {
      const tensor = numberOf(piece);
      if (tensor === undefined) return piece.text;
      if (tensor === null) return PENDING;
      if (!fits(tensor)) return piece.text;
      const text = nested(tensor, piece);
      return piece.bracket && text.startsWith("−") ? `(${text})` : text;
    })
    .join("");

/** @param {string} text @param {Piece} piece @param {(id: string) => number | undefined} nodeOf */
function mark(text, { node }, nodeOf) {
  const index = node ? nodeOf(node) : undefined;
  return index === undefined ? text : `\\htmlData{node=${index}}{${text}}`;
}

/** @param {Tensor} tensor @param {Piece} piece @returns {string | null} LaTeX; null if it is too large for a line */
function number(tensor, { bracket, matrix }) {
  if (!fits(tensor)) return null;
  const { shape, flat } = tensor;
  const figures = flat.map(figure);
  if (flat.length === 1 && (shape.length === 0 || !matrix))
    return bracket && figures[0].startsWith("-") ? `\\left(${figures[0]}\\right)` : figures[0];
  const columns = shape.at(-1) ?? 1;
  const rows = [];
  for (let i = 0; i < figures.length; i += columns) rows.push(figures.slice(i, i + columns).join(" & "));
  return `\\begin{pmatrix}${rows.join("\\\\")}\\end{pmatrix}`;
}

/** @param {number} x */
const figure = (x) =>
  format(x)
    .replaceAll("−", "-")
    .replace("∞", "\\infty")
    .replace("NaN", "\\mathrm{NaN}")
    .replace(/e(-?\d+)$/, "\\mathrm{e}{$1}");

/** @param {Tensor} tensor @param {Piece} piece numbers in square brackets, as NumPy nests them */
function nested({ shape, flat }, { matrix }) {
  let parts = flat.map((x) => format(x));
  if (flat.length === 1 && !matrix) return parts[0];
  for (const length of [...shape].reverse()) {
    const rows = [];
    for (let i = 0; i < parts.length; i += length) rows.push(`[${parts.slice(i, i + length).join(", ")}]`);
    parts = rows;
  }
  return parts[0];
}
