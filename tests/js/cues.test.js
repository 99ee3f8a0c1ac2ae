import assert from "node:assert/strict";
import test from "node:test";
import { drawingOf } from "../../static/js/graph/drawing.js";
import { buildCues, endOf, stepAt } from "../../static/js/timeline/cues.js";
import { likeMoment, sameMoment } from "../../static/js/timeline/moment.js";
import { loaded } from "./fixtures/load.js";

test("start, one step per operation, seed, one step back per operation", () => {
  const { trace, cues } = loaded("mini");
  assert.deepEqual(
    cues.steps.map(({ phase, node }) => `${phase} ${trace.nodes[node].id}`),
    [
      "start y",
      "forward z1.1",
      "forward z1",
      "forward a1",
      "forward y.1",
      "forward y",
      "seed y",
      "backward y",
      "backward y.1",
      "backward a1",
      "backward z1",
      "backward z1.1",
    ],
  );
  assert.equal(cues.seedStep, 6);
  assert.equal(endOf(cues), 11);
});

test("messages leave in slot order and arrive within their step", () => {
  const { trace, cues } = loaded("mlp");
  for (const { phase, edges } of cues.steps) {
    if (phase !== "backward") continue;
    for (let i = 1; i < edges.length; i += 1) {
      assert.ok(cues.departs[edges[i]] > cues.departs[edges[i - 1]]);
      assert.ok(trace.edges[edges[i]].slot > trace.edges[edges[i - 1]].slot);
    }
    for (const edge of edges) assert.ok(cues.departs[edge] < cues.lands[edge] && cues.lands[edge] <= 0.95);
  }
});

test("time lies in the step that it leads to", () => {
  const { cues } = loaded("mini");
  assert.deepEqual(
    [0, 0.01, 1, 1.5, 2, 11, 99, -3].map((time) => stepAt(cues, time)),
    [0, 1, 1, 2, 2, 11, 11, 0],
  );
});

test("long traces play within a minute at speed 1", () => {
  const { trace, drawing } = loaded("fork");
  const s = trace.byId.get("s") ?? 0;
  const long = { ...trace, backward: new Array(500).fill(s) };
  assert.ok(buildCues(long, drawing).steps.reduce((sum, { duration }) => sum + duration, 0) <= 60_000);
});

test("a closed group takes one step each way", () => {
  const { trace, cues } = loaded("softmax", new Set());
  assert.deepEqual(
    cues.steps.map(({ phase, node, nodes, group }) => [phase, trace.nodes[node].id, nodes.length, group]),
    [
      ["start", "loss", 1, null],
      ["forward", "p", 5, "p/softmax"],
      ["forward", "loss.1", 1, null],
      ["forward", "loss.2", 1, null],
      ["forward", "loss", 1, null],
      ["seed", "loss", 1, null],
      ["backward", "loss", 1, null],
      ["backward", "loss.2", 1, null],
      ["backward", "loss.1", 1, null],
      ["backward", "p", 5, "p/softmax"],
    ],
  );
  const last = cues.steps[9];
  assert.equal(last.lines.length, 1);
  assert.equal(last.edges.length, 2);
  assert.ok(
    trace.edges.every(({ message, index }) =>
      message === null ? cues.arrivesAt[index] < 0 : cues.arrivesAt[index] > 5,
    ),
  );
});

test("a group whose operations are mixed with others' takes a step for each run of them", () => {
  const { trace, drawing } = loaded("softmax", new Set());
  const wire = { ...trace, nodes: trace.nodes.map((node) => (node.id === "p.e" ? { ...node, group: null } : node)) };
  const mixed = drawingOf({ ...wire, key: "mixed" }, new Set());
  const { steps, computedAt } = buildCues(wire, mixed);
  assert.deepEqual(
    steps
      .filter(({ phase }) => phase === "forward")
      .map(({ group, nodes }) => `${group} ${nodes.map((node) => trace.nodes[node].id)}`),
    ["p/softmax p.1,p.2", "null p.e", "p/softmax p.3,p", "null loss.1", "null loss.2", "null loss"],
  );
  for (const { source, target } of trace.edges) assert.ok(computedAt[source] <= computedAt[target]);
  assert.ok(drawing.items.length < mixed.items.length);
});

test("opening and closing keep the moment, and coming back leads to where one was", () => {
  const { trace, cues: open } = loaded("nested");
  const { cues: closed } = loaded("nested", new Set());
  for (let time = 0; time <= endOf(open); time += 0.125) {
    const inClosed = sameMoment(open, time, closed);
    assert.ok(Math.abs(sameMoment(closed, inClosed, open) - time) < 1e-6, String(time));
    assert.equal(closed.steps[stepAt(closed, inClosed)].phase, open.steps[stepAt(open, time)].phase);
  }
  const before = open.steps.findIndex(({ phase, node }) => phase === "forward" && trace.nodes[node].id === "u_v.s");
  assert.equal(closed.steps[stepAt(closed, sameMoment(open, before, closed))].group, "u_v/g");
  assert.equal(sameMoment(closed, endOf(closed), open), endOf(open));
});

test("a changed program keeps the moment by the node's name", () => {
  const [mini, fork, nested] = [loaded("mini"), loaded("fork"), loaded("nested", new Set())];
  assert.equal(likeMoment(mini.trace, mini.cues, 8.5, mini.trace, mini.cues), 8.5);
  assert.equal(likeMoment(mini.trace, mini.cues, endOf(mini.cues), fork.trace, fork.cues), endOf(fork.cues));
  assert.equal(likeMoment(nested.trace, nested.cues, 0.5, nested.trace, loaded("nested").cues), 4.5 - 1);
});

test("where messages meet, the step is longer, and their sum stands for more than half a second", () => {
  const { trace, cues } = loaded("fork");
  const x = trace.byId.get("x") ?? -1;
  const [first, second] = cues.arrivals[x];
  const [plain, adding] = [first, second].map((edge) => cues.steps[cues.arrivesAt[edge]]);
  assert.ok(adding.duration > plain.duration);
  assert.ok((1 - cues.lands[second]) * adding.duration > 600);
});
