import assert from "node:assert/strict";
import test from "node:test";
import {
  add,
  extent,
  fromWire,
  isFinite,
  isZero,
  magnitude,
  replaced,
  rms,
  sizeOf,
  toWire,
} from "../../static/js/trace/tensor.js";

for (const wire of /** @type {import("../../static/js/types.js").WireNumber[]} */ ([
  2,
  [1, 2],
  [[1], [2]],
  [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ],
  "NaN",
  [["Infinity", "-Infinity"]],
])) {
  test(`there and back: ${JSON.stringify(wire)}`, () => assert.deepEqual(toWire(fromWire(wire)), wire));
}

test("non-finite words become numbers", () => {
  assert.deepEqual(fromWire(["NaN", "Infinity", "-Infinity"]).flat, [NaN, Infinity, -Infinity]);
  assert.equal(isFinite(fromWire([1, "NaN"])), false);
});

test("empty arrays keep the shape they are told", () =>
  assert.deepEqual(fromWire([], [0, 3]), { shape: [0, 3], flat: [] }));

test("arithmetic leaves its arguments alone", () => {
  const a = fromWire([1, -3]);
  assert.deepEqual(add(a, fromWire([1, 1])).flat, [2, -2]);
  assert.deepEqual(replaced(a, 1, 5).flat, [1, 5]);
  assert.deepEqual(a.flat, [1, -3]);
  assert.equal(magnitude(a), 3);
  assert.ok(isZero(fromWire([0, -0])));
});

test("the extent of numbers is their smallest and their largest", () => {
  assert.deepEqual(extent([2, -3, 0.5]), [-3, 2]);
  assert.deepEqual(extent([]), [Infinity, -Infinity]);
});

test("a shape has as many elements as its lengths multiply to", () => {
  assert.deepEqual([[], [3], [2, 3], [4, 0, 2]].map(sizeOf), [1, 3, 6, 0]);
});

test("the root mean square of what is finite, without overflow", () => {
  assert.equal(rms({ shape: [2, 2], flat: [3, -4, 0, 0] }), 2.5);
  assert.equal(rms({ shape: [3], flat: [1e300, Infinity, -1e300] }), 1e300);
  assert.equal(rms({ shape: [0], flat: [] }), 0);
});
