import assert from "node:assert/strict";
import test from "node:test";
import { layersOf, perUnit, weightPlace } from "../../static/js/trace/layers.js";
import { loaded } from "./fixtures/load.js";

/**
 * A graph in few words: of each node its id, op, sources and shape; a leaf has no sources. A name with a dot is none.
 * @param {[string, string, string[], number[], {group?: string, use?: string}?][]} of @param {{id: string, parent: string | null, name: string}[]} [groups]
 * @returns {any}
 */
function graph(of, groups = []) {
  const byId = new Map(of.map(([id], index) => [id, index]));
  /** @type {any[]} */
  const edges = [];
  const nodes = of.map(([id, op, sources, shape, { group = null, use = null } = {}], index) => ({
    index,
    id,
    name: id.includes(".") ? null : id,
    title: id,
    op,
    label: op,
    kind: op === "matmul" ? "matmul" : op === "transpose" || op === "reshape" ? "shape" : "elementwise",
    signs: op === "add" ? [1, 1] : op === "subtract" ? [1, -1] : [],
    transposes: op === "transpose",
    role: sources.length === 0 ? "input" : "operation",
    use,
    shape,
    group,
    ins: sources.map((source, slot) => edges.push({ source: byId.get(source), target: index, slot }) - 1),
    outs: /** @type {number[]} */ ([]),
  }));
  edges.forEach((edge, k) => nodes[edge.source].outs.push(k));
  return { nodes, edges, groups, detail: "tensor", outputIndex: nodes.length - 1 };
}

/** @param {any} trace */
const found = (trace) => {
  const { network, why } = layersOf(trace);
  assert.equal(why, "");
  assert.ok(network);
  const id = (/** @type {number | null} */ node) => (node === null ? null : trace.nodes[node].id);
  return {
    inputs: [id(network.inputs.node), network.inputs.count],
    layers: network.layers.map(({ weights, bias, units, does, rows, skips }) =>
      [id(weights), id(bias), id(units.node), units.count, does, rows ? "rows" : "columns", skips.join()].join(" "),
    ),
  };
};

test("two layers whose examples are columns, as they are recorded", () => {
  assert.deepEqual(found(loaded("mlp").trace), {
    inputs: ["x", 2],
    layers: ["W1 b1 h 3 tanh rows ", "W2 b2 y 1  rows "],
  });
  assert.deepEqual(found(loaded("mini").trace).layers, ["W1 b1 a1 1 relu rows ", "W2 b2 y 1  rows "]);
});

/** @type {[string, string, string[], number[], any?][]} */
const FIRST = [
  ["x", "input", [], [4, 2]],
  ["W", "input", [], [2, 3]],
  ["z.1", "matmul", ["x", "W"], [4, 3]],
  ["b", "input", [], [3]],
  ["z.2", "add", ["z.1", "b"], [4, 3]],
  ["a", "tanh", ["z.2"], [4, 3]],
];

test("names do not matter: the second product tells on which side the first has its weights", () => {
  const trace = graph([
    ...FIRST,
    ["V", "input", [], [3, 1]],
    ["p.1", "matmul", ["a", "V"], [4, 1]],
    ["p", "sigmoid", ["p.1"], [4, 1]],
    ["y", "input", [], [4, 1]],
    ["loss", "subtract", ["p", "y"], [4, 1]],
  ]);
  assert.deepEqual(found(trace), { inputs: ["x", 2], layers: ["W b a 3 tanh columns ", "V  p 1 sigmoid columns "] });
});

test("one product of two leaves that have no roles is not guessed at", () => {
  assert.match(layersOf(graph(FIRST)).why, /Which of x and W holds the weights/);
  const told = FIRST.map((/** @type {any} */ each) => (each[0] === "x" ? [...each, { use: "data" }] : each));
  assert.deepEqual(found(graph(/** @type {any} */ (told))).layers, ["W b a 3 tanh columns "]);
});

test("transposed weights, features of the inputs, and an activation of several operations", () => {
  const trace = graph(
    [
      ["x", "input", [], [4, 2], { use: "data" }],
      ["f", "sin", ["x"], [4, 2]],
      ["W", "input", [], [3, 2]],
      ["W.1", "transpose", ["W"], [2, 3]],
      ["z", "matmul", ["f", "W.1"], [4, 3]],
      ["s.e", "exp", ["z"], [4, 3], { group: "soft" }],
      ["s.t", "sum", ["s.e"], [4, 1], { group: "soft" }],
      ["p", "divide", ["s.e", "s.t"], [4, 3], { group: "soft" }],
      ["t", "input", [], [4, 3], { use: "target" }],
      ["loss", "multiply", ["p", "t"], [4, 3]],
    ],
    [{ id: "soft", parent: null, name: "softmax" }],
  );
  assert.deepEqual(found(trace), { inputs: ["f", 2], layers: ["W  p 3 softmax rows "] });
});

