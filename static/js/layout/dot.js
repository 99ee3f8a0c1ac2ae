/**
 * Writes a graph with sizes as DOT text for Graphviz. Nodes are numbers, not names, so nothing needs quoting and no
 * name can be mistaken for an attribute.
 *
 * @typedef {"LR" | "TB"} Direction
 * @typedef {object} LayoutGraph  all lengths in px
 * @property {{key?: string, width: number, height: number, group: string | null, host?: number, shared?: string}[]} nodes  key: identifies a node
 *   across layouts; host: the node beside which it stands; shared: equal for all that stand together in one place
 * @property {{source: number, target: number}[]} edges
 * @property {{id: string, name: string, parent: string | null}[]} groups
 * @property {Direction} direction
 * @property {boolean} [whole]  never wrapped into rows: something runs beside all of it
 * @property {boolean} [close]  whether ranks stand close together, as in a long drawing
 */

import { nested } from "../graph/nested.js";

/** Graphviz measures in inches of 72 points; here one point is one px. */
const INCH = 72;
/**
 * How much rather an edge beside which there is a longer way is straight than others. With 10 and more, Graphviz would give
 * up the order of ranks for it where a box is crossed.
 */
const STRAIGHT = 5;
/** Most such edges, and most nodes on the longer way: in larger graphs they are no longer seen. */
const MOST_STRAIGHT = 60;
const FAR = 400;

/**
 * @param {LayoutGraph} graph
 * @param {boolean} slots  whether inputs keep the order of their slots
 * @returns {string[]}
 */
export function head({ direction, close = false }, slots) {
  const across = direction === "LR";
  return [
    "digraph {",
    `graph [rankdir=${direction}, ${slots ? "ordering=in, " : ""}nodesep=${across ? 0.42 : 0.34}, ranksep=${across ? 0.7 : close ? 0.3 : 0.54}, splines=true, margin=0, pad=0]`,
    'node [shape=box, fixedsize=true, label=""]',
    // Edges that leave and enter at fixed sides keep the flow readable and let `stretch` pull ranks apart.
    `edge [tailport=${across ? "e" : "s"}, headport=${across ? "w" : "n"}, arrowhead=none]`,
  ];
}

/** @param {LayoutGraph} graph @returns {string[]} */
export const nodeLines = ({ nodes }) =>
  nodes.map(({ width, height }, i) => `n${i} [width=${inches(width)}, height=${inches(height)}]`);

/** @param {LayoutGraph} graph @returns {string} */
export function toDot(graph) {
  const { nodes, edges, groups } = graph;
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  /** Groups with something drawn; the others get no box. */
  const filled = new Set();
  for (const { group } of nodes) {
    for (let at = group; at !== null && !filled.has(at); at = parents.get(at) ?? null) filled.add(at);
  }
  const boxes = groups.filter(({ id }) => filled.has(id));
  const clusters = nested(nodes, boxes, {
    open: (_, at) => `subgraph cluster_${at} { margin=14; label="x"; fontsize=18; labeljust=l`,
    item: (i) => `n${i}`,
    close: () => "}",
  });
  const straight = skipping(graph);
  const lines = edges.map(
    ({ source, target }, i) => `n${source} -> n${target}${straight.has(i) ? ` [weight=${STRAIGHT}]` : ""}`,
  );
  return [...head(graph, true), ...nodeLines(graph), ...clusters, ...lines, "}"].join("\n");
}

/**
 * The edges beside which there is a longer way, such as those of a residual stream: what they join stands in line, and
 * the longer way leaves it and comes back. What nothing flows into is no part of a stream.
 * @param {LayoutGraph} graph edges lead to nodes that are computed later @returns {Set<number>}
 */
export function skipping({ nodes, edges }) {
  const outs = nodes.map(() => /** @type {number[]} */ ([]));
  const fed = new Set(edges.map(({ target }) => target));
  for (const { source, target } of edges) outs[source].push(target);
  const found = new Set();
  edges.forEach(({ source, target }, i) => {
    if (fed.has(source) && outs[source].length > 1 && found.size < MOST_STRAIGHT && leadsBeside(outs, source, target))
      found.add(i);
  });
  return found;
}

/**
 * @param {number[][]} outs
 * @param {number} source
 * @param {number} target
 * @returns {boolean} whether a way leads there through other nodes
 */
function leadsBeside(outs, source, target) {
  const seen = new Set([source, target]);
  const waiting = outs[source].filter((each) => each !== target);
  for (let at = waiting.pop(); at !== undefined && seen.size < FAR; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const next of outs[at]) {
      if (next === target) return true;
      waiting.push(next);
    }
  }
  return false;
}

/** @param {number} px */
const inches = (px) => (px / INCH).toFixed(4);
