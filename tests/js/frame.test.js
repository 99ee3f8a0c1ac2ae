import assert from "node:assert/strict";
import test from "node:test";
import { frameAt, itemIn, lineIn, nodeIn, strandIn, sumOf } from "../../static/js/timeline/frame.js";
import { loaded } from "./fixtures/load.js";

/** @param {ReturnType<typeof loaded>} given @param {number} time */
function at({ trace, cues }, time) {
  const frame = frameAt(trace, cues, time);
  const index = (/** @type {string} */ id) => trace.byId.get(id) ?? -1;
  return {
    frame,
    node: (/** @type {string} */ id) => nodeIn(frame, index(id)),
    edge: (/** @type {string} */ source, /** @type {string} */ target) =>
      strandIn(frame, [
        trace.edges.findIndex((edge) => edge.source === index(source) && edge.target === index(target)),
      ]),
  };
}

test("at the start leaves hold values, nothing is computed, no gradient is known", () => {
  const { node } = at(loaded("mini"), 0);
  assert.deepEqual(node("W1").value?.flat, [1, -1]);
  assert.equal(node("z1").value, null);
  assert.equal(node("y").progress, "waiting");
  assert.equal(node("y").look, "dark");
});

test("a value appears when its pulses have come", () => {
  const mini = loaded("mini");
  assert.equal(at(mini, 1.5).node("z1").value, null);
  assert.ok(at(mini, 1.5).edge("b1", "z1").pulse !== null);
  assert.deepEqual(at(mini, 2).node("z1").value?.flat, [-0.5]);
  assert.equal(at(mini, 2).edge("b1", "z1").pulse, null);
});

test("not computed is not zero", () => {
  const mini = loaded("mini");
  assert.equal(at(mini, 8.2).node("z1").look, "dark");
  assert.equal(at(mini, 8.2).node("z1").grad, null);
  assert.equal(at(mini, 9).node("z1").look, "zero");
  assert.deepEqual(at(mini, 9).node("z1").grad?.flat, [0]);
  assert.equal(at(mini, 9).edge("z1", "a1").look, "zero");
  assert.equal(at(mini, 11).node("W1").look, "zero");
});

test("messages add at the node, one after the other", () => {
  const fork = loaded("fork");
  const { steps } = fork.cues;
  const x = (/** @type {number} */ time) => at(fork, time).node("x");
  const first = steps.length - 2;
  assert.deepEqual(x(first).grad?.flat, [3]);
  assert.equal(x(first).progress, "partial");
  assert.equal(x(first).adding, null);
  const last = steps.length - 1;
  assert.deepEqual(x(last).grad?.flat, [5]);
  assert.equal(x(last).progress, "done");
  assert.deepEqual(
    x(last).adding?.map(({ flat }) => flat[0]),
    [3, 2],
  );
});

test("a frame depends on nothing but trace and time", () => {
  const mini = loaded("mini");
  const times = Array.from({ length: 100 }, (_, i) => (i * 11) / 99);
  /** @param {number} time */
  const seen = (time) => {
    const { frame } = at(mini, time);
    return JSON.stringify([
      mini.trace.nodes.map((n) => nodeIn(frame, n.index)),
      mini.trace.edges.map((e) => strandIn(frame, [e.index])),
    ]);
  };
  const forwards = times.map(seen);
  const backwards = times.toReversed().map(seen).toReversed();
  assert.deepEqual(backwards, forwards);
});

test("only what the step moves differs while it runs", () => {
  const mlp = loaded("mlp");
  const { trace } = mlp;
  for (let k = 1; k < mlp.cues.steps.length; k += 1) {
    const [early, late] = [frameAt(trace, mlp.cues, k - 0.99), frameAt(trace, mlp.cues, k)];
    mlp.drawing.items.forEach(({ key }, i) => {
      if (!late.items.has(i)) assert.deepEqual(itemIn(early, i), itemIn(late, i), `${key} in step ${k}`);
    });
    mlp.drawing.lines.forEach((_, i) => {
      if (!late.lines.has(i)) assert.deepEqual(lineIn(early, i), lineIn(late, i));
    });
  }
});

test("the last frame shows the engine's own sums", () => {
  for (const name of /** @type {const} */ (["mini", "fork", "mlp"])) {
    const given = loaded(name);
    const { frame } = at(given, 1e9);
    for (const node of given.trace.nodes) {
      assert.deepEqual(nodeIn(frame, node.index).grad, node.grad, `${name} ${node.id}`);
      assert.deepEqual(nodeIn(frame, node.index).value, node.value);
    }
  }
});

test("a closed group shows its result, and its line the sum of what it bundles", () => {
  const { trace, cues, drawing } = loaded("softmax", new Set());
  const group = drawing.items.findIndex(({ kind }) => kind === "group");
  const z = trace.nodes[trace.byId.get("z") ?? -1];
  const p = trace.nodes[trace.byId.get("p") ?? -1];
  const line = drawing.lines.findIndex(({ target }) => target === group);
  assert.equal(itemIn(frameAt(trace, cues, 0.5), group).value, null);
  assert.equal(itemIn(frameAt(trace, cues, 0.5), group).active, "forward");
  assert.deepEqual(lineIn(frameAt(trace, cues, 0.5), line).carries, z.value);
  assert.deepEqual(itemIn(frameAt(trace, cues, 1), group).value, p.value);
  assert.equal(itemIn(frameAt(trace, cues, 7.4), group).grad, null);
  assert.deepEqual(itemIn(frameAt(trace, cues, 8), group).grad, p.grad);
  const under = lineIn(frameAt(trace, cues, 8.9), line);
  assert.deepEqual(under.carries, sumOf(trace, drawing.lines[line].edges));
  assert.equal(under.carries?.flat.length, 3);
  // Its two messages came as one: nothing is seen to add.
  assert.equal(itemIn(frameAt(trace, cues, 9), 0).adding, null);
  assert.deepEqual(itemIn(frameAt(trace, cues, 9), 0).grad, z.grad);
});

test("with groups closed anywhere the last frame still shows the engine's own sums", () => {
  for (const open of [new Set(), new Set(["u_v/g"]), new Set(["u_v/g", "u_v/g/sq"])]) {
    const given = loaded("nested", open);
    const { frame } = at(given, 1e9);
    for (const node of given.trace.nodes) assert.deepEqual(nodeIn(frame, node.index).grad, node.grad, node.id);
    given.drawing.items.forEach((_, i) => assert.notEqual(itemIn(frame, i).value, null));
  }
});

test("a line from a group with two exits to one place adds nothing that cannot be added", () => {
  const { trace, cues, drawing } = loaded("nested", new Set());
  const line = drawing.lines.findIndex(
    ({ source, edges }) => drawing.items[source].kind === "group" && edges.length > 1,
  );
  assert.ok(line >= 0);
  const last = lineIn(frameAt(trace, cues, 1e9), line);
  assert.equal(last.look, "lit");
  assert.equal(last.carries, null);
});
