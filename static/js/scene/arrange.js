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
import { satellite } from "./marks/satellite.js";

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
  const { name, turns, kind } = trace.groups[item.group];
  const of = kind === "repeat" || (kind === "beside" && item.elements === null) ? turns.length : 0;
  return { id: item.key, name, result: nodeOf(trace, item), turns: of, turn: kind === "turn" };
};

/**
 * How an item is drawn: its mark, bound to what it shows.
 * @param {Trace} trace @param {Item} item @param {Context} context
 * @returns
 *   {{size: () => {width: number, height: number}, draw: () => Drawn, covers?: () => import("../layout/read.js").Box[] | undefined}}
 */
function formOf(trace, item, context) {
  if (item.kind === "group") {
    const shown = shownOf(trace, item);
    return { size: () => group.size(shown, context), draw: () => group.draw(shown, context) };
  }
  const node = trace.nodes[item.node];
  const beside = context.satellites.get(item);
  if (beside) return { size: () => satellite.size(node, beside), draw: () => satellite.draw(node, beside) };
  const mark = markFor(node);
  return {
    size: () => mark.size(node, context),
    draw: () => mark.draw(node, context),
    covers: () => mark.covers?.(node, context),
  };
}

/** @param {Trace} trace @param {Item} item @param {Context} context @returns {{width: number, height: number}} */
export const sizeOf = (trace, item, context) => formOf(trace, item, context).size();

/**
 * The area that an item covers, including what is written around it, relative to its centre.
 * @param {Trace} trace @param {Item} item @param {Context} context @param {{width: number, height: number}} size
 * @returns {import("../layout/read.js").Box[]}
 */
export const coversOf = (trace, item, context, { width, height }) =>
  formOf(trace, item, context).covers?.() ?? [
    { x: -width / 2, y: -height / 2, width, height },
    {
      x: width / 2 + SEAL.out - SEAL.side,
      y: height / 2 + SEAL.out - SEAL.side,
      width: SEAL.side,
      height: SEAL.side,
    },
  ];

/** @param {Trace} trace @param {Item} item @param {Context} context @returns {Drawn} */
export const drawItem = (trace, item, context) => formOf(trace, item, context).draw();

/**
 * @param {Trace} trace @param {Drawing} drawing @param {Context} context
 * @returns {LayoutGraph} nodes are items, edges are lines
 */
export function graphOf(trace, drawing, context) {
  return {
    nodes: drawing.items.map((item, i) => {
      const { width, height } = sizeOf(trace, item, context);
      const node = { key: item.key, width, height, group: drawing.within[i] };
      const beside = context.satellites.get(item);
      if (beside === undefined) return node;
      return beside.host === null ? { ...node, shared: beside.shared } : { ...node, host: beside.host };
    }),
    edges: drawing.lines.map(({ source, target }) => ({ source, target })),
    groups: drawing.boxes.map((box) => trace.groups[box]),
    direction: context.upright ? "TB" : "LR",
    close: context.upright && context.large,
  };
}

/** Above this many turns side by side, each is its name and its light: they are compared, not read. */
const MANY_TURNS = 8;

/** With this many matrices, printing every number would make the drawing too large to read. */
const CROWD = 8;

/** @param {Trace} trace @param {Drawing} drawing @returns {boolean} */
export const crowded = (trace, drawing) =>
  drawing.items.filter((item) => nodeOf(trace, item).value.flat.length > 4).length >= CROWD;

/**
 * @param {Trace} trace @param {Drawing} drawing @param {import("../types.js").OpTable | null} ops
 * @param {boolean} upright @param {boolean} large @param {import("../graph/satellites.js").Satellites} satellites
 * @returns {Context} passed to every mark of this drawing
 */
export const contextFor = (trace, drawing, ops, upright, large, satellites) => ({
  upright,
  large,
  curveOf: (node) => ops?.ops.find(({ name }) => name === node.op)?.curve ?? null,
  glyphOf: (node) => drawing.glyphs.get(node.index) ?? node.label,
  output: trace.output,
  curves: ops !== null,
  compact: crowded(trace, drawing),
  brief:
    drawing.items.filter((item) => item.kind === "group" && trace.groups[item.group].kind === "turn").length >
    MANY_TURNS,
  satellites,
});

/**
 * @param {Trace} trace
 * @param {number} node
 * @returns {number[] | null} the elements of its only input; null if it has several
 */
export function inputsOf({ nodes, edges }, node) {
  const [first, second] = nodes[node].ins;
  return first !== undefined && second === undefined ? nodes[edges[first].source].value.flat : null;
}
