import assert from "node:assert/strict";
import test from "node:test";
import {
  derivative,
  derivativeInShort,
  sharedFactor,
  shownFormula,
  substitute,
} from "../../static/js/words/formula.js";
import { loaded } from "./fixtures/load.js";

test("a name that was given twice means the node that the formula used", () => {
  const { trace } = loaded("mini");
  const [z1, a1] = ["z1", "a1"].map((id) => trace.nodes[trace.byId.get(id) ?? -1]);
  // As if the program had called the first input of the net z1 as well.
  const impostor = { ...trace.nodes[0], name: "z1" };
  const renamed = { ...trace, nodes: [impostor, ...trace.nodes.slice(1)], byId: new Map([...trace.byId, ["z1", 0]]) };
  assert.equal(z1.value.flat[0], -0.5);
  assert.equal(substitute(renamed, a1), "relu(−0.5)");
});

test("a name that means two nodes of one formula is not filled in", () => {
  const { trace } = loaded("fork");
  const f = trace.nodes[trace.byId.get("f") ?? -1];
  const twins = { ...trace, nodes: trace.nodes.map((node) => (node.id === "s" ? { ...node, name: "x" } : node)) };
  assert.equal(substitute(twins, { ...f, formula: "x * x" }), null);
});

test("what a sum or a mean gives to each element", () => {
  const own = { shape: [], flat: [2] };
  /** @param {number[]} flat */
  const to = (flat) =>
    sharedFactor(/** @type {any} */ ({ grad: own }), /** @type {any} */ ({ message: { shape: [flat.length], flat } }));
  assert.equal(to([2, 2, 2]), 1);
  assert.equal(to([0.5, 0.5, 0.5, 0.5]), 0.25);
  assert.equal(to([2, 1]), null);
});

test("a gradient is called after the output and the node, as they are called everywhere", () => {
  const { trace } = loaded("mini");
  const called = (/** @type {Partial<import("../../static/js/types.js").Node>} */ node) =>
    derivative(trace, { ...trace.nodes[trace.outputIndex], ...node });
  assert.equal(called({ name: "W1" }), "∂y/∂W1");
  assert.equal(called({ name: 'params["W1"]' }), '∂y/∂params["W1"]');
  assert.equal(called({ name: "f(x)" }), "∂y/∂f(x)");
  assert.equal(called({ name: "2 * x + 3" }), "∂y/∂(2 * x + 3)");
  assert.equal(called({ name: null, formula: "W2 @ a1" }), "∂y/∂(W2 @ a1)");
  const long = { name: null, formula: "np.sum(exp(z), axis=-1, keepdims=True)", title: "Σ in loss" };
  assert.equal(called(long), "∂y/∂(Σ in loss)");
  const output = trace.nodes[trace.outputIndex];
  assert.equal(derivativeInShort(trace, { ...output, name: "W1", gradName: "dW1" }), "dW1");
  assert.equal(derivativeInShort(trace, { ...output, name: "f(x)", gradName: "df_x" }), "∂y/∂f(x)");
  assert.equal(derivativeInShort(trace, { ...output, ...long, gradName: "dloss_3" }), "∂y/∂(Σ in loss)");
});

test("a formula is shown without ids of parts that have no name", () => {
  const { trace } = loaded("mini");
  const z1 = trace.nodes[trace.byId.get("z1") ?? -1];
  assert.equal(shownFormula(trace, z1), "W1 @ x + b1");
  const [product] = trace.nodes.filter(({ name, role }) => name === null && role === "operation");
  assert.equal(shownFormula(trace, { ...z1, formula: `relu(${product.id}) + b1.T` }), "relu(…) + b1.T");
});
