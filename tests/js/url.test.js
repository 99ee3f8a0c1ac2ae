import assert from "node:assert/strict";
import test from "node:test";
import { fromFragment, toFragment } from "../../static/js/url.js";

test("there and back", () => {
  const state = { program: "y = x & 1 # 100 %\nσ = 2", values: { x: [[1, -1]], "c#2": 3 }, time: 8.45 };
  assert.deepEqual(fromFragment(`#${toFragment(state)}`), state);
});

test("what cannot be read is left out, the rest is kept", () => {
  assert.deepEqual(fromFragment("#program=y%20%3D%20x&values={broken&t=-1"), { program: "y = x" });
  assert.deepEqual(fromFragment("#values=[1]"), {});
  assert.deepEqual(fromFragment(""), {});
});
