/**
 * Keeps the order of nodes when a group opens or closes. Graphviz does not know the previous layout; if its result
 * swaps nodes, it runs again with order constraints, until no pair is swapped.
 *
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 * @typedef {Map<string, Point>} Former  previous positions of nodes, and of groups by id
 */
import { middleOf } from "./boxes.js";
import { toDot } from "./dot.js";
import { orderedDot, swapsIn } from "./order.js";
import { crop, readLayout } from "./read.js";

/** How many neighbours stay linked when their rank splits. The smaller number is tried first: links take room. */
const REACHES = [1, 3];
/** Larger graphs are laid out once: no reader remembers so many positions, and a second run would be noticeable. */
const MOST = 600;

/**
 * @param {LayoutGraph} graph
 * @param {Former} former  empty for a first layout
 * @param {(dot: string) => any | Promise<any>} graphviz
 * @returns {Promise<Layout>}
 */
export async function stableLayout(graph, former, graphviz) {
  const free = readLayout(await graphviz(toDot(graph)), graph);
  if (former.size === 0 || graph.nodes.length > MOST) return free;
  let best = { layout: free, swaps: swapsIn(graph, free, former) };
  for (const reach of REACHES) {
    if (best.swaps === 0) break;
    const layout = crop(readLayout(await graphviz(orderedDot(graph, free, former, reach)), graph), graph);
    const swaps = swapsIn(graph, layout, former);
    if (swaps < best.swaps) best = { layout, swaps };
  }
  return best.layout;
}

/**
 * @param {LayoutGraph} graph @param {Layout} layout
 * @param {import("./dot.js").Direction} direction  of the next layout: where it runs down instead of to the right, what
 *   stood above stands to the left
 * @returns {Former} the positions in a layout
 */
export function positionsIn({ nodes, groups, direction: before }, layout, direction) {
  const former = /** @type {Former} */ (new Map());
  const turned = (/** @type {Point} */ { x, y }) => (before === direction ? { x, y } : { x: y, y: x });
  nodes.forEach(({ key }, i) => key !== undefined && former.set(key, turned(layout.nodes[i])));
  groups.forEach(({ id }, i) => {
    const box = layout.groups[i];
    if (box) former.set(id, turned(middleOf(box)));
  });
  return former;
}
