/**
 * Lays out graphs that are too deep for Graphviz, such as a chain of a thousand operations whose inputs are used all
 * along it: Graphviz takes minutes or overflows its stack. This layout takes linear time. Ranks follow the longest path
 * from the inputs, each rank is ordered by its predecessors, and ranks fill rows as words fill lines. It does not route
 * edges: an edge that passes other nodes runs behind them.
 *
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 */

const BETWEEN = { ranks: 44, nodes: 22, rows: 60 };
const MOST_ROWS = 80;

/**
 * What makes Graphviz slow: the depth of a graph, and the ranks that its edges cross.
 * @param {LayoutGraph} graph
 * @returns {{ranks: number, passed: number}} passed: the number of ranks crossed by edges, in total
 */
export function depth(graph) {
  const rank = ranksOf(graph);
  return {
    ranks: rank.reduce((most, r) => Math.max(most, r), 0) + 1,
    passed: graph.edges.reduce((sum, { source, target }) => sum + rank[target] - rank[source] - 1, 0),
  };
}

/**
 * @param {LayoutGraph} graph
 * @param {{width: number, height: number}} window  the rows take its proportions
 * @returns {Layout}
 */
export function rows(graph, window) {
  const columns = columnsOf(graph);
  const sizes = columns.map((column) => ({
    width: Math.max(...column.map((i) => graph.nodes[i].width)),
    height: column.reduce((sum, i) => sum + graph.nodes[i].height + BETWEEN.nodes, -BETWEEN.nodes),
  }));
  const lines = bestLines(sizes, window);
  const nodes = /** @type {Point[]} */ (new Array(graph.nodes.length));
  const rowOf = new Int32Array(graph.nodes.length);
  let width = 0;
  let top = 0;
  lines.forEach(([from, to], row) => {
    const height = Math.max(...sizes.slice(from, to).map((size) => size.height));
    let left = 0;
    for (let c = from; c < to; c += 1) {
      let y = top + (height - sizes[c].height) / 2;
      for (const i of columns[c]) {
        nodes[i] = { x: left + sizes[c].width / 2, y: y + graph.nodes[i].height / 2 };
        rowOf[i] = row;
        y += graph.nodes[i].height + BETWEEN.nodes;
      }
      left += sizes[c].width + BETWEEN.ranks;
    }
    width = Math.max(width, left - BETWEEN.ranks);
    top += height + BETWEEN.rows;
  });
  const edges = graph.edges.map(({ source, target }) => {
    const [a, b] = [nodes[source], nodes[target]];
    return curve(
      { x: a.x + graph.nodes[source].width / 2, y: a.y },
      { x: b.x - graph.nodes[target].width / 2, y: b.y },
      rowOf[source] === rowOf[target],
    );
  });
  return {
    nodes,
    edges,
    groups: graph.groups.map(() => null),
    width,
    height: top - BETWEEN.rows,
    direction: "LR",
    final: true,
  };
}

/**
 * @param {LayoutGraph} graph
 * @returns {Int32Array} rank = longest path from an input; what could stand later stands just before its first user
 */
export function ranksOf({ nodes, edges }) {
  const rank = new Int32Array(nodes.length);
  const outs = nodes.map(() => /** @type {number[]} */ ([]));
  const missing = new Int32Array(nodes.length);
  for (const { source, target } of edges) {
    outs[source].push(target);
    missing[target] += 1;
  }
  const ready = [...nodes.keys()].filter((i) => missing[i] === 0);
  for (let at = 0; at < ready.length; at += 1) {
    const i = ready[at];
    for (const target of outs[i]) {
      rank[target] = Math.max(rank[target], rank[i] + 1);
      missing[target] -= 1;
      if (missing[target] === 0) ready.push(target);
    }
  }
  for (const i of ready.reverse())
    if (outs[i].length > 0) rank[i] = Math.min(...outs[i].map((target) => rank[target])) - 1;
  return rank;
}

/**
 * @param {LayoutGraph} graph
 * @returns {number[][]} the nodes of each rank; nodes with similar predecessors are neighbours
 */
function columnsOf(graph) {
  const rank = ranksOf(graph);
  const columns = /** @type {number[][]} */ ([]);
  rank.forEach((r, i) => (columns[r] ??= []).push(i));
  const ins = graph.nodes.map(() => /** @type {number[]} */ ([]));
  for (const { source, target } of graph.edges) ins[target].push(source);
  const height = new Float64Array(graph.nodes.length);
  const filled = columns.filter((column) => column !== undefined);
  for (const column of filled) {
    const wish = new Map(
      column.map((i) => [
        i,
        ins[i].length ? ins[i].reduce((sum, source) => sum + height[source], 0) / ins[i].length : 0,
      ]),
    );
    column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b);
    column.forEach((i, at) => (height[i] = at - (column.length - 1) / 2));
  }
  return filled;
}

/**
 * @param {{width: number, height: number}[]} sizes of the ranks @param {{width: number, height: number}} window
 * @returns {[number, number][]} first and last (exclusive) rank of each row, chosen for the largest scale at which all
 *   rows fit
 */
function bestLines(sizes, window) {
  const total = sizes.reduce((sum, { width }) => sum + width + BETWEEN.ranks, 0);
  let best = { scale: 0, lines: /** @type {[number, number][]} */ ([[0, sizes.length]]) };
  for (let count = 1; count <= Math.min(MOST_ROWS, sizes.length); count += 1) {
    const lines = fill(sizes, total / count);
    const width = Math.max(
      ...lines.map(([from, to]) => sizes.slice(from, to).reduce((sum, size) => sum + size.width + BETWEEN.ranks, 0)),
    );
    const height = lines.reduce(
      (sum, [from, to]) => sum + Math.max(...sizes.slice(from, to).map((size) => size.height)) + BETWEEN.rows,
      0,
    );
    const scale = Math.min(window.width / width, window.height / height);
    if (scale > best.scale) best = { scale, lines };
  }
  return best.lines;
}

/** @param {{width: number}[]} sizes @param {number} wanted the width of a row @returns {[number, number][]} */
function fill(sizes, wanted) {
  const lines = /** @type {[number, number][]} */ ([]);
  let from = 0;
  let width = 0;
  sizes.forEach((size, c) => {
    const next = size.width + BETWEEN.ranks;
    if (c > from && width + next / 2 > wanted) {
      lines.push([from, c]);
      from = c;
      width = 0;
    }
    width += next;
  });
  lines.push([from, sizes.length]);
  return lines;
}

/**
 * A spline that leaves and arrives horizontally; the longer it is, the wider its curve.
 * @param {Point} a
 * @param {Point} b
 * @param {boolean} along both ends are in one row, so it must curve around the nodes between them
 * @returns {Point[]}
 */
export function curve(a, b, along) {
  const reach = Math.min(160, 18 + Math.abs(b.x - a.x) * 0.4);
  const swing = along && b.x - a.x > 2.5 * BETWEEN.ranks ? -Math.min(110, 24 + (b.x - a.x) * 0.12) : 0;
  return [a, { x: a.x + reach, y: a.y + swing }, { x: b.x - reach, y: b.y + swing }, b];
}
