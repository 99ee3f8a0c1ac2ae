import assert from "node:assert/strict";
import test from "node:test";
import { readTrace, withNumbers } from "../../static/js/trace/trace.js";
import { loaded, recorded } from "./fixtures/load.js";

test("edges are known at both their ends, inputs in slot order", () => {
  const { trace } = loaded("mini");
  for (const node of trace.nodes) {
    assert.deepEqual(
      node.ins.map((edge) => trace.edges[edge].slot),
      node.ins.map((_, slot) => slot),
    );
    for (const edge of node.outs) assert.equal(trace.edges[edge].source, node.index);
  }
  assert.equal(trace.nodes[trace.outputIndex].id, "y");
  assert.equal(trace.largest, 2);
});

test("other numbers keep the structure and its key", () => {
  const { trace } = loaded("mini");
  const { nodes, edges } = recorded("mini");
  const wire = {
    output: "y",
    numbers: {
      values: nodes.map((/** @type {any} */ node) => node.value),
      grads: nodes.map((/** @type {any} */ node) => node.grad),
      messages: edges.map((/** @type {any} */ edge) => edge.message),
      locals: edges.map((/** @type {any} */ edge) => edge.local),
      kinks: nodes.map((/** @type {any} */ node) => node.kink),
    },
    prints: [],
    manual: [],
  };
  wire.numbers.grads[0] = [[7, -8]];
  const next = withNumbers(trace, wire);
  assert.equal(next.key, trace.key);
  assert.deepEqual(next.nodes[0].grad?.flat, [7, -8]);
  assert.ok(Math.abs(next.largest - Math.sqrt((49 + 64) / 2)) < 1e-12);
  assert.deepEqual(trace.nodes[0].grad?.flat, [0, 0]);
});

test("the key changes with what the layout depends on, and with nothing else", () => {
  const wire = recorded("mini");
  const { key } = readTrace(wire);
  assert.equal(
    readTrace({ ...wire, nodes: wire.nodes.map((/** @type {any} */ n) => ({ ...n, value: n.value, line: 9 })) }).key,
    key,
  );
  assert.notEqual(
    readTrace({ ...wire, nodes: wire.nodes.map((/** @type {any} */ n) => ({ ...n, label: "?" })) }).key,
    key,
  );
});

test("an answer that names an unknown node is refused", () => {
  assert.throws(() => readTrace({ ...recorded("mini"), output: "nowhere" }), /nowhere/);
});

test("what is zero within rounding is shown as zero, and what is left of it is kept", () => {
  const wire = recorded("mini");
  wire.nodes[0].grad = [[3e-17, -5e-17]];
  const [edge] = wire.edges.flatMap((/** @type {any} */ each, /** @type {number} */ i) =>
    each.source === wire.nodes[0].id ? [i] : [],
  );
  wire.edges[edge].message = [[3e-17, -5e-17]];
  const plain = readTrace(structuredClone(wire));
  assert.equal(plain.nodes[0].leftover, null);
  const trace = readTrace({ ...wire, rounding: { nodes: [0], edges: [edge] } });
  assert.deepEqual(trace.nodes[0].grad?.flat, [0, 0]);
  assert.equal(trace.nodes[0].leftover, 5e-17);
  assert.deepEqual(trace.edges[edge].message?.flat, [0, 0]);
});
