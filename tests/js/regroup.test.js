import assert from "node:assert/strict";
import test from "node:test";
import { arrivedIn, candidates, partsAt, regroupOf } from "../../static/js/trace/regroup.js";
import { loaded } from "./fixtures/load.js";

/** @param {number[]} shape @param {number[]} flat */
const tensor = (shape, flat) => ({ shape, flat });

/** @type {Record<string, number[]>} */
const SIGNS = { add: [1, 1], subtract: [1, -1] };

/**
 * A product or a sum of two inputs, with the messages as an engine sends them.
 * @param {string} op @param {any} a @param {any} b @param {any} y @param {any} delta @param {any[]} messages
 */
const traceOf = (op, a, b, y, delta, messages) =>
  /** @type {any} */ ({
    groups: [],
    nodes: [
      { name: "A", label: "A", shape: a.shape, value: a, grad: messages[0], op: "input", ins: [] },
      { name: "B", label: "B", shape: b.shape, value: b, grad: messages[1], op: "input", ins: [] },
      { name: "Y", label: op, shape: y, value: delta, grad: delta, kind: op, signs: SIGNS[op] ?? [], ins: [0, 1] },
    ],
    edges: [0, 1].map((slot) => ({ index: slot, source: slot, target: 2, slot, message: messages[slot] })),
  });

const PRODUCT = traceOf(
  "matmul",
  tensor([2, 3], [1, 2, 3, 4, 5, 6]),
  tensor([3, 2], [1, -1, 0, 2, 1, 1]),
  [2, 2],
  tensor([2, 2], [1, 10, 100, 1000]),
  [tensor([2, 3], [-9, 20, 11, -900, 2000, 1100]), tensor([3, 2], [401, 4010, 502, 5020, 603, 6030])],
);

for (const edge of [0, 1]) {
  test(`the scalar messages of a product add up to the whole one, slot ${edge}`, () => {
    const regroup = regroupOf(PRODUCT, edge);
    assert.ok(regroup);
    assert.deepEqual(arrivedIn(regroup, 4), regroup.message.flat);
    assert.ok(arrivedIn(regroup, 0).every((x) => x === null));
    const last = regroup.message.flat.length - 1;
    const met = partsAt(regroup, last);
    assert.equal(
      met.reduce((sum, { value }) => sum + value, 0),
      regroup.message.flat[last],
    );
    assert.equal(met.length, 2);
  });
}

test("the shapes decide which product it is", () => {
  const regroup = regroupOf(PRODUCT, 1);
  assert.ok(regroup);
  assert.deepEqual(
    candidates(regroup).map(({ text, against }) => [text, against]),
    [
      ["A @ δ", "does not fit"],
      ["δ @ A", "another shape"],
      ["Aᵀ @ δ", ""],
      ["δ @ Aᵀ", "does not fit"],
    ],
  );
  // Of square matrices all fit, and only one has the right numbers.
  const two = tensor([2, 2], [1, 2, 3, 4]);
  const square = regroupOf(traceOf("matmul", two, two, [2, 2], two, [two, two]), 0);
  assert.ok(square);
  const left = candidates(square).map(({ against }) => against);
  assert.deepEqual(left.sort(), ["", "other numbers", "other numbers", "other numbers"]);
});

test("what is repeated gets the sum of all its copies", () => {
  const delta = tensor([2, 3], [1, 2, 3, 4, 5, 6]);
  const sum = traceOf("subtract", delta, tensor([3], [0, 0, 0]), [2, 3], delta, [delta, tensor([3], [-5, -7, -9])]);
  const regroup = regroupOf(sum, 1);
  assert.equal(regroup?.kind, "repeat");
  assert.deepEqual(regroup && arrivedIn(regroup, 6), [-5, -7, -9]);
  assert.deepEqual(regroup && arrivedIn(regroup, 2), [-1, -2, null]);
  assert.equal(regroupOf(sum, 0), null, "what is not repeated is no question");
  const column = traceOf("add", delta, tensor([2, 1], [0, 0]), [2, 3], delta, [delta, tensor([2, 1], [6, 15])]);
  const down = regroupOf(column, 1);
  assert.deepEqual(down && arrivedIn(down, 6), [6, 15]);
});

test("large products and other operations are left whole", () => {
  const large = tensor([7, 2], Array(14).fill(1));
  assert.equal(
    regroupOf(traceOf("matmul", large, tensor([2, 2], [1, 1, 1, 1]), [7, 2], large, [large, large]), 1),
    null,
  );
  const { trace } = loaded("softmax");
  assert.ok(
    trace.edges.every(
      ({ index }) => trace.nodes[trace.edges[index].target].op !== "exp" || regroupOf(trace, index) === null,
    ),
  );
});
