/** Which gradients are checked after each edit, within a fixed budget. */

import { isStandIn } from "../trace/closed.js";

/** Worst-case budget per edit, in node evaluations (about 1 µs each); typical use is a quarter of it. */
const BUDGET = 200_000;
/** Most evaluations of the output per number. */
const RUNS = 10;
/** Most nodes in one request. */
const MOST = 1000;

/**
 * The nodes to check after an edit: all of them, or in a large program the cheapest.
 * @param {import("../types.js").Trace} trace
 * @param {(node: import("../types.js").Node) => boolean} open whether it may be checked
 * @returns {string[]} ids, in forward order
 */
export function withinBudget({ nodes, leaves }, open) {
  const fixed = new Set(leaves.filter(({ editable, settles }) => !editable || settles).map(({ id }) => id));
  const candidates = nodes.filter(
    (node) =>
      !isStandIn(node) &&
      node.role !== "constant" &&
      node.grad !== null &&
      node.value.flat.length > 0 &&
      !fixed.has(node.id) &&
      open(node),
  );
  // At most all later nodes depend on a node, and the cost of an array grows with its size.
  const after = new Array(nodes.length + 1).fill(0);
  for (let i = nodes.length - 1; i >= 0; i -= 1) after[i] = after[i + 1] + 1 + nodes[i].value.flat.length / 64;
  const cost = (/** @type {import("../types.js").Node} */ { index, value }) => RUNS * value.flat.length * after[index];
  let left = BUDGET;
  return [...candidates]
    .sort((a, b) => cost(a) - cost(b))
    .slice(0, MOST)
    .filter((node) => (left -= cost(node)) >= 0)
    .sort((a, b) => a.index - b.index)
    .map(({ id }) => id);
}
