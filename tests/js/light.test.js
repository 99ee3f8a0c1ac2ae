import assert from "node:assert/strict";
import test from "node:test";
import { light, overexposure } from "../../static/js/timeline/light.js";

/** @param {number} x @param {number} largest @param {{node: string, text: string} | null} [lost] */
const of = (x, largest, lost = null) => light({ shape: [], flat: [x] }, /** @type {any} */ ({ largest, lost }));

test("the largest shines fully, sign does not matter", () => {
  assert.deepEqual(of(-2, 2), { look: "lit", level: 1 });
});

test("six decades stay distinguishable", () => {
  const levels = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5].map((x) => of(x, 1).level);
  for (let i = 1; i < levels.length; i += 1) assert.ok(levels[i] < levels[i - 1]);
});

test("however faint, it is not zero; zero is dark", () => {
  assert.ok(of(1e-300, 1).level > 0);
  assert.deepEqual(of(0, 1), { look: "zero", level: 0 });
  assert.deepEqual(of(0, 0), { look: "zero", level: 0 });
});

test("what is no finite number is marked", () => {
  assert.equal(of(NaN, 1).look, "nonfinite");
  assert.equal(of(-Infinity, 1).look, "nonfinite");
});

test("where the output is not finite, an ordinary gradient gives no light", () => {
  const lost = { node: "y", text: "y = log(−1) = NaN." };
  assert.equal(of(2, 2, lost).look, "nonfinite");
  assert.equal(of(0, 2, lost).look, "nonfinite");
});

test("only what has far outgrown the seed overexposes", () => {
  /** @param {number} x */
  const over = (x) => overexposure({ shape: [], flat: [x] }, { shape: [], flat: [1] });
  assert.equal(over(20), 0);
  assert.equal(over(0), 0);
  assert.ok(over(1e3) > 0 && over(1e3) < over(-1e4));
  assert.equal(over(1e9), 1);
});
