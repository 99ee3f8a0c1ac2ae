import assert from "node:assert/strict";
import test from "node:test";
import { differences } from "../../static/js/words/agreement.js";

/** @param {any} x @param {object} [more] @returns {any} */
const report = (x, more = {}) => ({ apart: { x: { index: [], ...x } }, says: [], broken: null, ...more });

test("nothing is said where both are the same", () =>
  assert.deepEqual(differences("σ", { apart: {}, says: [], broken: null }), []));

test("at a kink both numbers stand there, and the convention", () => {
  assert.deepEqual(
    differences("clip", report({ rule: 1, steps: 0.5, why: "kink" }, { says: ["clip has a corner at its bounds"] })),
    [
      "The rule of clip sends 1, its substeps send 0.5: this is a kink, where each substep follows its own convention. clip has a corner at its bounds.",
    ],
  );
});

test("steps that overflow are named", () => {
  assert.deepEqual(differences("σ", report({ rule: 0, steps: "NaN", why: "not finite" }, { broken: "u2" })), [
    "The rule of σ sends 0, its substeps send NaN: among the substeps u2 is not finite.",
  ]);
});

test("rounding is called so, and anything else is told by its size", () => {
  assert.deepEqual(differences("σ", report({ rule: 0, steps: 4.2e-18, why: "rounding" })), [
    "The rule of σ sends 0, its substeps send 4.2e−18: that is rounding.",
  ]);
  assert.deepEqual(differences("f", report({ index: [0, 2], rule: 1, steps: 3, why: "unexplained" })), [
    "The rule of f sends 1 at [0, 2], its substeps send 3: they differ by 2.",
  ]);
});
