/**
 * Opening or closing a group must not shuffle what stands beside it. Graphviz knows nothing of the picture before, so
 * where it did, it is asked again with everything in its place, until nobody has changed places.
 *
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 * @typedef {Map<string, Point>} Former  where nodes, and groups by their ids, stood
 */
import { toDot } from "./dot.js";
import { orderedDot, swapsIn } from "./order.js";
import { crop, readLayout } from "./read.js";

/** So many neighbours hold on to each other when their rank comes apart: more of them take more room. */
const REACHES = [1, 3];
/** Beyond this many nodes nobody remembers what stood where, and laying out again would be felt. */
const MOST = 600;

/**
 * @param {LayoutGraph} graph
 * @param {Former} former  empty for a first picture
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

/** @param {LayoutGraph} graph @param {Layout} layout @returns {Former} where everything stands in a picture */
export function positionsIn({ nodes, groups }, layout) {
  const former = /** @type {Former} */ (new Map());
  nodes.forEach(({ key }, i) => key !== undefined && former.set(key, layout.nodes[i]));
  groups.forEach(({ id }, i) => {
    const box = layout.groups[i];
    if (box) former.set(id, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  });
  return former;
}
