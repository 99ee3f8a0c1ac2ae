import assert from "node:assert/strict";
import test from "node:test";
import { latexOf } from "../../static/js/panels/kit/maths.js";

test("what has no name stands in brackets", () => {
  assert.equal(latexOf({ symbol: "z_{1}", latex: "W_{1}\\,x" }), "z_{1}");
  assert.equal(latexOf({ symbol: null, latex: "x + y" }), "\\left(x + y\\right)");
});
