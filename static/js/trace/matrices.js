/**
 * Matrices inside of arrays, and what they are seen to be by their numbers. Pure.
 * @typedef {import("../types.js").Tensor} Tensor
 */

/** How far the sum of a row of shares may be from one. */
const NEAR = 1e-9;
/** Rows of an embedding that are told. */
const MOST_ROWS = 2_000;

/** @param {Tensor} tensor @param {number} k @returns {Tensor} the k-th of its matrices, along the last two axes */
export function matrixOf({ shape, flat }, k) {
  const last = shape.slice(-2);
  const size = last[0] * last[1];
  return { shape: last, flat: flat.slice(k * size, (k + 1) * size) };
}

/** @param {Tensor} tensor @returns {number[][]} its rows, along the last axis */
export function rowsOf({ shape, flat }) {
  const width = shape.at(-1) ?? 1;
  return Array.from({ length: width === 0 ? 0 : flat.length / width }, (_, i) =>
    flat.slice(i * width, (i + 1) * width),
  );
}

/** @param {Tensor} tensor @returns {boolean} whether each row consists of shares, which are one together */
export const hasShares = (tensor) =>
  rowsOf(tensor).every(
    (row) =>
      row.every((x) => x >= 0) && Math.abs(row.reduce((sum, x) => sum + x, 0) - 1) < NEAR * Math.max(1, row.length),
  );

/**
 * @param {Tensor} tensor
 * @returns {boolean} whether it may be attention: as many tokens as tokens, and shares in each row
 */
export const isAttention = (tensor) =>
  tensor.shape.length >= 2 &&
  tensor.shape.at(-1) === tensor.shape.at(-2) &&
  tensor.shape.at(-1) !== 1 &&
  hasShares(tensor);

/**
 * The Jacobian of softmax at one row of shares: each share by each score.
 * @param {number[]} p @returns {Tensor} p[i] (1 − p[i]) on the diagonal, −p[i] p[j] beside it
 */
export const softmaxJacobian = (p) => ({
  shape: [p.length, p.length],
  flat: p.flatMap((a, i) => p.map((b, j) => (i === j ? a * (1 - a) : -a * b))),
});

/**
 * The rows of an embedding: how often each is used, and how large its gradient is.
 * @param {import("../types.js").Trace} trace @param {import("../types.js").Node} node
 * @returns {{uses: number | null, size: number}[] | null} uses: null where two rows that are equal cannot be told
 *   apart; null altogether where no operation takes rows of it
 */
export function embeddingRows({ nodes, edges }, node) {
  const [count, width] = node.shape;
  if (node.shape.length !== 2 || width < 2 || count > MOST_ROWS || node.grad === null) return null;
  const takes = node.outs.filter((edge) => {
    const target = nodes[edges[edge].target];
    return target.op === "index" && target.shape.length >= 2 && target.shape.at(-1) === width;
  });
  if (takes.length === 0) return null;
  const places = new Map(rowsOf(node.value).map((row, i) => [row.join(), i]));
  const uses = new Array(count).fill(places.size === count ? 0 : null);
  for (const edge of takes)
    for (const row of rowsOf(nodes[edges[edge].target].value)) {
      const place = places.get(row.join());
      if (place !== undefined && uses[place] !== null) uses[place] += 1;
    }
  return rowsOf(node.grad).map((row, i) => ({
    uses: uses[i],
    size: Math.sqrt(row.reduce((sum, x) => sum + x * x, 0) / width),
  }));
}
