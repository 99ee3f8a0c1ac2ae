/** Which gradients are checked after each edit, so that no edit has to wait for it. */

/** What checking at each edit may cost, in evaluations of a node of about 1 µs, at the worst; mostly it is a quarter. */
const WORTH = 200_000;
/** Evaluations of the output per number, at the most. */
const RUNS = 10;
/** So many nodes are taken by one request. */
const MOST = 1000;

/**
 * The nodes whose gradients are worth checking after each edit: all of them, or of a large program those that cost least.
 * @param {import("../types.js").Trace} trace @param {(node: import("../types.js").Node) => boolean} open may it be checked at all
 * @returns {string[]} ids, in forward order
 */
export function withinBudget({ nodes, leaves }, open) {
  const fixed = new Set(leaves.filter(({ editable }) => !editable).map(({ id }) => id));
  const candidates = nodes.filter(
    (node) =>
      node.role !== "constant" && node.grad !== null && node.value.flat.length > 0 && !fixed.has(node.id) && open(node),
  );
  // What lies behind a node is at most what comes after it, and an array costs as its numbers do.
  const behind = new Array(nodes.length + 1).fill(0);
  for (let i = nodes.length - 1; i >= 0; i -= 1) behind[i] = behind[i + 1] + 1 + nodes[i].value.flat.length / 64;
  const cost = (/** @type {import("../types.js").Node} */ { index, value }) => RUNS * value.flat.length * behind[index];
  let left = WORTH;
  return [...candidates]
    .sort((a, b) => cost(a) - cost(b))
    .slice(0, MOST)
    .filter((node) => (left -= cost(node)) >= 0)
    .sort((a, b) => a.index - b.index)
    .map(({ id }) => id);
}
