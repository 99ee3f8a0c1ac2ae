import assert from "node:assert/strict";
import { test } from "node:test";
import { kept, readCells } from "../../static/js/edits/pasted_cells.js";
import { EXAMPLES } from "../../static/js/examples.js";

test("texts are kept in the order in which they were left, each once, examples and blanks not", () => {
  assert.deepEqual(kept(["a = 1", "b = 2"], "a = 1"), ["b = 2", "a = 1"]);
  assert.deepEqual(kept(["a = 1"], " \n"), ["a = 1"]);
  assert.deepEqual(kept([], EXAMPLES[0].program), []);
});

test("the oldest go where there are too many, or they are too long", () => {
  const many = Array.from({ length: 20 }, (_, i) => `x = ${i}`);
  assert.deepEqual(kept(many, "y = 1"), [...many.slice(1), "y = 1"]);
  const long = "# ".padEnd(150_000, "x");
  assert.deepEqual(kept([long], long.replace("#", "##")), [long.replace("#", "##")]);
});

test("what another version kept is not trusted", () => {
  assert.deepEqual(readCells('["a = 1"]'), ["a = 1"]);
  for (const text of [null, "", "{}", "[1]", "[", "null"]) assert.deepEqual(readCells(text), []);
});
