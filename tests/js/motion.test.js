import assert from "node:assert/strict";
import test from "node:test";
import { bent, eased, origins } from "../../static/js/scene/motion.js";
import { loaded } from "./fixtures/load.js";

const at = (/** @type {number} */ x) => ({ x, y: 0 });

test("what was there comes from where it was, what was inside from where its group stood", () => {
  const { trace, drawing } = loaded("nested", new Set(["u_v/g"]));
  const seen = {
    places: new Map([
      ["x", at(1)],
      ["u_v/g", at(2)],
    ]),
    boxes: new Map(),
  };
  const from = origins(drawing, trace, seen);
  const of = (/** @type {string} */ key) => from[drawing.items.findIndex((item) => item.key === key)];
  assert.deepEqual(of("x"), { from: at(1), fresh: false });
  assert.deepEqual(of("u_v/g/sq"), { from: at(2), fresh: true });
  assert.deepEqual(of("v"), { from: at(2), fresh: true });
  assert.equal(of("f"), null);
});

test("a group that closes comes from the middle of its box", () => {
  const { trace, drawing } = loaded("nested", new Set());
  const boxes = new Map([["u_v/g", { x: 10, y: 20, width: 40, height: 60 }]]);
  assert.deepEqual(origins(drawing, trace, { places: new Map(), boxes })[2], { from: { x: 30, y: 50 }, fresh: true });
});

test("a line follows both its ends", () => {
  const points = [at(0), at(10), at(20), at(30)];
  const moved = bent(points, { x: 3, y: 6 }, { x: -3, y: 0 });
  assert.deepEqual(
    [moved[0], moved[3]],
    [
      { x: 3, y: 6 },
      { x: 27, y: 0 },
    ],
  );
  assert.deepEqual(bent(points, at(0), at(0)), points);
});

test("motion begins and ends where it should", () => assert.deepEqual([-1, 0, 1, 2].map(eased), [0, 0, 1, 1]));
