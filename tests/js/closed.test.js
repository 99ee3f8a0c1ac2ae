import assert from "node:assert/strict";
import test from "node:test";
import { drawingOf } from "../../static/js/graph/drawing.js";
import { buildCues, endOf } from "../../static/js/timeline/cues.js";
import { frameAt, itemIn } from "../../static/js/timeline/frame.js";
import { countOf, insideOf, isResult, isStandIn, lacks, nodesUntold } from "../../static/js/trace/closed.js";
import { readTrace, withNumbers } from "../../static/js/trace/trace.js";

/** @param {object} fields */
const node = (fields) => ({
  name: null,
  title: "",
  op: "add",
  role: "operation",
  kind: "elementwise",
  label: "+",
  formula: "",
  latex: "",
  symbol: null,
  grad_name: "",
  shape: [],
  signs: [],
  transposes: false,
  group: null,
  line: null,
  curve: false,
  editable: false,
  kink: null,
  use: null,
  ...fields,
});
const group = { parent: null, kind: "call", result: null, summary: null, turns: [] };

/** Two weights in a closed group; one of them is used by f, which is closed, too, and the other one by y. */
const WIRE = /** @type {any} */ ({
  output: "y",
  seed: 1,
  detail: "tensor",
  choices: [],
  groups: [
    { ...group, id: "W", name: "W", kind: "part", inside: { nodes: 2, operations: 0 } },
    { ...group, id: "f", name: "f", inside: { nodes: 9, operations: 8 } },
  ],
  backward: ["y", "f.3"],
  leaves: [],
  open: [],
  strongest: 8,
  strengths: {},
  prints: [],
  manual: [],
  nodes: [
    node({ id: "W", op: "group", role: "input", kind: "group", shape: [2], group: "W", value: [2, 3], grad: [4, 6] }),
    node({ id: "f.3", group: "f", value: 5, grad: 2 }),
    node({ id: "y", value: 6, grad: 1 }),
  ],
  edges: [
    { source: "W", target: "f.3", slot: 0, message: [4], local: null, rule: null, elements: [0] },
    { source: "f.3", target: "y", slot: 0, message: 2, local: 2, rule: "", elements: null },
    { source: "W", target: "y", slot: 1, message: [6], local: null, rule: null, elements: [1] },
  ],
});

test("a message of some results of a closed group leaves the others without one", () => {
  const trace = readTrace(WIRE);
  assert.deepEqual(
    trace.edges.map(({ message }) => message?.flat),
    [[4, 0], [2], [0, 6]],
  );
  assert.equal(trace.largest, 8);
});

test("other numbers keep which results a message is of", () => {
  const numbers = { values: [[1, 1], 5, 6], grads: [[7, 9], 2, 1], messages: [[7], 2, [9]], locals: [null, 2, null] };
  const wire = /** @type {any} */ ({ ...WIRE, numbers: { ...numbers, kinks: [null, null, null] }, strongest: 11 });
  const trace = withNumbers(readTrace(WIRE), wire);
  assert.deepEqual(trace.edges[2].message?.flat, [0, 9]);
  assert.equal(trace.largest, 11);
});

test("groups whose inside is not there are closed, whatever is wanted open, and the wish is kept", () => {
  const trace = readTrace(WIRE);
  for (const open of [null, new Set(["f"])]) {
    const drawing = drawingOf(trace, open);
    assert.deepEqual(
      drawing.items.map(({ key, kind }) => `${kind} ${key}`),
      ["group W", "group f", "node y"],
    );
    assert.deepEqual([...drawing.open], open === null ? [] : ["f"]);
  }
});

test("it plays: what the closed groups get is all there at the end", () => {
  const trace = readTrace(WIRE);
  const cues = buildCues(trace, drawingOf(trace, null));
  const end = frameAt(trace, cues, endOf(cues));
  assert.deepEqual(itemIn(end, 0).grad?.flat, [4, 6]);
  assert.ok([0, 1, 2].every((item) => itemIn(end, item).progress === "done"));
});

test("what is told, and what is to be asked for", () => {
  const trace = readTrace(WIRE);
  assert.deepEqual(trace.nodes.map(isStandIn), [true, false, false]);
  assert.deepEqual(
    trace.nodes.map((each) => isResult(trace, each)),
    [true, true, false],
  );
  assert.equal(nodesUntold(trace), 11);
  assert.equal(countOf(trace), "3 of 12 nodes");
  assert.ok(lacks(trace, new Set(["f"])));
  assert.ok(!lacks(trace, new Set(["no such group"])) && !lacks(trace, null));
  assert.deepEqual(insideOf(trace, new Set(["f", "no such group"])), ["f"]);
  assert.deepEqual(insideOf(null, new Set(["f", "e"])), ["e", "f"]);
  assert.equal(insideOf(trace, null), null);
});
