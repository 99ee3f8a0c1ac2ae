import assert from "node:assert/strict";
import test from "node:test";
import { strandsOf } from "../../static/js/scene/strands.js";

test("lines of what stands in one place are one to each item, with all their edges", () => {
  const items = /** @type {any[]} */ ([{ key: "w0" }, { key: "w1" }, { key: "x" }, { key: "f" }, { key: "g" }]);
  const lines = [
    { source: 0, target: 3, edges: [0] },
    { source: 0, target: 4, edges: [1] },
    { source: 1, target: 3, edges: [2, 3] },
    { source: 1, target: 4, edges: [4] },
    { source: 2, target: 3, edges: [5] },
  ];
  const together = { host: null, shared: "3,4", tiny: false };
  const satellites = new Map([
    [items[0], together],
    [items[1], together],
  ]);
  const { lead, edges } = strandsOf(/** @type {any} */ ({ items, lines }), satellites);
  assert.deepEqual([...lead], [0, 1, 0, 1, 4]);
  assert.deepEqual(
    [...edges],
    [
      [0, [0, 2, 3]],
      [1, [1, 4]],
    ],
  );
});
