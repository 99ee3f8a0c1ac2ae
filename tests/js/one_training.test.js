import assert from "node:assert/strict";
import { test } from "node:test";
import { ofOneTraining } from "../../static/js/training/one_training.js";

const run = {};
const asked = { program: "y = x", given: {}, detail: "tensor", scalar: new Set(), output: "", as: "4 examples" };

test("steps of one training wait for each other", () => {
  assert.ok(ofOneTraining({ ...asked, at: { run, step: 3 } }, { ...asked, at: { run, step: 4 } }));
});

test("another program, another run, other examples and the program itself do not", () => {
  const older = { ...asked, at: { run, step: 3 } };
  assert.ok(!ofOneTraining(older, { ...older, program: "y = 2 * x" }));
  assert.ok(!ofOneTraining(older, { ...older, at: { run: {}, step: 3 } }));
  assert.ok(!ofOneTraining(older, { ...older, as: "one example" }));
  assert.ok(!ofOneTraining({ ...asked, at: null }, older));
  assert.ok(!ofOneTraining(older, { ...asked, at: null }));
});
