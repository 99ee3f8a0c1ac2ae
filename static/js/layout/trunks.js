/**
 * What is used all along a drawing, such as the weights that the turns of a loop share, reaches its users by one trunk
 * beside the drawing, with a branch to each. Graphviz would route a line of its own to each of them, and the drawing would
 * consist of these.
 *
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 */
import { movedLayout } from "./boxes.js";
import { curve, ranksOf } from "./rows.js";
import { rounded } from "./spline.js";

/** Fewest lines of one node that skip ranks to be gathered in a trunk. */
const FEWEST = 6;
/** From the drawing to the nearest trunk, and from trunk to trunk, px. */
const AWAY = 26;
const LANE = 16;
/** From a node to where its line turns, for the first trunk and for each further one, px. */
const TURN = 10;
const TURN_LANE = 4;
const RADIUS = 14;

/**
 * @param {LayoutGraph} graph
 * @returns {{core: LayoutGraph, expanded: (layout: Layout) => Layout}} core: what is laid out; expanded: the layout of all
 *   edges. The same graph if it needs no trunk
 */
export function withoutTrunks(graph) {
  const rank = ranksOf(graph);
  /**
   * By source, its edges that skip a rank. Those to the next rank stay, since they keep the nodes in order.
   * @type {Map<number, number[]>}
   */
  const skipping = new Map();
  graph.edges.forEach(({ source, target }, i) => {
    if (rank[target] > rank[source] + 1) skipping.set(source, [...(skipping.get(source) ?? []), i]);
  });
  const trunks = [...skipping].filter(([, edges]) => edges.length >= FEWEST);
  if (trunks.length === 0) return { core: graph, expanded: (layout) => layout };
  const gathered = new Set(trunks.flatMap(([, edges]) => edges));
  const core = { ...graph, whole: true, edges: graph.edges.filter((_, i) => !gathered.has(i)) };
  return { core, expanded: (layout) => withTrunks(graph, core, layout, trunks) };
}

/**
 * @param {LayoutGraph} graph
 * @param {LayoutGraph} core
 * @param {Layout} layout of the core
 * @param {[number, number[]][]} trunks source and edges of each
 * @returns {Layout}
 */
function withTrunks(graph, core, layout, trunks) {
  const across = layout.direction === "LR";
  const far = across ? layout.height : layout.width;
  /** How many trunks run on each side: before the drawing and behind it. */
  const count = [0, 0];
  const lanes = trunks.map(([source]) => {
    const place = across ? layout.nodes[source].y : layout.nodes[source].x;
    const side = place <= far / 2 ? 0 : 1;
    const lane = count[side];
    count[side] += 1;
    return { at: side === 0 ? -AWAY - LANE * lane : far + AWAY + LANE * lane, lane };
  });
  const [before, behind] = count.map((n) => (n === 0 ? 0 : AWAY + LANE * (n - 1) + LANE / 2));
  /** @type {Map<number, Point[]>} */
  const paths = new Map();
  trunks.forEach(([source, edges], t) => {
    for (const edge of edges) paths.set(edge, path(graph, layout, source, graph.edges[edge].target, lanes[t], across));
  });
  let next = 0;
  const edges = graph.edges.map((_, i) => paths.get(i) ?? layout.edges[next++]);
  if (layout.final) return { ...layout, edges };
  const size = across
    ? { width: layout.width, height: far + before + behind }
    : { width: far + before + behind, height: layout.height };
  const move = (/** @type {Point} */ { x, y }) => (across ? { x, y: y + before } : { x: x + before, y });
  return movedLayout({ ...layout, edges }, core, move, size);
}

/**
 * @param {LayoutGraph} graph @param {Layout} layout @param {number} source @param {number} target
 * @param {{at: number, lane: number}} trunk at: where it runs, across the flow
 * @param {boolean} across
 * @returns {Point[]} out of the source, to the trunk, along it, and to the side of the target where all lines enter
 */
function path({ nodes }, layout, source, target, { at, lane }, across) {
  const turn = TURN + TURN_LANE * lane;
  // The path is computed as if the drawing ran from left to right.
  const flip = (/** @type {Point} */ { x, y }) => (across ? { x, y } : { x: y, y: x });
  const length = (/** @type {number} */ i) => (across ? nodes[i].width : nodes[i].height) / 2;
  const [from, to] = [flip(layout.nodes[source]), flip(layout.nodes[target])];
  const [start, end] = [from.x + length(source), to.x - length(target)];
  // Rows wrap like text, so no trunk can run beside all of them.
  if (layout.final) return curve({ x: start, y: from.y }, { x: end, y: to.y }, false);
  return rounded(
    [
      { x: start, y: from.y },
      { x: start + turn, y: from.y },
      { x: start + turn, y: at },
      { x: end - turn, y: at },
      { x: end - turn, y: to.y },
      { x: end, y: to.y },
    ].map(flip),
    RADIUS,
  );
}
