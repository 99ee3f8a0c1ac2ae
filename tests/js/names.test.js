import assert from "node:assert/strict";
import { test } from "node:test";
import { typeset, typesetSign } from "../../static/js/words/names.js";

/** @param {import("../../static/js/words/names.js").Letters[]} pieces */
const spelled = (pieces) =>
  pieces.map(({ text, shift }) => (shift === "sub" ? `_{${text}}` : shift === "super" ? `^{${text}}` : text)).join("");

/** @type {[string, string][]} */
const NAMES = [
  ["x", "x"],
  ["W1", "W_{1}"],
  ["x10", "x_{10}"],
  ["dz1", "dz_{1}"],
  ["y_hat", "ŷ"],
  ["y_hat_2", "ŷ_{2}"],
  ["x_bar", "x̄"],
  ["theta", "θ"],
  ["theta2", "θ_{2}"],
  ["dtheta", "dθ"],
  ["Sigma_x", "Σ_{x}"],
  ["lambda_", "λ"],
  ["W_xh", "W_{xh}"],
  ["h1_pre", "h_{1,pre}"],
  ["σ", "σ"],
  ["logits", "logits"],
  ["grad1", "grad_{1}"],
  ["learning_rate", "learning_rate"],
  ["word_hat", "word_hat"],
  ["W1[0,1]", "W_{1}[0,1]"],
  ["_x", "_x"],
  ["conv2d", "conv2d"],
  ["z1.1", "z1.1"],
];

test("names are typeset as mathematics writes them", () => {
  for (const [name, wanted] of NAMES) assert.equal(spelled(typeset(name)), wanted.normalize("NFC"), name);
});

test("constants are folded quietly into their sign", () => {
  /** @type {[string, string][]} */
  const signs = [
    ["^ 2", "x^{2}"],
    ["^ -1", "x^{−1}"],
    ["2 ^", "2^{x}"],
    ["+ 2", "+2"],
    ["1 ÷", "1÷"],
    ["× 0.5", "×0.5"],
    ["max 0", "max 0"],
    ["> 1", ">1"],
    ["@", "@"],
    ["+ -2", "+ −2"],
    ["1 −", "1−"],
  ];
  for (const [glyph, wanted] of signs) assert.equal(spelled(typesetSign(glyph)), wanted, glyph);
});
