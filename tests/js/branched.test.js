import assert from "node:assert/strict";
import test from "node:test";
import { branched } from "../../static/js/trace/branched.js";

const PROGRAM = "while x > 1:\n    x = x / 2\nfor i in range(n):\n    x = x * 2";
/** @param {...[number, boolean | number | null]} all */
const decided = (...all) => all.map(([line, answer]) => ({ line, answer }));

test("the first decision that comes out otherwise is told, with its line", () => {
  const before = decided([1, true], [1, false], [3, 2]);
  assert.equal(branched(PROGRAM, before, before), "");
  assert.equal(
    branched(PROGRAM, before, decided([1, true], [1, true], [1, false], [3, 2])),
    "Line 1 goes another way now, since its condition holds: while x > 1",
  );
  assert.equal(
    branched(PROGRAM, before, decided([1, false], [3, 2])),
    "Line 1 goes another way now, since its condition does not hold: while x > 1",
  );
  assert.equal(
    branched(PROGRAM, before, decided([1, true], [1, false], [3, 4])),
    "Line 3 goes another way now, with 4 instead of 2: for i in range(n)",
  );
});
