import assert from "node:assert/strict";
import { test } from "node:test";
import { turned } from "../../static/js/scene/viewport.js";

/** @param {Partial<WheelEvent>} parts */
const wheel = (parts) => turned(/** @type {WheelEvent} */ ({ deltaY: 0, deltaMode: 0, ctrlKey: false, ...parts }));

test("a turn of the wheel zooms by its size, whatever its unit", () => {
  assert.equal(wheel({ deltaY: -100 }), 0.2);
  assert.equal(wheel({ deltaY: 3, deltaMode: 1 }), -0.05 * 3);
  assert.equal(wheel({ deltaY: -1, deltaMode: 2 }), 1);
});

test("a pinch counts tenfold, a notch with Ctrl held does not", () => {
  assert.ok(Math.abs(wheel({ deltaY: -2, ctrlKey: true }) - 0.04) < 1e-12);
  assert.equal(wheel({ deltaY: -100, ctrlKey: true }), 0.25);
  assert.equal(wheel({ deltaY: 100, ctrlKey: true }), -0.25);
  // No turn with Ctrl zooms less than without.
  assert.equal(wheel({ deltaY: -1000, ctrlKey: true }), wheel({ deltaY: -1000 }));
});
