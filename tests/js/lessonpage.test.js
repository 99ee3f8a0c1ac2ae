import assert from "node:assert/strict";
import { test } from "node:test";
import { largest } from "../../static/js/lesson/fitting.js";
import { bringing, placeOf } from "../../static/js/lesson/scrolling.js";

test("a step that is in view stays where it is; another one is brought whole, with something of what stands before it", () => {
  assert.equal(placeOf({ top: 130, height: 500 }, 700), 0);
  assert.equal(placeOf({ top: 600, height: 300 }, 700), 600 - 52);
  // It fills the text: less stands before it, and its beginning is never above the edge.
  assert.equal(placeOf({ top: 600, height: 660 }, 700), 600 - 26);
  assert.equal(placeOf({ top: 600, height: 2000 }, 700), 600 - 14);
});

test("what has grown is brought into view, but not beyond its beginning", () => {
  assert.equal(bringing(500, { top: 900, bottom: 1100 }, 700), 500);
  assert.equal(bringing(500, { top: 900, bottom: 1400 }, 700), 714);
  assert.equal(bringing(500, { top: 900, bottom: 2400 }, 700), 886);
  // Who has scrolled further than that is not taken back.
  assert.equal(bringing(1000, { top: 900, bottom: 1400 }, 700), 1000);
});

test("letters are as large as fits, and never smaller than the smallest", () => {
  assert.equal(
    largest([3, 2, 1], () => true),
    3,
  );
  assert.equal(
    largest([3, 2, 1], (size) => size < 3),
    2,
  );
  assert.equal(
    largest([3, 2, 1], () => false),
    1,
  );
});
