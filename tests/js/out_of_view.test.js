import assert from "node:assert/strict";
import { test } from "node:test";
import { outOfView } from "../../static/js/scene/out_of_view.js";

const layout = {
  places: [
    { x: 0, y: 0 },
    { x: 300, y: 0 },
  ],
  sizes: [
    { width: 100, height: 40 },
    { width: 100, height: 40 },
  ],
};
const window = { width: 200, height: 100 };

test("a graph is out of view when no part of any node is in the window", () => {
  assert.equal(outOfView(layout, { x: 150, y: 0, k: 1 }, window), true, "between the two");
  assert.equal(outOfView(layout, { x: 149, y: 0, k: 1 }, window), false, "the edge of the first");
  assert.equal(outOfView(layout, { x: 150, y: 0, k: 0.5 }, window), false);
  assert.equal(outOfView(layout, { x: 0, y: 71, k: 1 }, window), true);
});

test("what fits its window, is not laid out, or has no window yet is not out of view", () => {
  assert.equal(outOfView(layout, null, window), false);
  assert.equal(outOfView({ places: [], sizes: [] }, { x: 0, y: 0, k: 1 }, window), false);
  assert.equal(outOfView(layout, { x: 1e6, y: 0, k: 1 }, { width: 0, height: 0 }), false);
});
