/**
 * Connects drawing, marks and layout: how large each item is, how it is drawn, and the graph that the layout gets.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../graph/drawing.js").Drawing} Drawing
 * @typedef {import("../graph/drawing.js").Item} Item
 * @typedef {import("./marks/mark.js").Context} Context
 * @typedef {import("./marks/mark.js").Drawn} Drawn
 * @typedef {import("../layout/dot.js").LayoutGraph} LayoutGraph
 */
import { bundledNode } from "../graph/bundle.js";
import { group } from "./marks/group.js";
import { markFor } from "./marks/index.js";

/** The seal on a card's corner: how far it sticks out, and its side, px. */
const SEAL = { out: 6, side: 14 };

/** @param {Trace} trace @param {Item} item @returns {import("../types.js").Node} the node whose values an item shows */
export function nodeOf(trace, item) {
  if (item.kind === "node") return trace.nodes[item.node];
  const result = trace.nodes[item.result];
  return item.elements ? { ...bundledNode(trace, item.elements, result), name: null } : result;
}

/** @param {Trace} trace @param {import("../graph/drawing.js").GroupItem} item */
const shownOf = (trace, item) => {
  const { name, turns } = trace.groups[item.group];
  return { id: item.key, name, result: nodeOf(trace, item), turns: turns.length };
};

/** @param {Trace} trace @param {Item} item @param {Context} context @returns {{width: number, height: number}} */
export const sizeOf = (trace, item, context) =>
  item.kind === "group"
    ? group.size(shownOf(trace, item), context)
    : markFor(trace.nodes[item.node]).size(trace.nodes[item.node], context);

/**
 * The area that an item covers, including what is written around it, relative to its centre.
 * @param {Trace} trace @param {Item} item @param {Context} context @param {{width: number, height: number}} size
 * @returns {import("../layout/read.js").Box[]}
 */
export function coversOf(trace, item, context, { width, height }) {
  const own =
    item.kind === "group" ? undefined : markFor(trace.nodes[item.node]).covers?.(trace.nodes[item.node], context);
  return (
    own ?? [
      { x: -width / 2, y: -height / 2, width, height },
      {
        x: width / 2 + SEAL.out - SEAL.side,
        y: height / 2 + SEAL.out - SEAL.side,
        width: SEAL.side,
        height: SEAL.side,
      },
    ]
  );
}

/** @param {Trace} trace @param {Item} item @param {Context} context @returns {Drawn} */
export const drawItem = (trace, item, context) =>
  item.kind === "group"
    ? group.draw(shownOf(trace, item), context)
    : markFor(trace.nodes[item.node]).draw(trace.nodes[item.node], context);

/**
 * @param {Trace} trace @param {Drawing} drawing @param {Context} context @param {import("../layout/dot.js").Direction} direction
 * @returns {LayoutGraph} nodes are items, edges are lines
 */
export function graphOf(trace, drawing, context, direction) {
  return {
    nodes: drawing.items.map((item, i) => {
      const { width, height } = sizeOf(trace, item, context);
      return { key: item.key, width, height, group: drawing.within[i] };
    }),
    edges: drawing.lines.map(({ source, target }) => ({ source, target })),
    groups: drawing.boxes.map((box) => trace.groups[box]),
    direction,
  };
}

/** With this many matrices, printing every number would make the drawing too large to read. */
const CROWD = 8;

/** @param {Trace} trace @param {Drawing} drawing @returns {boolean} */
export const crowded = (trace, drawing) =>
  drawing.items.filter((item) => nodeOf(trace, item).value.flat.length > 4).length >= CROWD;

/**
 * @param {Trace} trace @param {Drawing} drawing @param {import("../types.js").OpTable | null} ops
 * @param {boolean} upright
 * @returns {Context} passed to every mark of this drawing
 */
export const contextFor = (trace, drawing, ops, upright) => ({
  upright,
  curveOf: (node) => ops?.ops.find(({ name }) => name === node.op)?.curve ?? null,
  glyphOf: (node) => drawing.glyphs.get(node.index) ?? node.label,
  output: trace.output,
  curves: ops !== null,
  compact: crowded(trace, drawing),
});

/** @param {Trace} trace @param {number} node @returns {number[] | null} the elements of its only input; null if it has several */
export function inputsOf({ nodes, edges }, node) {
  const [first, second] = nodes[node].ins;
  return first !== undefined && second === undefined ? nodes[edges[first].source].value.flat : null;
}
