import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsFor } from "../../static/js/lesson/figures/activations.js";
import { quotient, windowOf, written } from "../../static/js/lesson/figures/curve.js";
import { powerOfTen } from "../../static/js/lesson/figures/epsilon.js";
import { rowsOf } from "../../static/js/lesson/figures/leaf.js";
import { wordsOf } from "../../static/js/lesson/figures/lines.js";
import { keyed, roundStep, snapped } from "../../static/js/lesson/figures/steps.js";
import { calloutAt, calloutFor, marginal, precise, reachOf } from "../../static/js/plots/curve.js";
import { halfWidth } from "../../static/js/plots/lines.js";

const f = (/** @type {number} */ x) => x * x + 3 * x + 2;
/** @param {number} epsilon */
const at5 = (epsilon) => ({ x: 5, y: f(5), slope: 13, epsilon, before: f(5 - epsilon), after: f(5 + epsilon) });

test("the central quotient is the notebook's, to its last digit", () => {
  // x ** 2 of one number, as Python computes it: a row of numbers is squared by multiplying, and ends one digit elsewhere.
  const python = { ...at5(1e-5), before: 41.9998700001, after: 42.0001300001 };
  assert.equal(quotient(python, "central"), 12.99999999986312);
  assert.equal(written(python, "central", { f: "f", x: "x" }).result, "12.99999999986");
  assert.equal(quotient(at5(1), "central"), 13);
});

test("the forward quotient of a quadratic is off by the step", () => {
  assert.equal(quotient(at5(1), "forward"), 14);
  assert.ok(Math.abs(quotient(at5(0.125), "forward") - 13.125) < 1e-12);
  assert.deepEqual(written(at5(1), "forward", { f: "f", x: "x" }), {
    rule: "(f(x + ε) − f(x)) / ε",
    numbers: "(56 − 42) / 1",
    result: "14",
  });
});

test("steps are the doubles that a program would write", () => {
  for (let power = 0; power <= 15; power += 1) assert.equal(powerOfTen(power), Number(`1e-${power}`));
  assert.equal(powerOfTen(5), 1e-5);
});

/** @type {[{key: string, shiftKey: boolean}, number, number | null][]} */
const KEYS = [
  [{ key: "ArrowRight", shiftKey: false }, 5, 5.1],
  [{ key: "ArrowLeft", shiftKey: true }, 5, 4],
  [{ key: "ArrowUp", shiftKey: false }, 7.95, 8],
  [{ key: "ArrowRight", shiftKey: false }, 8, 8],
  [{ key: "PageDown", shiftKey: false }, 0.5, 0],
  [{ key: "Home", shiftKey: false }, 5, 0],
  [{ key: "End", shiftKey: false }, 5, 8],
  [{ key: "a", shiftKey: false }, 5, null],
];
for (const [event, x, to] of KEYS) {
  test(`${event.shiftKey ? "shift and " : ""}${event.key} at ${x}`, () =>
    assert.equal(keyed(event, x, 0.1, [0, 8]), to));
}

test("steps are round, and leave no dust", () => {
  assert.equal(roundStep([0, 8]), 0.05);
  assert.equal(roundStep([-1, 1]), 0.02);
  assert.equal(snapped(0.3000000000000004, 0.1), 0.3);
  assert.equal(snapped(-1.26, 0.5), -1.5);
});

test("a window is what the lesson says, else around 0 as far as sliders go", () => {
  assert.deepEqual(windowOf({ from: "0", to: "8" }, 5), [0, 8]);
  assert.deepEqual(windowOf({ from: "8", to: "0" }, 5), [-8, 8]);
  assert.deepEqual(windowOf({}, 0), [-3, 3]);
});

test("the picture reaches down to 0 where that is near", () => {
  assert.deepEqual(reachOf([2, 60]), [0, 63]);
  assert.deepEqual(reachOf([50, 60]), [49.5, 60.5]);
  assert.deepEqual(reachOf([3, 3, NaN]), [1.9, 4.1]);
});

