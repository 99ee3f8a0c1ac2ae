import assert from "node:assert/strict";
import test from "node:test";
import { plainText, sentence } from "../../static/js/timeline/sentence.js";
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
