import assert from "node:assert/strict";
import test from "node:test";
import { markOf, summary, verdictOn, zeroOf } from "../../static/js/words/verdicts.js";
import { withinBudget } from "../../static/js/queries/check_budget.js";

/** @param {Partial<{id: string, role: string, size: number, grad: boolean}>[]} nodes @returns {any} */
function traceOf(nodes) {
  const tensor = (/** @type {number} */ size) => ({ shape: [size], flat: new Array(size).fill(1) });
  return {
    leaves: [
      { id: "n", editable: false },
      { id: "x", editable: true },
    ],
    nodes: nodes.map(({ id = "", role = "operation", size = 1, grad = true }, index) => ({
      id,
      index,
      role,
      value: tensor(size),
      grad: grad ? tensor(size) : null,
    })),
  };
}
const always = () => true;

test("in words: how many were checked, and how many of them do not simply agree", () => {
  const trace = traceOf([{}, {}, {}, {}, { role: "constant" }, { grad: false }]);
  const of = (/** @type {string[]} */ ...verdicts) => ({
    trace,
    of: new Map(verdicts.map((verdict, i) => [i, /** @type {any} */ (verdict)])),
  });
  assert.equal(summary(of("agrees", "agrees", "agrees", "agrees")), "4 gradients checked");
  assert.equal(summary(of("agrees", "kink", "agrees", "kink")), "4 gradients checked, 2 at a kink");
  assert.equal(summary(of("agrees", "step too large", "disagrees")), "3 of 4 gradients checked, 1 unsettled, 1 wrong");
  assert.equal(summary(of("not finite")), "");
  assert.equal(summary({ trace: traceOf([{}]), of: new Map([[0, "agrees"]]) }), "1 gradient checked");
});

test("exactly zero is more than zero within rounding", () => {
  assert.equal(zeroOf(0, -0), "exactly zero");
  assert.equal(zeroOf([[0, 0]], [[0, 0]]), "exactly zero");
  assert.equal(zeroOf(0, 1e-17), "zero within rounding");
  assert.equal(zeroOf([0, 0], [0, -1e-300]), "zero within rounding");
  assert.equal(zeroOf([0, 2e-17], [0, 0]), "zero within rounding");
});

test("a closed group is marked as its result is; an array of scalars as the worst of them", () => {
  const verdicts = {
    trace: traceOf([]),
    of: new Map(
      /** @type {[number, any][]} */ ([
        [0, "agrees"],
        [1, "kink"],
        [2, "not finite"],
      ]),
    ),
  };
  assert.equal(verdictOn(verdicts, { kind: "node", key: "a", node: 1 }), "kink");
  assert.equal(verdictOn(verdicts, { kind: "node", key: "a", node: 9 }), null);
  const group = { kind: /** @type {const} */ ("group"), key: "g", group: 0, result: 0, nodes: [0, 1] };
  assert.equal(verdictOn(verdicts, { ...group, elements: null }), "agrees");
  assert.equal(verdictOn(verdicts, { ...group, elements: { nodes: [0, 1], shape: [2] } }), "kink");
  assert.equal(verdictOn(verdicts, { ...group, elements: { nodes: [0, 9], shape: [2] } }), null);
  assert.equal(verdictOn(verdicts, { ...group, elements: { nodes: [2, 0], shape: [2] } }), "agrees");
  assert.equal(verdictOn(verdicts, { ...group, elements: { nodes: [2, 2], shape: [2] } }), null);
});

test("what could not be compared is not marked", () => {
  assert.deepEqual(/** @type {const} */ (["no path", "not finite", "agrees", "kink within the step"]).map(markOf), [
    null,
    null,
    "agrees",
    "unsettled",
  ]);
});

test("of a small program everything is checked that has a gradient and may be moved", () => {
  const trace = traceOf([
    { id: "x", role: "input" },
    { id: "n", role: "input" },
    { id: "c", role: "constant" },
    { id: "h" },
    { id: "m", grad: false },
    { id: "y" },
  ]);
  assert.deepEqual(withinBudget(trace, always), ["x", "h", "y"]);
  assert.deepEqual(
    withinBudget(trace, ({ id }) => id !== "h"),
    ["x", "y"],
  );
});

test("of a large one what costs least, and never more than an edit is worth", () => {
  const large = traceOf([{ id: "W", size: 30_000 }, ...Array.from({ length: 40 }, (_, i) => ({ id: `z${i}` }))]);
  const found = withinBudget(large, always);
  assert.equal(found.length, 40);
  assert.ok(!found.includes("W"));
  const chain = traceOf(Array.from({ length: 5000 }, (_, i) => ({ id: `z${i}` })));
  const some = withinBudget(chain, always);
  assert.equal(some.at(-1), "z4999");
  // Each costs 10 evaluations of what is behind it.
  assert.ok(10 * ((some.length * (some.length + 1)) / 2) * (1 + 1 / 64) <= 200_000);
  assert.ok(some.length > 150);
});
