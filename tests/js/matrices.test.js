import assert from "node:assert/strict";
import { test } from "node:test";
import {
  embeddingRows,
  hasShares,
  isAttention,
  matrixOf,
  rowsOf,
  softmaxJacobian,
} from "../../static/js/trace/matrices.js";

test("a matrix of several is taken along the last two axes", () => {
  const tensor = { shape: [2, 1, 2], flat: [1, 2, 3, 4] };
  assert.deepEqual(matrixOf(tensor, 1), { shape: [1, 2], flat: [3, 4] });
  assert.deepEqual(rowsOf(tensor), [
    [1, 2],
    [3, 4],
  ]);
});

test("attention is square and has shares in each row", () => {
  const square = { shape: [2, 2], flat: [1, 0, 0.25, 0.75] };
  assert.ok(isAttention(square));
  assert.ok(!isAttention({ shape: [1, 4], flat: [0.25, 0.25, 0.25, 0.25] }));
  assert.ok(!hasShares({ shape: [2, 2], flat: [1, 0, 0.5, 0.6] }));
  assert.ok(!hasShares({ shape: [2], flat: [1.5, -0.5] }));
});

test("the Jacobian of softmax has rows and columns that add up to zero, and equals differences", () => {
  const z = [0.3, -1, 2];
  const softmax = (/** @type {number[]} */ scores) => {
    const powers = scores.map(Math.exp);
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((x) => x / sum);
  };
  const { flat } = softmaxJacobian(softmax(z));
  for (let j = 0; j < 3; j += 1) {
    const moved = (/** @type {number} */ by) => softmax(z.map((x, k) => (k === j ? x + by : x)));
    const [up, down] = [moved(1e-5), moved(-1e-5)];
    up.forEach((x, i) => assert.ok(Math.abs((x - down[i]) / 2e-5 - flat[i * 3 + j]) < 1e-9));
    assert.ok(Math.abs(flat[j] + flat[3 + j] + flat[6 + j]) < 1e-12);
  }
});

/** @param {number[]} flat of a 3×2 embedding of which rows 2, 0 and 2 are taken @returns {any} */
const trace = (flat) => ({
  nodes: [
    {
      index: 0,
      op: "input",
      shape: [3, 2],
      value: { shape: [3, 2], flat },
      grad: { shape: [3, 2], flat: [3, 4, 0, 0, 1, 1] },
      outs: [0],
    },
    {
      index: 1,
      op: "index",
      shape: [3, 2],
      value: { shape: [3, 2], flat: [...flat.slice(4), ...flat.slice(0, 2), ...flat.slice(4)] },
      outs: [],
    },
  ],
  edges: [{ source: 0, target: 1 }],
});

test("the rows of an embedding are told by how often they are used", () => {
  const found = trace([1, 2, 3, 4, 5, 6]);
  assert.deepEqual(
    embeddingRows(found, found.nodes[0])?.map(({ uses }) => uses),
    [1, 0, 2],
  );
  assert.deepEqual(
    embeddingRows(found, found.nodes[0])?.map(({ size }) => size),
    [Math.sqrt(12.5), 0, 1],
  );
  assert.equal(embeddingRows(found, { ...found.nodes[0], outs: [] }), null);
});

test("rows that are equal cannot be told apart", () => {
  const found = trace([1, 2, 1, 2, 5, 6]);
  assert.deepEqual(
    embeddingRows(found, found.nodes[0])?.map(({ uses }) => uses),
    [null, null, null],
  );
});
