import assert from "node:assert/strict";
import test from "node:test";
import { groupPaths, indexOf } from "../../static/js/search.js";
import { loaded } from "./fixtures/load.js";

const { trace } = loaded("mlp");
/** @param {string} query */
const ids = (query) => indexOf(trace)(query).map(({ node }) => trace.nodes[node].id);

test("nothing asked, nothing found", () => {
  assert.deepEqual(ids(""), []);
  assert.deepEqual(ids("   "), []);
  assert.deepEqual(ids("nosuchthing"), []);
});

test("the exact name comes first, then beginnings, then parts", () => {
  assert.equal(ids("h")[0], "h");
  assert.equal(ids("w")[0], "W1");
  assert.equal(ids("loss")[0], "loss");
  assert.equal(ids("y")[0], "y");
  assert.ok(ids("loss").indexOf("loss") < ids("loss").indexOf("loss.1"));
});

test("operations are found by name and by sign", () => {
  assert.equal(ids("tanh")[0], "h");
  assert.deepEqual(ids("matmul"), ["h.1", "y.1"]);
  assert.deepEqual(new Set(ids("@").slice(0, 2)), new Set(["h.1", "y.1"]));
});

test("every word must fit somewhere", () => {
  assert.deepEqual(ids("matmul w2"), ["y.1"]);
  assert.deepEqual(ids("matmul tanh"), []);
});

test("a function is called with those around it", () => {
  const paths = groupPaths([
    {
      id: "a",
      name: "block",
      parent: null,
      kind: /** @type {const} */ ("call"),
      result: null,
      summary: null,
      turns: [],
    },
    {
      id: "a/b",
      name: "softmax",
      parent: "a",
      kind: /** @type {const} */ ("call"),
      result: null,
      summary: null,
      turns: [],
    },
  ]);
  assert.deepEqual([paths.get(null), paths.get("a"), paths.get("a/b")], ["", "block", "block › softmax"]);
});

test("ten thousand nodes are searched in a moment", () => {
  const many = {
    ...trace,
    nodes: Array.from({ length: 10_000 }, (_, index) => ({
      ...trace.nodes[index % trace.nodes.length],
      index,
      id: `n${index}`,
      name: `n${index}`,
    })),
  };
  const find = indexOf(many);
  const begin = performance.now();
  const found = find("n999");
  assert.ok(performance.now() - begin < 1000);
  assert.equal(found.length, 11);
  assert.equal(many.nodes[found[0].node].name, "n999");
});
