/** Formulas in pieces: terms that lead to their nodes, and numbers that are put in. */
import assert from "node:assert/strict";
import test from "node:test";
import { COVERED } from "../../static/js/trace/covered.js";
import { filled, linked, plain, spoken } from "../../static/js/words/pieces.js";

const nodeOf = (/** @type {string} */ id) => ({ x: 3, f: 5 })[id];
const PIECES = /** @type {import("../../static/js/wire.d.ts").PieceAnswer[]} */ ([
  { text: "2 \\cdot " },
  { text: "x", node: "x", of: "value", bracket: true },
  { text: " = " },
  { text: "9", node: "f", of: "message", edge: 0 },
]);
/** @param {number[]} shape @param {...number} flat */
const tensor = (shape, ...flat) => ({ shape, flat });
/** @param {import("../../static/js/types.js").Tensor | null} x @param {import("../../static/js/types.js").Tensor | null} result */
const numbers =
  (x, result) =>
  (/** @type {{of?: string}} */ { of }) =>
    of === "value" ? x : of === "message" ? result : undefined;

test("a term carries its node", () => {
  assert.equal(linked(PIECES, nodeOf), "2 \\cdot \\htmlData{node=3}{x} = \\htmlData{node=5}{9}");
  assert.equal(plain(PIECES), "2 \\cdot x = 9");
});

test("a negative number stands in brackets where it is asked for", () => {
  const text = filled(PIECES, nodeOf, numbers(tensor([], -1.5), tensor([], -3)));
  assert.equal(
    text,
    "2 \\cdot \\htmlData{node=3}{\\htmlClass{say-value}{\\left(-1.5\\right)}} = \\htmlData{node=5}{\\htmlClass{say-grad}{-3}}",
  );
  assert.equal(spoken(PIECES, numbers(tensor([], -1.5), tensor([], -3))), "2 \\cdot (−1.5) = −3");
});

test("arrays are matrices, and what is too large keeps its name", () => {
  const matrix = filled(PIECES, nodeOf, numbers(tensor([2, 2], 1, 2, 3, 4e-7), tensor([17], ...Array(17).fill(1))));
  assert.match(matrix, /\\begin\{pmatrix\}1 & 2\\\\3 & 4\\mathrm\{e\}\{-7\}\\end\{pmatrix\}/);
  assert.match(matrix, /\\htmlClass\{say-grad\}\{9\}/);
  assert.equal(spoken(PIECES, numbers(tensor([2, 1], 1, 2), tensor([1, 1], 5))), "2 \\cdot [[1], [2]] = 5");
});

test("one number is a number, unless the formula is one of matrices", () => {
  const [single] = /** @type {import("../../static/js/wire.d.ts").PieceAnswer[]} */ ([
    { text: "W", node: "x", of: "value", matrix: true },
  ]);
  assert.match(filled([single], nodeOf, numbers(tensor([1, 1], 2), null)), /pmatrix\}2\\end/);
  assert.doesNotMatch(filled([{ ...single, matrix: false }], nodeOf, numbers(tensor([1, 1], 2), null)), /pmatrix/);
});

test("what is not known yet is a dot, and what is covered a question mark", () => {
  assert.match(filled(PIECES, nodeOf, numbers(null, tensor([], COVERED))), /say-value\}\{\\cdot\}.*say-grad\}\{\?\}/);
});
