import assert from "node:assert/strict";
import test from "node:test";
import { plainText, sentence, sharedFactor, substitute } from "../../static/js/timeline/sentence.js";
import { loaded } from "./fixtures/load.js";

/** @param {"mini" | "fork" | "mlp"} name */
function told(name) {
  const { trace, cues } = loaded(name);
  return cues.steps.map((_, k) => plainText(sentence(trace, cues, k)));
}

test("the forward steps put numbers in the place of names", () => {
  const mini = told("mini");
  assert.match(mini[0], /^Start — 5 leaves hold their values/);
  assert.equal(mini[3], "Forward 3 of 5 — a1 = relu(z1) = relu(−0.5) = 0.");
});

test("the dead neuron is explained", () => {
  assert.equal(
    told("mini")[9],
    "Backward 3 of 5 — a1 hands its gradient to z1: 2 × 0 = 0. The curve is flat here, the neuron is off: nothing behind it will be lit.",
  );
  assert.match(told("mini")[10], /it stays dark/);
});

test("messages that meet are added", () => {
  assert.match(told("fork").at(-1) ?? "", /At x the messages add: 3 \+ 2 = 5\./);
});

test("every step says something, and no number reads as undefined", () => {
  for (const name of /** @type {const} */ (["mini", "fork", "mlp"])) {
    for (const text of told(name)) {
      assert.ok(text.length > 20);
      assert.doesNotMatch(text, /undefined|null|\[object|NaN/);
    }
  }
});

test("names are parts of their own, never markup", () => {
  const { trace, cues } = loaded("mini");
  for (const part of sentence(trace, cues, 9)) assert.deepEqual(Object.keys(part), ["text", "tone"]);
});

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
  const to = (flat) => sharedFactor(/** @type {any} */ ({ grad: own }), /** @type {any} */ ({ message: { shape: [flat.length], flat } }));
  assert.equal(to([2, 2, 2]), 1);
  assert.equal(to([0.5, 0.5, 0.5, 0.5]), 0.25);
  assert.equal(to([2, 1]), null);
});
