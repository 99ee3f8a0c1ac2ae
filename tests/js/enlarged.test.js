import assert from "node:assert/strict";
import { test } from "node:test";
import { cover } from "../../static/js/predict.js";
import { buildCues } from "../../static/js/timeline/cues.js";
import { enlargedAt } from "../../static/js/timeline/enlarged.js";
import { frameAt } from "../../static/js/timeline/frame.js";
import { COVERED } from "../../static/js/trace/covered.js";
import { loaded } from "./fixtures/load.js";

const OPEN = new Set(["p/softmax"]);

/** @param {ReturnType<typeof loaded>} program @param {"start" | "forward" | "seed" | "backward"} phase @param {string} [id] of the node */
function at({ trace, cues }, phase, id) {
  const k = cues.steps.findIndex((step) => step.phase === phase && (!id || trace.nodes[step.node].id === id));
  return enlargedAt(frameAt(trace, cues, k));
}

/** @param {ReturnType<typeof enlargedAt>} told @returns {string[]} */
const said = (told) =>
  told
    ? [...told.own, ...told.sent].map(
        ({ kind, of, over, tensor }) => `${kind} ${over ?? ""} ${of}: ${tensor.flat.map((x) => Number(x).toFixed(2))}`,
      )
    : [];

test("a forward step tells the value it gives, and none before there is one", () => {
  const softmax = loaded("softmax", OPEN);
  assert.deepEqual(said(at(softmax, "forward", "p")), ["value  p: 0.71,0.26,0.04"]);
  assert.equal(at(softmax, "start"), null);
  const { trace, cues } = softmax;
  const k = cues.steps.findIndex(({ node }, i) => i > 0 && trace.nodes[node].id === "p");
  assert.equal(enlargedAt(frameAt(trace, cues, k - 0.9)), null, "the value is still on its way");
});

test("the seed is told with the value that it belongs to", () => {
  assert.deepEqual(said(at(loaded("softmax", OPEN), "seed")), ["value  loss: 1.35", "grad loss loss: 1.00"]);
});

test("a backward step tells the gradient of its node and what each receiver gets", () => {
  const softmax = loaded("softmax", OPEN);
  assert.deepEqual(said(at(softmax, "backward", "p")), [
    "grad loss p: 0.00,-3.85,0.00",
    "message  e: 0.00,-2.72,0.00",
    "message  Σ in p: 0.71",
  ]);
  assert.deepEqual(said(at(softmax, "backward", "loss.2")).slice(0, 1), ["grad  log in loss: -1.00"]);
});

test("a closed function tells what leaves it and what goes back to the nodes outside", () => {
  const closed = loaded("softmax", new Set());
  assert.deepEqual(said(at(closed, "forward", "p")), ["value  p: 0.71,0.26,0.04"]);
  assert.deepEqual(said(at(closed, "backward", "p")), ["grad loss p: 0.00,-3.85,0.00", "message  z: 0.71,-0.74,0.04"]);
});

test("a function whose result has no name is called by its own, as in the picture", () => {
  const transformer = loaded("transformer", new Set());
  const names = transformer.cues.steps
    .map((_, k) => enlargedAt(frameAt(transformer.trace, transformer.cues, k)))
    .flatMap((told) => told?.own.map(({ of }) => of) ?? []);
  assert.ok(names.includes("feed_forward") && names.includes("layernorm"), names.join());
});

test("what is to be predicted stays covered", () => {
  const { trace, drawing } = loaded("softmax", OPEN);
  const all = new Set(trace.nodes.filter(({ grad }) => grad !== null).map(({ index }) => index));
  const hidden = cover(trace, all);
  const covered = { trace: hidden, drawing, cues: buildCues(hidden, drawing) };
  const told = at(covered, "backward", "p");
  assert.equal(told?.own.length, 1);
  assert.equal(told?.sent.length, 2);
  for (const { tensor } of [...(told?.own ?? []), ...(told?.sent ?? [])])
    assert.ok(tensor.flat.every((x) => x === COVERED));
});
