import assert from "node:assert/strict";
import test from "node:test";
import { asFactor, latexOf } from "../../static/js/panels/kit/maths.js";

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

test("what has no name stands in brackets", () => {
  assert.equal(latexOf({ symbol: "z_{1}", latex: "W_{1}\\,x" }), "z_{1}");
  assert.equal(latexOf({ symbol: null, latex: "x + y" }), "\\left(x + y\\right)");
});
