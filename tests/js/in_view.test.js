import assert from "node:assert/strict";
import { test } from "node:test";
import { inView } from "../../static/js/scene/in_view.js";

const WINDOW = { start: 10, room: 300 };

test("a drawing that fits stands in the middle of its window, wherever its step is", () => {
  assert.equal(inView(200, WINDOW, 0), 60);
  assert.equal(inView(200, WINDOW, 200), 60);
  assert.equal(inView(300, WINDOW, 0), 10);
});

test("one that does not fit shows the place that is asked for, and leaves no room empty at its ends", () => {
  assert.equal(inView(800, WINDOW, 400), 10 + 150 - 400);
  assert.equal(inView(800, WINDOW, 0), 10);
  assert.equal(inView(800, WINDOW, 100), 10);
  assert.equal(inView(800, WINDOW, 800), 10 + 300 - 800);
});
