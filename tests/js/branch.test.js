import assert from "node:assert/strict";
import test from "node:test";
import { branchOf } from "../../static/js/graph/branch.js";
import { loaded } from "./fixtures/load.js";

test("a branch is what an item comes from, and what comes of it", () => {
  const { drawing } = loaded("mini");
  const at = (/** @type {string} */ key) => drawing.items.findIndex((item) => item.key === key);
  const keys = (/** @type {string} */ of) =>
    [...branchOf(drawing, at(of)).items].map((i) => drawing.items[i].key).sort();
  assert.ok(keys("b2").includes("y") && !keys("b2").includes("a1"));
  const middle = keys("a1");
  assert.ok(["x", "W1", "b1", "z1", "a1", "y"].every((key) => middle.includes(key)));
  assert.ok(!middle.includes("W2") && !middle.includes("b2"));
  const { lines } = branchOf(drawing, at("a1"));
  for (const line of lines) {
    const { source, target } = drawing.lines[line];
    assert.ok([source, target].every((i) => middle.includes(drawing.items[i].key)));
  }
});
