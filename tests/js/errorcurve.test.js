import assert from "node:assert/strict";
import test from "node:test";
import {
  describeCurve,
  formatStep,
  lineOf,
  nearest,
  SIZE,
  spanOf,
  stepAt,
  stepUnder,
  stretches,
} from "../../static/js/panels/experiments/errorcurve.js";
import { nextPower } from "../../static/js/panels/experiments/check.js";

const EPSILON = Array.from({ length: 61 }, (_, k) => (k % 4 === 0 ? Number(`1e-${k / 4}`) : 10 ** (-k / 4)));

/** A V: truncation of this order down to where round-off is as large. @param {number} order */
const valley = (order) => EPSILON.map((step) => Math.max(0.1 * step ** order, 1e-16 / step));

/** @param {Partial<import("../../static/js/wire.d.ts").SweepAnswer>} [other] @returns {import("../../static/js/wire.d.ts").SweepAnswer} */
function sweep(other) {
  const rule = (/** @type {number} */ order) =>
    EPSILON.map(
      (step) =>
        /** @type {"truncation" | "round-off"} */ (0.1 * step ** order > 1e-16 / step ? "truncation" : "round-off"),
    );
  const found = { numeric: 1, error: 1e-11, verdict: /** @type {const} */ ("agrees"), negligible: false };
  return {
    id: "x",
    index: [],
    grad: 1,
    relative: true,
    epsilon: EPSILON,
    central: valley(2),
    forward: valley(1),
    ruled: { central: rule(2), forward: rule(1) },
    best: { central: { epsilon: 1e-5, error: 1e-11 }, forward: { epsilon: 1e-8, error: 1e-8 } },
    at: { epsilon: 1e-5, central: found, forward: found, complex: null },
    barrier: { op: "relu", node: "y" },
    ...other,
  };
}

test("steps are written as powers of ten", () => {
  assert.deepEqual([1, 0.1, 1e-5, 10 ** -5.75, 1e-15].map(formatStep), ["1", "1e−1", "1e−5", "1.8e−6", "1e−15"]);
});

test("the axis reaches over all errors that are not zero: it has no place for those", () => {
  assert.deepEqual(spanOf(sweep()), { low: -11, high: -1, zero: false });
  assert.deepEqual(spanOf(sweep({ central: EPSILON.map(() => 0) })), { low: -9, high: -1, zero: true });
  assert.deepEqual(spanOf(sweep({ central: EPSILON.map(() => "NaN"), forward: EPSILON.map(() => "Infinity") })), {
    low: -16,
    high: -12,
    zero: false,
  });
  const flat = spanOf(sweep({ central: EPSILON.map(() => 0.5), forward: EPSILON.map(() => 1) }));
  assert.deepEqual(flat, { low: -4, high: 0, zero: false });
});

test("a line is broken where an error is not finite, and where it is exactly zero", () => {
  const gone = EPSILON.map((_, k) => (k < 20 ? 0 : 1));
  const line = lineOf(
    sweep({ central: gone }),
    "central",
    (step) => -Math.log10(step),
    (error) => error,
  );
  assert.ok(line.startsWith("M5 1L"));
  assert.equal(line.split("M").length, 2);
  const x = (/** @type {number} */ step) => -Math.log10(step);
  const errors = EPSILON.map((_, k) => (k === 0 || k === 30 ? "NaN" : 1));
  const parts = lineOf(sweep({ central: errors }), "central", x, (error) => error)
    .split("M")
    .slice(1);
  assert.deepEqual(
    parts.map((part) => part.split("L").length),
    [29, 30],
  );
  assert.ok(parts[0].startsWith("0.3 1L"));
});

test("neighbours under the same rule are one stretch", () => {
  assert.deepEqual(stretches(["truncation", "truncation", "round-off", "neither"]), [
    { what: "truncation", from: 0, to: 1 },
    { what: "round-off", from: 2, to: 2 },
    { what: "neither", from: 3, to: 3 },
  ]);
});

test("a place in the picture is the nearest step, and back", () => {
  assert.equal(nearest(sweep(), 1.1e-5), EPSILON.indexOf(1e-5));
  assert.equal(stepAt(sweep(), -50), 1);
  assert.equal(stepAt(sweep(), SIZE.width + 50), 1e-15);
  const middle = stepAt(sweep(), (58 + SIZE.width - 14) / 2);
  assert.ok(Math.abs(Math.log10(middle) + 7.5) <= 0.125);
});

test("a pointer is read in the picture's own px, however wide it is shown", () => {
  const picture = { getBoundingClientRect: () => ({ left: 100, width: 2 * SIZE.width }) };
  const event = (/** @type {number} */ clientX) =>
    /** @type {any} */ ({ clientX, currentTarget: { querySelector: () => picture } });
  assert.equal(stepUnder(sweep(), event(100 + 2 * 58)), 1);
  assert.equal(stepUnder(sweep(), event(100 + 2 * (SIZE.width - 14))), 1e-15);
});

test("the picture in words", () => {
  const said = describeCurve(sweep(), 1e-5);
  assert.match(
    said,
    /^Relative error against the step ε, here 1e−5\. central: smallest error 1e−11 at 1e−5, truncation from 1 to /,
  );
  assert.match(said, /forward: .* round-off from \S+ to 1e−15; here 1e−6\.$/);
  assert.match(
    describeCurve(sweep({ best: { central: null, forward: null }, relative: false }), 1),
    /^Error against .* no finite error/,
  );
});

test("arrow keys go from power of ten to power of ten", () => {
  assert.equal(nextPower(1e-5, 1), 1e-4);
  assert.equal(nextPower(1e-5, -1), 1e-6);
  assert.equal(nextPower(1.8e-6, 1), 1e-5);
  assert.equal(nextPower(1.8e-6, -1), 1e-6);
  for (let power = -14; power <= 0; power += 1)
    assert.equal(nextPower(Number(`1e${power}`), -1), Number(`1e${power - 1}`));
});
