/**
 * Satellites stand at the sides of their host that no line enters: above and below it where the graph runs from left to
 * right, otherwise to its left and right. The layout sees one larger node in place of both; afterwards each satellite
 * is set where it belongs. The room is the same on both sides, so that lines still meet the middle of the host. What
 * several hosts share stands in one place: for the layout it is one node, with one line to each of them.
 *
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 */
import { straight } from "./spline.js";

/** Between satellites, and from the nearest to the host, px. */
const GAP = 6;
const STUB = 12;
/** Rows are at least this wide where the host is narrower, px. */
const NARROWEST = 120;

/**
 * @param {LayoutGraph} graph nodes with a `host` are satellites of that node; those with an equal `shared` stand together
 * @returns {{core: LayoutGraph, expanded: (layout: Layout) => Layout}} core: what is laid out; expanded: the layout of
 *   all nodes and edges
 */
export function withoutSatellites(graph) {
  const across = graph.direction === "LR";
  const alone = graph.nodes.flatMap(({ host, shared }, i) => (host === undefined && shared === undefined ? [i] : []));
  if (alone.length === graph.nodes.length) return { core: graph, expanded: (layout) => layout };
  const around = indicesBy(graph.nodes.map(({ host }) => host));
  const clusters = new Map([...around].map(([host, members]) => [host, arranged(graph, host, members, across)]));
  const places = [...indicesBy(graph.nodes.map(({ shared }) => shared)).values()].map((members) => ({
    members,
    ...gathered(graph, members),
  }));
  /** Node -> its node in the core. */
  const at = new Map(alone.map((i, place) => [i, place]));
  places.forEach(({ members }, p) => members.forEach((i) => at.set(i, alone.length + p)));
  /** @type {Map<string, number>} */
  const lines = new Map();
  /** Edge -> its edge in the core; of what stands together, those to one node share it. @type {number[]} */
  const lineOf = graph.edges.map(({ source, target }, i) => {
    if (!at.has(source)) return -1;
    const key = graph.nodes[source].shared === undefined ? `edge ${i}` : `${at.get(source)} ${target}`;
    const known = lines.get(key) ?? lines.size;
    lines.set(key, known);
    return known;
  });
  const core = {
    ...graph,
    nodes: [
      ...alone.map((i) => {
        const { host: _, ...node } = graph.nodes[i];
        return { ...node, ...clusters.get(i)?.size };
      }),
      ...places.map(({ members, size }) => ({ ...graph.nodes[members[0]], ...size, group: null })),
    ],
    edges: [...lines.values()].map((line) => {
      const { source, target } = graph.edges[lineOf.indexOf(line)];
      return { source: /** @type {number} */ (at.get(source)), target: /** @type {number} */ (at.get(target)) };
    }),
  };
  return { core, expanded };

  /** @param {Layout} layout of the core @returns {Layout} */
  function expanded(layout) {
    const nodes = graph.nodes.map((_, i) => layout.nodes[at.get(i) ?? -1]);
    for (const { offsets, middle } of [
      ...[...clusters].map(([host, { offsets }]) => ({ offsets, middle: nodes[host] })),
      ...places.map(({ members, offsets }) => ({ offsets, middle: nodes[members[0]] })),
    ])
      for (const [i, { x, y }] of offsets) nodes[i] = { x: middle.x + x, y: middle.y + y };
    const edges = graph.edges.map(({ source, target }, i) =>
      lineOf[i] < 0
        ? stub(nodes[source], graph.nodes[source], nodes[target], graph.nodes[target], across)
        : // A widened node ends where its satellites do: the line goes on to the node itself.
          prolonged(layout.edges[lineOf[i]], reach(source), reach(target), across),
    );
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
  const rows = rowsOf(members, length, depth, most);
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
    ...(before > 0 ? [on(from, -before), ...straight(on(from, -before), from).slice(0, 2)] : []),
    ...points,
    ...(after > 0 ? straight(to, on(to, after)) : []),
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
    return line({ x: from.x, y: from.y + (way * size.height) / 2 }, { x, y: to.y - (way * host.height) / 2 });
  }
  const way = Math.sign(to.x - from.x);
  const y = Math.min(to.y + host.height / 2 - STUB, Math.max(to.y - host.height / 2 + STUB, from.y));
  return line({ x: from.x + (way * size.width) / 2, y: from.y }, { x: to.x - (way * host.width) / 2, y });
}

/** @param {Point} a @param {Point} b @returns {Point[]} a straight spline */
const line = (a, b) => [a, ...straight(a, b)];

/**
 * Several that stand in one place, in rows about as long as the whole is high.
 * @param {LayoutGraph} graph @param {number[]} members
 * @returns {{size: {width: number, height: number}, offsets: Map<number, Point>}} offsets: from its centre
 */
function gathered({ nodes }, members) {
  const area = members.reduce((sum, i) => sum + (nodes[i].width + GAP) * (nodes[i].height + GAP), 0);
  const rows = rowsOf(
    members,
    (i) => nodes[i].width,
    (i) => nodes[i].height,
    Math.max(NARROWEST, Math.sqrt(area)),
  );
  const width = Math.max(...rows.map(({ length }) => length));
  const height = rows.reduce((sum, { depth }) => sum + depth + GAP, -GAP);
  /** @type {Map<number, Point>} */
  const offsets = new Map();
  let y = -height / 2;
  for (const row of rows) {
    let x = -width / 2;
    for (const i of row.members) {
      offsets.set(i, { x: x + nodes[i].width / 2, y: y + row.depth / 2 });
      x += nodes[i].width + GAP;
    }
    y += row.depth + GAP;
  }
  return { size: { width, height }, offsets };
}

/**
 * @param {number[]} members @param {(i: number) => number} length @param {(i: number) => number} depth
 * @param {number} most the length of a row, px
 */
function rowsOf(members, length, depth, most) {
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
  return rows;
}

/** @template T @param {(T | undefined)[]} keys @returns {Map<T, number[]>} the indices of each key, but for undefined */
function indicesBy(keys) {
  /** @type {Map<T, number[]>} */
  const found = new Map();
  keys.forEach((key, i) => {
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), i]);
  });
  return found;
}