test("a loss of logits does not pass for the network's last layer", () => {
  const trace = graph(
    [
      ["x", "input", [], [4, 2], { use: "data" }],
      ["W", "input", [], [2, 3]],
      ["z", "matmul", ["x", "W"], [4, 3]],
      ["logp", "log", ["z"], [4, 3], { group: "inner" }],
      ["t", "input", [], [4, 3], { use: "target" }],
      ["loss.1", "multiply", ["logp", "t"], [4, 3], { group: "outer" }],
      ["loss", "sum", ["loss.1"], [], { group: "outer" }],
    ],
    [
      { id: "outer", parent: null, name: "cross_entropy" },
      { id: "inner", parent: "outer", name: "log_softmax" },
    ],
  );
  assert.deepEqual(found(trace).layers, ["W  z 3  columns "]);
});

test("a residual connection is a layer that also gets what an earlier one made", () => {
  const trace = graph([
    ...FIRST,
    ["V", "input", [], [3, 3]],
    ["c.1", "matmul", ["a", "V"], [4, 3]],
    ["c.2", "tanh", ["c.1"], [4, 3]],
    ["c", "add", ["a", "c.2"], [4, 3]],
    ["U", "input", [], [3, 1]],
    ["y", "matmul", ["c", "U"], [4, 1]],
  ]);
  assert.deepEqual(found(trace).layers, ["W b a 3 tanh columns ", "V  c 3  columns 1", "U  y 1  columns "]);
});

test("where there is no row of layers, it says why", () => {
  assert.match(layersOf(loaded("fork").trace).why, /No matrix of weights/);
  assert.match(layersOf(loaded("transformer").trace).why, /branches|more than two axes|put together/);
  assert.match(layersOf({ ...loaded("mlp").trace, detail: "scalar" }).why, /number by number/);
  const branched = graph([
    ...FIRST,
    ["V", "input", [], [2, 3]],
    ["c", "matmul", ["x", "V"], [4, 3]],
    ["y", "add", ["a", "c"], [4, 3]],
    ["U", "input", [], [3, 1]],
    ["o", "matmul", ["y", "U"], [4, 1]],
  ]);
  assert.match(layersOf(branched).why, /branches/);
  const cut = graph([
    ...FIRST,
    ["h", "reshape", ["a"], [2, 6]],
    ["V", "input", [], [6, 1]],
    ["y", "matmul", ["h", "V"], [2, 1]],
  ]);
  assert.match(layersOf(cut).why, /Behind layer 1 its units are cut/);
});

test("the weights between two units stand in rows, or in columns", () => {
  assert.deepEqual(
    [0, 1, 2].flatMap((to) => [0, 1].map((from) => weightPlace({ rows: true }, [3, 2], from, to))),
    [0, 1, 2, 3, 4, 5],
  );
  assert.deepEqual(
    [0, 1].flatMap((from) => [0, 1, 2].map((to) => weightPlace({ rows: false }, [2, 3], from, to))),
    [0, 1, 2, 3, 4, 5],
  );
  assert.equal(weightPlace({ rows: false }, [4], 3, 0), 3);
});

test("each unit has the numbers of all examples", () => {
  const mean = (/** @type {number[]} */ all) => all.reduce((sum, x) => sum + x, 0) / all.length;
  const tensor = { shape: [2, 3], flat: [1, 2, 3, 5, 6, 7] };
  assert.deepEqual(perUnit(tensor, { node: 0, axis: 1, count: 3 }, mean), [3, 4, 5]);
  assert.deepEqual(perUnit(tensor, { node: 0, axis: 0, count: 2 }, mean), [2, 6]);
  assert.deepEqual(perUnit({ shape: [2], flat: [1, 2] }, { node: 0, axis: 0, count: 2 }, mean), [1, 2]);
  assert.deepEqual(perUnit({ shape: [3], flat: [1, 2, 6] }, { node: 0, axis: 0, count: 1 }, mean), [3]);
});
