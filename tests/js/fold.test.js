import assert from "node:assert/strict";
import test from "node:test";
import { fold } from "../../static/js/scene/fold.js";
import { loaded } from "./fixtures/load.js";

test("constants go into the glyph of their user", () => {
  const { trace } = loaded("mlp");
  const { shown, lines, glyphs } = fold(trace);
  assert.ok(trace.nodes.some(({ role }) => role === "constant"));
  assert.ok(shown.every((i) => trace.nodes[i].role !== "constant"));
  assert.ok(lines.every((i) => trace.nodes[trace.edges[i].source].role !== "constant"));
  assert.deepEqual([...glyphs.values()].map((glyph) => glyph.endsWith(" 2")), [true]);
});

test("nothing is folded where there is no constant", () => {
  const { trace } = loaded("fork");
  assert.equal(fold(trace).shown.length, trace.nodes.length);
});
