import assert from "node:assert/strict";
import test from "node:test";
import { height, light, overexposure, STEPS } from "../../static/js/timeline/light.js";

/** @param {number} x @param {number} largest @param {{node: string, text: string} | null} [lost] */
const of = (x, largest, lost = null) => light({ shape: [], flat: [x] }, /** @type {any} */ ({ largest, lost }));

test("the strongest shines fully, sign does not matter", () => {
  assert.deepEqual(of(-2, 2), { look: "lit", level: 1 });
});

test("light comes in steps that can be told apart, half decades first", () => {
  const levels = [1, 0.3, 0.1, 0.03, 0.01, 1e-3, 1e-4, 1e-5].map((x) => of(x, 1).level);
  assert.deepEqual(levels, [1, 0.7, 0.7, 0.33, 0.33, 0.21, 0.13, 0.08]);
  assert.deepEqual(
    [0.9, 0.32, 0.31, 0.11, 0.09].map((x) => of(x, 1).level),
    [1, 1, 0.7, 0.7, 0.48],
  );
  for (let i = 1; i < STEPS.length; i += 1) {
    assert.ok(STEPS[i].decades > STEPS[i - 1].decades);
    assert.ok(STEPS[i].level < 0.75 * STEPS[i - 1].level, "a step is seen");
  }
});

test("what is large because it is many is not strong: of an array the root mean square counts", () => {
  const trace = /** @type {any} */ ({ largest: 1, lost: null });
  const many = { shape: [100], flat: Array(100).fill(0.2) };
  const sparse = { shape: [100], flat: [1, ...Array(99).fill(0)] };
  assert.equal(light(many, trace).level, 0.7);
  assert.equal(light(sparse, trace).level, light({ shape: [], flat: [0.1] }, trace).level);
  const huge = { shape: [2], flat: [1e300, 1e300] };
  assert.deepEqual(light(huge, { ...trace, largest: 1e300 }), { look: "lit", level: 1 });
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

test("the height of a bar falls evenly with the decades", () => {
  const trace = /** @type {any} */ ({ largest: 1, lost: null });
  const heights = [1, 1e-1, 1e-3, 1e-6, 1e-9, 0].map((x) => height({ shape: [], flat: [x] }, trace));
  const expected = [1, 5 / 6, 1 / 2, 0, 0, 0];
  heights.forEach((each, i) => assert.ok(Math.abs(each - expected[i]) < 1e-9));
});

test("only what has far outgrown the seed overexposes", () => {
  /** @param {number} x */
  const over = (x) => overexposure({ shape: [], flat: [x] }, { shape: [], flat: [1] });
  assert.equal(over(20), 0);
  assert.equal(over(0), 0);
  assert.ok(over(1e3) > 0 && over(1e3) < over(-1e4));
  assert.equal(over(1e9), 1);
});
