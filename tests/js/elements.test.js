import assert from "node:assert/strict";
import { test } from "node:test";
import { indexOf, known, neighbour, placeOf, spread, standBeside, tileOf } from "../../static/js/trace/elements.js";

test("a place and its index say the same", () => {
  for (const shape of [[], [5], [2, 3], [2, 3, 4]]) {
    const count = shape.reduce((product, size) => product * size, 1);
    for (let place = 0; place < count; place += 1) assert.equal(placeOf(indexOf(place, shape), shape), place);
  }
  assert.deepEqual(indexOf(4, [2, 3]), [1, 1]);
  assert.deepEqual(indexOf(0, []), []);
});

test("several elements share a tile where there are more than tiles", () => {
  const size = spread([32, 32]);
  assert.equal(tileOf(0, size, 16, 16), 0);
  assert.equal(tileOf(33, size, 16, 16), 0);
  assert.equal(tileOf(32 * 32 - 1, size, 16, 16), 255);
});

test("arrows go through the value, then through the gradient, and stop at the border", () => {
  const shape = [2, 3];
  /** @param {number} place @param {"value" | "grad"} of @param {string} key @param {boolean} [has] */
  const go = (place, of, key, has = true) => neighbour({ place, of }, key, shape, has);
  assert.deepEqual(go(0, "value", "ArrowRight"), { place: 1, of: "value" });
  assert.deepEqual(go(2, "value", "ArrowRight"), { place: 2, of: "value" });
  assert.deepEqual(go(1, "value", "ArrowDown"), { place: 4, of: "value" });
  assert.deepEqual(go(4, "value", "ArrowDown"), { place: 1, of: "grad" });
  assert.deepEqual(go(4, "value", "ArrowDown", false), { place: 4, of: "value" });
  assert.deepEqual(go(1, "grad", "ArrowUp"), { place: 4, of: "value" });
  assert.deepEqual(go(0, "value", "ArrowUp"), { place: 0, of: "value" });
});

test("what is not computed yet is not told", () => {
  const one = { shape: [], flat: [1] };
  /** @type {import("../../static/js/timeline/frame.js").NodeState} */
  const state = {
    value: null,
    grad: null,
    progress: "waiting",
    look: "dark",
    level: 0,
    over: 0,
    active: "",
    covered: false,
    adding: null,
  };
  assert.equal(known(state, "value"), "not computed yet");
  assert.equal(known({ ...state, value: one }, "value"), "known");
  assert.equal(known({ ...state, value: one }, "grad"), "not computed yet");
  assert.equal(known({ ...state, progress: "partial", grad: one }, "grad"), "messages are still to come");
  assert.equal(known({ ...state, progress: "done", grad: one }, "grad"), "known");
  assert.equal(known({ ...state, progress: "none" }, "grad"), "no path to the output");
});

test("a card keeps off what it tells of, and stays in the window", () => {
  const of = { left: 400, top: 300, right: 440, bottom: 320 };
  const card = { width: 300, height: 100 };
  const room = { width: 1000, height: 700 };
  assert.deepEqual(standBeside(of, card, room, []), { left: 270, top: 330 });
  const below = { left: 300, top: 330, right: 600, bottom: 430 };
  const { top } = standBeside(of, card, room, [below]);
  assert.ok(top + card.height <= 300 || top >= 430);
  const corner = standBeside({ left: 980, top: 680, right: 1000, bottom: 700 }, card, room, []);
  assert.ok(corner.left + 300 <= 990 && corner.top + 100 <= 690);
});
