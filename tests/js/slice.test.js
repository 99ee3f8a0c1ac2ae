import assert from "node:assert/strict";
import test from "node:test";
import { levelsOf, nearest, readSlice, toldOf } from "../../static/js/plots/slice.js";

const SLICE = readSlice({
  of: "loss",
  axes: [
    [0, 1, 2],
    [-1, 1],
  ],
  values: [[1], [2], [3], ["NaN"], [5], ["Infinity"]],
  slice: {
    names: ["w", "b"],
    origin: [1, 0],
    path: [
      [0, 2, 1],
      [5, 1, 0],
    ],
    parameters: {},
  },
});

test("the nearest place of a grid is told with its own loss", () => {
  assert.deepEqual(nearest(SLICE, [0.4, 0.9]), { place: [0, 1], loss: 2 });
  assert.deepEqual(nearest(SLICE, [9, -9]), { place: [2, -1], loss: 5 });
});

test("lines stand at losses that occur, and none where all are equal or none is a number", () => {
  assert.ok(levelsOf(SLICE.values).every((level) => SLICE.values.includes(level)));
  assert.ok(levelsOf(SLICE.values).length > 1);
  assert.deepEqual(levelsOf([2, 2, 2]), []);
  assert.deepEqual(levelsOf([NaN]), []);
});

test("what is told leaves out what is no number", () => {
  assert.equal(toldOf(SLICE), "loss from 1 to 5");
  assert.equal(toldOf({ ...SLICE, values: [NaN] }), "No place of it has a number.");
});
