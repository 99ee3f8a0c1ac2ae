import assert from "node:assert/strict";
import test from "node:test";
import { givenFrom, literalLine, reach, roundedDown, valuesFor } from "../../static/js/trace/values.js";

test("a leaf knows whether the text gives its value", () => {
  const program = "x = 2.0\ny = x * k";
  assert.equal(literalLine(program, { line: 1, literal: true }), "x = 2.0");
  assert.equal(literalLine(program, { line: 2, literal: false }), null);
  assert.equal(literalLine(program, { line: null, literal: false }), null);
  assert.equal(literalLine(program, { line: 9, literal: true }), null);
});

test("values of free names wait while the text assigns them", () => {
  const given = givenFrom({ x: 1, W1: 2 });
  assert.deepEqual(valuesFor("y = x * W1", given), { x: 1, W1: 2 });
  assert.deepEqual(valuesFor("x = 5\ny = x * W1", given), { W1: 2 });
  assert.deepEqual(valuesFor("y = x1 * W10", given), {});
  for (const line of [
    "x, w = 3, 2",
    "w, x = 3, 2",
    "(w, x) = 3, 2",
    "[w, *x] = 3, 2",
    "w = x = 3",
    "w = 2; x = 3",
    "x: float = 3",
    "for x in range(3): pass",
    "for i, x in enumerate([1]):",
    "with f() as x:",
    "def x(): pass",
  ])
    assert.deepEqual(valuesFor(`${line}\ny = x * W1`, given), { W1: 2 }, line);
  for (const line of [
    "w = x",
    "w[x] = 3",
    "f(w, x)",
    "w = x == 3",
    "w = x <= 3",
    "x += 1",
    "w = [x for i in a]",
    "w.x = 3",
  ])
    assert.deepEqual(valuesFor(`${line}\ny = x * W1`, given), { x: 1, W1: 2 }, line);
  assert.deepEqual(valuesFor("y = x == 2", givenFrom({ y: 1 })), {});
});

test("an override falls with the line it overrode", () => {
  const given = { x: { value: 3, line: "x = 2.0" } };
  assert.deepEqual(valuesFor("x = 2.0\ny = x", given), { x: 3 });
  assert.deepEqual(valuesFor("x = 4.0\ny = x", given), {});
});

test("ids with a # are values like any other", () => {
  assert.deepEqual(valuesFor("c = 1\nc = 2", { "c#2": { value: 5, line: "c = 2" } }), { "c#2": 5 });
});

test("a slider has room on both sides", () => {
  for (const x of [0, 0.5, -3, 3.1, 40, 1234, 1e-9, NaN])
    assert.ok(reach(x) >= 3 && !(reach(x) <= Math.abs(x) && x > 3));
});

test("a round number is 1, 2 or 5 times a power of ten, and never above", () => {
  assert.deepEqual([1, 1.9, 2, 4.9, 5, 9.99, 0.07, 3000].map(roundedDown), [1, 1, 2, 2, 5, 5, 0.05, 2000]);
});
