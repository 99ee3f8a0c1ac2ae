/**
 * Satellites stand at the sides of their host that no line enters: above and below it where the graph runs from left to
 * right, otherwise to its left and right. The layout sees one larger node in place of both; afterwards each satellite
 * is set where it belongs. The room is the same on both sides, so that lines still meet the middle of the host.
 *
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 */

/** Between satellites, and from the nearest to the host, px. */
const GAP = 6;
const STUB = 12;
/** Rows are at least this wide where the host is narrower, px. */
const NARROWEST = 120;

/**
 * @param {LayoutGraph} graph nodes with a `host` are satellites of that node
 * @returns {{core: LayoutGraph, expanded: (layout: Layout) => Layout}} core: what is laid out; expanded: the layout of
 *   all nodes and edges
 */
export function withoutSatellites(graph) {
  const kept = graph.nodes.flatMap(({ host }, i) => (host === undefined ? [i] : []));
  if (kept.length === graph.nodes.length) return { core: graph, expanded: (layout) => layout };
  const at = new Map(kept.map((i, place) => [i, place]));
  /** @type {Map<number, number[]>} */
  const around = new Map();
  graph.nodes.forEach(({ host }, i) => {
    if (host !== undefined) around.set(host, [...(around.get(host) ?? []), i]);
  });
  const across = graph.direction === "LR";
  const clusters = new Map([...around].map(([host, members]) => [host, arranged(graph, host, members, across)]));
  const free = graph.edges.flatMap(({ source }, i) => (at.has(source) ? [i] : []));
  const core = {
    ...graph,
    nodes: kept.map((i) => {
      const { host: _, ...node } = graph.nodes[i];
      return { ...node, ...clusters.get(i)?.size };
    }),
    edges: free.map((i) => ({
      source: /** @type {number} */ (at.get(graph.edges[i].source)),
      target: /** @type {number} */ (at.get(graph.edges[i].target)),
    })),
  };
  return { core, expanded };

  /** @param {Layout} layout of the core @returns {Layout} */
  function expanded(layout) {
    const nodes = graph.nodes.map((_, i) => layout.nodes[at.get(i) ?? -1]);
    for (const [host, { offsets }] of clusters)
      for (const [i, { x, y }] of offsets) nodes[i] = { x: nodes[host].x + x, y: nodes[host].y + y };
    const edges = /** @type {Point[][]} */ (new Array(graph.edges.length));
    // A widened node ends where its satellites do: the line goes on to the node itself.
    free.forEach((i, place) => {
      const { source, target } = graph.edges[i];
      edges[i] = prolonged(layout.edges[place], at.has(source) ? reach(source) : 0, reach(target), across);
    });
    graph.edges.forEach(({ source, target }, i) => {
      if (!at.has(source))
        edges[i] = stub(nodes[source], graph.nodes[source], nodes[target], graph.nodes[target], across);
    });
    return { ...layout, nodes, edges };
  }

  /**
   * @param {number} node
   * @returns {number} from the side of the node that was laid out to its own, along the flow, px
   */
  function reach(node) {
    const size = clusters.get(node)?.size;
    if (size === undefined) return 0;
    const own = graph.nodes[node];
    return across ? (size.width - own.width) / 2 : (size.height - own.height) / 2;
  }
}

/**
 * @param {LayoutGraph} graph @param {number} host @param {number[]} members @param {boolean} across
 * @returns {{size: {width: number, height: number}, offsets: Map<number, Point>}} size: of host and satellites
 *   together; offsets: from the host's centre
 */
function arranged({ nodes }, host, members, across) {
  const own = nodes[host];
  // Along the side of the host, and away from it.
  const length = (/** @type {number} */ i) => (across ? nodes[i].width : nodes[i].height);
  const depth = (/** @type {number} */ i) => (across ? nodes[i].height : nodes[i].width);
  const most = across ? Math.max(own.width, NARROWEST) : Math.max(own.height, NARROWEST / 2);
  /** @type {{members: number[], length: number, depth: number}[]} */
  const rows = [];
  for (const i of members) {
    const row = rows.at(-1);
    if (row && row.length + GAP + length(i) <= most) {
      row.members.push(i);
      row.length += GAP + length(i);
      row.depth = Math.max(row.depth, depth(i));
    } else rows.push({ members: [i], length: length(i), depth: depth(i) });
  }
  // The first half before the host, the others behind it, so that they are read in their order.
  const first = Math.ceil(rows.length / 2);
  const sides = [rows.slice(0, first).reverse(), rows.slice(first)];
  /** @type {Map<number, Point>} */
  const offsets = new Map();
  let [deepest, longest] = [0, 0];
  sides.forEach((side, s) => {
    let away = STUB;
    for (const row of side) {
      let along = -row.length / 2;
      for (const i of row.members) {
        const middle = (across ? own.height : own.width) / 2 + away + row.depth / 2;
        const [x, y] = [along + length(i) / 2, s === 0 ? -middle : middle];
        offsets.set(i, across ? { x, y } : { x: y, y: x });
        along += length(i) + GAP;
      }
      away += row.depth + GAP;
      longest = Math.max(longest, row.length);
    }
    deepest = Math.max(deepest, away - GAP);
  });
  const size = across
    ? { width: Math.max(own.width, longest), height: own.height + 2 * deepest }
    : { width: own.width + 2 * deepest, height: Math.max(own.height, longest) };
  return { size, offsets };
}

/**
 * @param {Point[]} points
 * @param {number} before
 * @param {number} after px at the ends
 * @param {boolean} across
 * @returns {Point[]}
 */
function prolonged(points, before, after, across) {
  const [from, to] = [points[0], points[points.length - 1]];
  const on = (/** @type {Point} */ point, /** @type {number} */ by) =>
    across ? { x: point.x + by, y: point.y } : { x: point.x, y: point.y + by };
  return [
    ...(before > 0 ? straight(on(from, -before), from).slice(0, 3) : []),
    ...points,
    ...(after > 0 ? straight(to, on(to, after)).slice(1) : []),
  ];
}

/**
 * @param {Point} from
 * @param {{width: number, height: number}} size
 * @param {Point} to
 * @param {{width: number, height: number}} host
 * @param {boolean} across @returns {Point[]} from the satellite straight to the side of its host
 */
function stub(from, size, to, host, across) {
  if (across) {
    const way = Math.sign(to.y - from.y);
    const x = Math.min(to.x + host.width / 2 - STUB, Math.max(to.x - host.width / 2 + STUB, from.x));
    return straight({ x: from.x, y: from.y + (way * size.height) / 2 }, { x, y: to.y - (way * host.height) / 2 });
  }
  const way = Math.sign(to.x - from.x);
  const y = Math.min(to.y + host.height / 2 - STUB, Math.max(to.y - host.height / 2 + STUB, from.y));
  return straight({ x: from.x + (way * size.width) / 2, y: from.y }, { x: to.x - (way * host.width) / 2, y });
}

/** @param {Point} a @param {Point} b @returns {Point[]} a straight segment */
const straight = (a, b) => [
  a,
  { x: a.x + (b.x - a.x) / 3, y: a.y + (b.y - a.y) / 3 },
  { x: a.x + ((b.x - a.x) * 2) / 3, y: a.y + ((b.y - a.y) * 2) / 3 },
  b,
];
