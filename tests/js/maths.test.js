import assert from "node:assert/strict";
import test from "node:test";
import { asFactor, latexOf } from "../../static/js/panels/maths.js";

/** @type {[string, string][]} */
const FACTORS = [
  ["1", "1"],
  ["-1", "\\left(-1\\right)"],
  ["1 - h \\cdot h", "\\left(1 - h \\cdot h\\right)"],
  ["h \\cdot \\left(1 - h\\right)", "h \\cdot \\left(1 - h\\right)"],
  ["\\frac{1 + x}{2}", "\\frac{1 + x}{2}"],
  ["z_{1} > 0", "\\left[z_{1} > 0\\right]"],
];
for (const [latex, factor] of FACTORS) test(`${latex} as a factor`, () => assert.equal(asFactor(latex), factor));

test("names are set as one writes them", () => {
  /** @param {string | null} name */
  const of = (name) => latexOf(/** @type {any} */ ({ name, latex: "x + y" }));
  assert.equal(of("z1"), "z_{1}");
  assert.equal(of("W_2"), "W_{2}");
  assert.equal(of("σ"), "σ");
  assert.equal(of("my_loss"), "\\mathit{my\\_loss}");
  assert.equal(of(null), "\\left(x + y\\right)");
});
