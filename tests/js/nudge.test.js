/** Nudge: steps, what is read from the answer, and what is said of the gap. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { curveSteps, isNudgeable, reachOf, readNudged, shrinking, steepest } from "../../static/js/queries/nudge.js";
import { rangeOf } from "../../static/js/panels/experiments/tangent.js";

/** What the server would say of y = f(x), one node being x and one being y. @param {(x: number) => number} f @param {number} slope @param {number} x @param {number} delta */
function nudged(f, slope, x, delta) {
  const curve = curveSteps(x, delta);
  /** @type {any} */
  const answer = {
    node: "x",
    index: [],
    value: x,
    delta,
    gradient: slope,
    output: f(x),
    predicted: slope * delta,
    true: f(x + delta) - f(x),
    outputs: [delta / 2, delta / 4, ...curve].map((step) => f(x + step)),
    nodes: { predicted: [delta, slope * delta], true: [delta, f(x + delta) - f(x)] },
    edges: [{ edge: 0, predicted: slope * delta, true: f(x + delta) - f(x) }],
  };
  const trace = /** @type {any} */ ({ nodes: [{ shape: [] }, { shape: [] }], edges: [{ source: 0, target: 1 }] });
  return readNudged(trace, { id: "x", place: 0, delta }, curve, answer);
}
const quadratic = (/** @type {number} */ x) => x ** 2 + 3 * x + 2;

test("a quadratic's gap falls to a quarter, and is Δ² in figures", () => {
  const found = nudged(quadratic, 13, 5, 0.1);
  [0.01, 0.0025, 0.000625].forEach((gap, i) => assert.ok(Math.abs(found.gaps[i] - gap) < 1e-13, `${found.gaps[i]}`));
  assert.ok(Math.abs(found.predicted - 1.3) < 1e-15 && Math.abs(found.true - 1.31) < 1e-13);
  assert.equal(shrinking(found), "Halve Δ: the gap falls to a quarter.");
});

test("a larger step of a curve that bends otherwise is told as it was measured", () => {
  const found = nudged(Math.exp, 1, 0, 2);
  const [first, second] = [found.gaps[1] / found.gaps[0], found.gaps[2] / found.gaps[1]];
  assert.equal(
    shrinking(found),
    `Halve Δ: the gap goes to ${Math.round(first * 100)} %. Halve it again: it goes to ${Math.round(second * 100)} % of that.`,
  );
  assert.equal(shrinking(nudged(Math.exp, 1, 0, 0.01)), "Halve Δ: the gap falls to a quarter.");
  assert.match(shrinking(nudged(Math.sin, 1, 0, 0.1)), /to an eighth/);
});

test("where the output is linear there is no gap, whatever round-off says", () => {
  assert.match(shrinking(nudged((x) => 0.1 * x + 0.3, 0.1, 0.7, 0.3)), /^No gap: the output is linear/);
  assert.match(shrinking(nudged((x) => Math.max(0, x), 1, 2, 0.1)), /^No gap/);
});

test("a kink on the way and a kink at the place are two things", () => {
  const relu = (/** @type {number} */ x) => Math.max(0, x);
  assert.match(shrinking(nudged(relu, 0, -0.3, 0.4)), /crosses a kink/);
  assert.match(shrinking(nudged(relu, 0, 0, 0.4)), /only halves.*kink/);
});

test("no step, no path, nothing finite", () => {
  assert.match(shrinking(nudged(quadratic, 13, 5, 0)), /^Move Δ/);
  assert.match(shrinking({ ...nudged((x) => (x > 1 ? 3 : 0), 0, 0.5, 1), gradient: null }), /jumps/);
  assert.match(shrinking({ ...nudged(() => 3, 0, 0.5, 1), gradient: null }), /does not move/);
  assert.match(shrinking(nudged(Math.log, Infinity, 0, 0.1)), /no finite number/);
});

test("the curve holds the number in its middle and the step within", () => {
  for (const [x, delta] of [
    [5, 0.1],
    [0, -40],
    [-1200, 3],
  ]) {
    const steps = curveSteps(x, delta);
    assert.equal(steps[(steps.length - 1) / 2], 0);
    assert.ok(steps[0] < -Math.abs(delta) && /** @type {number} */ (steps.at(-1)) > Math.abs(delta));
    assert.ok(steps.length <= 98, "the server takes a hundred steps");
  }
  const { curve } = nudged(quadratic, 13, 5, 0.1);
  assert.deepEqual(curve.y, curve.x.map(quadratic));
});

test("a slider reaches a round number that fits the value", () => {
  assert.deepEqual([0, 0.3, -2, 5, 30, -1234, NaN, Infinity].map(reachOf), [1, 1, 1, 2, 10, 500, 1, 1]);
});

test("what can be moved, and which of its elements first", () => {
  const node = /** @type {any} */ ({
    id: "w",
    role: "input",
    value: { shape: [3], flat: [1, 2, 3] },
    grad: { shape: [3], flat: [1, -7, NaN] },
  });
  assert.equal(steepest(node), 1);
  assert.equal(steepest({ ...node, grad: null }), 0);
  const trace = /** @type {any} */ ({
    leaves: [
      { id: "w", editable: true },
      { id: "k", editable: false },
    ],
  });
  assert.ok(isNudgeable(trace, node));
  assert.ok(
    !isNudgeable(trace, { ...node, id: "k" }) &&
      isNudgeable(trace, { ...node, id: "z", role: "operation" }) &&
      !isNudgeable(trace, { ...node, role: "constant", id: "k" }) &&
      !isNudgeable(trace, null),
  );
});

test("what a plot shows of values that are all the same, or not there, is still a range", () => {
  for (const ys of [[3, 3], [0, 0], [NaN, Infinity], []]) {
    const [low, high] = rangeOf(ys);
    assert.ok(low < high, `${ys}`);
  }
  assert.deepEqual(rangeOf([0, 100, NaN]), [-8, 108]);
});
