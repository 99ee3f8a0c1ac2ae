import assert from "node:assert/strict";
import test from "node:test";
import {
  hasSentence,
  momentOf,
  momentsAround,
  plainText,
  readSentences,
  sentence,
} from "../../static/js/timeline/sentence.js";
import { loaded, recorded } from "./fixtures/load.js";

/** @param {import("./fixtures/load.js").Recorded} name @param {ReadonlySet<string> | null} [open] */
function every(name, open = null) {
  const { trace, cues } = loaded(name, open);
  const sentences = readSentences(recorded(name).sentences);
  return cues.steps.map((_, k) => plainText(sentence(trace, cues, sentences, k)));
}

test("each step has the sentence that the server wrote for it, and its place in front", () => {
  const mini = every("mini");
  assert.match(mini[0], /^Start — 5 inputs hold their values/);
  assert.match(mini[3], /^Forward 3 of 5 — a1 = relu\(z1\) = relu\(−0.5\) = 0\./);
  assert.match(mini[6], /^Seed — The backward pass starts/);
  assert.match(mini[9], /^Backward 3 of 5 — a1 hands z1 its gradient times the slope: 2 × 0 = 0\./);
  for (const name of /** @type {const} */ (["mini", "fork", "mlp", "softmax", "nested"])) {
    for (const text of every(name)) assert.ok(text.length > 25, text);
  }
});

test("a closed function is told as one step, an open one step by step", () => {
  assert.ok(every("softmax", new Set()).some((text) => /softmax takes z and gives p/.test(text)));
  assert.ok(every("softmax", new Set(["p/softmax"])).every((text) => !text.includes("softmax takes")));
});

test("what was not fetched yet has only its place", () => {
  const { trace, cues } = loaded("mini");
  const sentences = readSentences({
    start: [{ text: "Begin.", tone: "" }],
    seed: null,
    forward: {},
    backward: {},
    groups: {},
  });
  assert.equal(plainText(sentence(trace, cues, sentences, 0)), "Start — Begin.");
  assert.equal(plainText(sentence(trace, cues, sentences, 1)), "Forward 1 of 5 — ");
  assert.deepEqual([hasSentence(trace, cues, sentences, 0), hasSentence(trace, cues, sentences, 1)], [true, false]);
});

test("moments are named as the API names them, each once", () => {
  const { trace, cues } = loaded("softmax", new Set());
  const moments = momentsAround(trace, cues, 2);
  assert.equal(new Set(moments).size, moments.length);
  assert.ok(moments.includes("start") && moments.includes("seed") && moments.includes("group:p/softmax"));
  assert.equal(momentOf(trace, cues.steps[cues.steps.length - 1]), "group:p/softmax");
});