test("words stand where the lines are not, beside the point or else in a corner", () => {
  const size = { width: 800, height: 400 };
  const xs = Array.from({ length: 101 }, (_, i) => 52 + 7.3 * i);
  const rising = xs.map((x) => ({ x, y: 380 - (x - 52) / 2 }));
  const below = calloutAt({ x: 400, y: 206 }, rising, size);
  assert.ok(below.x > 400 && below.y > 206);
  const falling = calloutAt(
    { x: 400, y: 206 },
    xs.map((x) => ({ x, y: 30 + (x - 52) / 2 })),
    size,
  );
  assert.ok(falling.x > 400 && falling.y + 52 < 206);
  // Beside a point at the bottom of a flat curve there is no room.
  const flat = calloutAt(
    { x: 400, y: 350 },
    xs.map((x) => ({ x, y: 350 - (x > 400 ? (x - 400) / 8 : 0) })),
    size,
  );
  assert.ok(flat.y + 52 < 350);
  const corner = calloutAt({ x: 760, y: 380 }, rising, { width: 240, height: 120 });
  assert.ok(corner.x >= 52 && corner.y + 52 <= 120 - 34);
});

test("the box about the words is as wide as they are, and a number in the margin as short as its room", () => {
  const small = { width: 300, height: 120 };
  assert.equal(calloutFor(small, "slope 2", "").width, 96);
  const long = calloutFor(small, "slope 9.766e−4", "secant 1");
  assert.ok(long.width > 14 * 9 && long.second === "");
  assert.equal(calloutFor({ width: 800, height: 400 }, "slope 2", "secant 1").second, "secant 1");
  assert.deepEqual([5.25, -0.0004029, 1234.5, 0].map(marginal), ["5.25", "−4e−4", "1235", "0"]);
});

test("plots stand in as many columns as their shape asks for", () => {
  assert.equal(columnsFor(1, { width: 800, height: 200 }), 1);
  assert.equal(columnsFor(4, { width: 800, height: 540 }), 2);
  assert.equal(columnsFor(4, { width: 1000, height: 200 }), 4);
  assert.equal(columnsFor(2, { width: 340, height: 500 }), 1);
});

test("digits are shown until round-off shows", () => {
  assert.equal(precise(12.99999999986312), "12.99999999986");
  assert.equal(precise(13), "13");
  assert.equal(precise(-0.5), "−0.5");
  assert.equal(precise(NaN), "NaN");
});

test("all lines share a scale on which the longest arrow has its room", () => {
  const stops = [1, 8, 24].map((slope) => ({ name: "", value: 0, moved: 0, slope, stretch: 1 }));
  const half = halfWidth(stops, 1);
  assert.ok(half > 24 && half < 40);
  assert.equal(halfWidth(stops, 0.5), half / 2);
});

test("words without a key come in their order", () => {
  assert.deepEqual(wordsOf({ 2: "h", from: "0", 1: "x", 10: "z", 3: "g" }), ["x", "h", "g", "z"]);
});

test("a program that does not go number by number is found out", () => {
  /** @param {string} id @param {number[]} shape @param {any} value @param {any} grad */
  const node = (id, shape, value, grad) => /** @type {any} */ ({ id, shape, value, grad });
  const good = { nodes: [node("x", [2], [4, 5], [8, "NaN"]), node("h", [2], [16, 25], [1, 1])] };
  assert.deepEqual(rowsOf(good, ["x", "h"], 2)?.get("x"), { value: [4, 5], grad: [8, NaN] });
  const summed = { nodes: [node("x", [2], [4, 5], [1, 1]), node("h", [], 9, 1)] };
  assert.equal(rowsOf(summed, ["x", "h"], 2), null);
  assert.equal(rowsOf(good, ["x", "gone"], 2), null);
});
