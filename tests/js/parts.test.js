import assert from "node:assert/strict";
import test from "node:test";
import { membersOf } from "../../static/js/graph/drawing.js";
import { nextMoment, partOf } from "../../static/js/timeline/parts.js";
import { loaded } from "./fixtures/load.js";

const mini = loaded("mini");
const fork = loaded("fork");
/** @param {typeof mini} given @param {string} id */
const index = ({ trace }, id) => trace.byId.get(id) ?? -1;
/** @param {typeof mini} given @param {string} id */
const part = (given, id) => partOf(given.trace, given.cues, [index(given, id)]);

test("an operation's part is its step forward and its step back", () => {
  assert.deepEqual(part(mini, "a1"), [
    { from: 2, to: 3 },
    { from: 8, to: 9 },
  ]);
});

test("the output's part joins its value, the seed and what it hands back", () => {
  assert.deepEqual(part(mini, "y"), [{ from: 4, to: 7 }]);
});

test("a leaf's part is where it is used and where its messages come in", () => {
  const { steps } = fork.cues;
  const last = steps.length - 1;
  assert.deepEqual(part(fork, "x"), [
    { from: 0, to: 2 },
    { from: last - 2, to: last },
  ]);
});

test("run to here means the value first, then the whole gradient", () => {
  /** @param {typeof mini} given @param {string} id @param {number} time */
  const next = (given, id, time) => nextMoment(given.trace, given.cues, index(given, id), time);
  assert.deepEqual(next(mini, "a1", 0), { what: "value", moment: 3 });
  assert.deepEqual(next(mini, "a1", 3), { what: "gradient", moment: 8 });
  assert.deepEqual(next(mini, "a1", 10), { what: "gradient", moment: 8 });
  assert.deepEqual(next(mini, "y", 5), { what: "gradient", moment: 6 });
  assert.deepEqual(
    next(fork, "x", 0),
    { what: "gradient", moment: fork.cues.steps.length - 1 },
    "a leaf has its value from the start",
  );
});

test("of what no gradient reaches the value is all there is", () => {
  const { trace, cues } = mini;
  const nodes = trace.nodes.map((node) => ({ ...node, grad: null }));
  assert.deepEqual(nextMoment({ ...trace, nodes }, cues, index(mini, "z1"), 9), { what: "value", moment: 2 });
});

test("a function's part is the steps of all that it holds, one each way while it is closed", () => {
  const open = loaded("softmax", new Set(loaded("softmax").trace.groups.map(({ id }) => id)));
  const closed = loaded("softmax", new Set());
  const [group] = open.trace.groups;
  const members = membersOf(open.trace, group.id);
  const steps = (/** @type {typeof open} */ given) =>
    partOf(given.trace, given.cues, members).reduce((sum, { from, to }) => sum + to - from, 0);
  assert.equal(steps(closed), 2);
  assert.ok(steps(open) > 2);
});
