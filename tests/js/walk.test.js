import assert from "node:assert/strict";
import test from "node:test";
import { neighbours, walk, whereabouts } from "../../static/js/scene/walk.js";
import { loaded } from "./fixtures/load.js";

/** @param {import("./fixtures/load.js").Recorded} name */
function graph(name) {
  const { trace, drawing } = loaded(name);
  const id = (/** @type {number} */ item) => drawing.items[item]?.key ?? "nowhere";
  const at = (/** @type {string} */ key) => drawing.items.findIndex((item) => item.key === key);
  return { trace, drawing, id, at };
}

test("left goes to the inputs, down to the next one, right back to where one came from", () => {
  const { drawing, id, at } = graph("mini");
  const first = walk(drawing, { item: at("z1"), path: null }, "in");
  assert.equal(id(first?.item ?? -1), "z1.1");
  const second = first && walk(drawing, first, "after");
  assert.equal(id(second?.item ?? -1), "b1");
  assert.equal(second && whereabouts(drawing, second, id), "input 2 of 2 of z1");
  assert.equal(second && walk(drawing, second, "after"), null);
  const back = second && walk(drawing, second, "out");
  assert.equal(id(back?.item ?? -1), "z1");
});

test("every item is reached from every other by arrows alone", () => {
  for (const name of /** @type {const} */ (["mini", "fork", "mlp", "softmax"])) {
    const { drawing } = graph(name);
    const seen = new Set([0]);
    /** @type {import("../../static/js/scene/walk.js").Stop[]} */
    const waiting = [{ item: 0, path: null }];
    const known = new Set();
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      for (const way of /** @type {const} */ (["in", "out", "before", "after"])) {
        const next = walk(drawing, at, way);
        const key = JSON.stringify(next);
        if (!next || known.has(key)) continue;
        known.add(key);
        seen.add(next.item);
        waiting.push(next);
      }
    }
    assert.equal(seen.size, drawing.items.length, name);
  }
});

test("what uses a value twice is met once", () => {
  const { drawing } = graph("fork");
  drawing.items.forEach((_, item) => {
    const out = neighbours(drawing, item, "out");
    assert.equal(new Set(out).size, out.length);
  });
});
