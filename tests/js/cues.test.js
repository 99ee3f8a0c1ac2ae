import assert from "node:assert/strict";
import test from "node:test";
import { buildCues, endOf, stepAt } from "../../static/js/timeline/cues.js";
import { loaded } from "./fixtures/load.js";

test("start, one step per operation, seed, one step back per operation", () => {
  const { trace, cues } = loaded("mini");
  assert.deepEqual(
    cues.steps.map(({ phase, node }) => `${phase} ${trace.nodes[node].id}`),
    [
      "start y", "forward z1.1", "forward z1", "forward a1", "forward y.1", "forward y",
      "seed y", "backward y", "backward y.1", "backward a1", "backward z1", "backward z1.1",
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
    for (const edge of edges) assert.ok(cues.departs[edge] + 0.5 <= 1);
  }
});

test("time lies in the step that it leads to", () => {
  const { cues } = loaded("mini");
  assert.deepEqual([0, 0.01, 1, 1.5, 2, 11, 99, -3].map((time) => stepAt(cues, time)), [0, 1, 1, 2, 2, 11, 11, 0]);
});

test("long traces play within a minute at speed 1", () => {
  const { trace } = loaded("fork");
  const s = trace.byId.get("s") ?? 0;
  const long = { ...trace, backward: new Array(500).fill(s) };
  assert.ok(buildCues(long).steps.reduce((sum, { duration }) => sum + duration, 0) <= 60_000);
});
