/**
 * Writes a graph with sizes as DOT text for Graphviz. Nodes are numbers, not names, so nothing needs quoting and no
 * name can be mistaken for an attribute.
 *
 * @typedef {"LR" | "TB"} Direction
 * @typedef {object} LayoutGraph  all lengths in px
 * @property {{key?: string, width: number, height: number, group: string | null}[]} nodes  key: identifies a node across layouts
 * @property {{source: number, target: number}[]} edges
 * @property {{id: string, name: string, parent: string | null}[]} groups
 * @property {Direction} direction
 */

import { nested } from "../graph/nested.js";

/** Graphviz measures in inches of 72 points; here one point is one px. */
const INCH = 72;

/** @param {LayoutGraph} graph @param {boolean} slots  whether inputs keep the order of their slots @returns {string[]} */
export function head({ direction }, slots) {
  const across = direction === "LR";
  return [
    "digraph {",
    `graph [rankdir=${direction}, ${slots ? "ordering=in, " : ""}nodesep=${across ? 0.42 : 0.34}, ranksep=${across ? 0.7 : 0.54}, splines=true, margin=0, pad=0]`,
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
  const lines = edges.map(({ source, target }) => `n${source} -> n${target}`);
  return [...head(graph, true), ...nodeLines(graph), ...clusters, ...lines, "}"].join("\n");
}

/** @param {number} px */
const inches = (px) => (px / INCH).toFixed(4);
