/**
 * Reads Graphviz's JSON into positions, in px with y downwards.
 *
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {object} Layout
 * @property {Point[]} nodes   centres, in the order of the graph
 * @property {Point[][]} edges  cubic spline: start, then three points per segment; in the order of the graph
 * @property {(Box | null)[]} groups
 * @property {number} width
 * @property {number} height
 * @property {import("./dot.js").Direction} direction
 * @property {boolean} [final]  already fitted to its window
 * @property {boolean} [wrapped]  in rows: lines between them run back
 */

import { boxesAround, middleOf, movedLayout } from "./boxes.js";

/**
 * @param {any} json Graphviz "json0"
 * @param {import("./dot.js").LayoutGraph} graph the graph that was sent
 * @returns {Layout}
 */
export function readLayout(json, graph) {
  const [, , width, height] = numbers(json.bb);
  const nodes = /** @type {Point[]} */ (new Array(graph.nodes.length));
  const indexOf = new Map();
  for (const object of json.objects ?? []) {
    // Skip clusters and the invisible points that keep the order.
    if (!/^n\d+$/.test(object.name)) continue;
    const [x, y] = numbers(object.pos);
    const index = Number(object.name.slice(1));
    indexOf.set(object._gvid, index);
    nodes[index] = { x, y: height - y };
  }
  // Parallel edges (a + a) come in the order in which they were sent.
  const waiting = new Map();
  graph.edges.forEach(({ source, target }, i) => {
    const key = `${source}>${target}`;
    waiting.set(key, [...(waiting.get(key) ?? []), i]);
  });
  const edges = /** @type {Point[][]} */ (new Array(graph.edges.length));
  for (const edge of json.edges ?? []) {
    const asked = waiting.get(`${indexOf.get(edge.tail)}>${indexOf.get(edge.head)}`)?.shift();
    if (asked !== undefined) edges[asked] = spline(edge.pos, height);
  }
  return { nodes, edges, groups: boxesAround(nodes, graph), width, height, direction: graph.direction };
}

/**
 * The same layout without empty margins.
 * @param {Layout} layout @param {Pick<import("./dot.js").LayoutGraph, "nodes" | "groups">} graph @returns {Layout}
 */
export function crop(layout, graph) {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const widen = (/** @type {Point} */ { x, y }, halfWidth = 0, halfHeight = 0) => {
    bounds.left = Math.min(bounds.left, x - halfWidth);
    bounds.right = Math.max(bounds.right, x + halfWidth);
    bounds.top = Math.min(bounds.top, y - halfHeight);
    bounds.bottom = Math.max(bounds.bottom, y + halfHeight);
  };
  graph.nodes.forEach(({ width, height }, i) => widen(layout.nodes[i], width / 2, height / 2));
  for (const box of layout.groups) if (box) widen(middleOf(box), box.width / 2, box.height / 2);
  for (const points of layout.edges) for (const point of points) widen(point);
  const move = (/** @type {Point} */ { x, y }) => ({ x: x - bounds.left, y: y - bounds.top });
  const size = { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
  return movedLayout(layout, graph, move, size);
}

/** @param {string} text */
const numbers = (text) => text.split(",").map(Number);

/** @param {string} pos "[e,x,y] x,y x,y ...", the parts before the points are arrow tips @param {number} height */
function spline(pos, height) {
  return pos
    .split(" ")
    .filter((part) => part !== "" && !part.startsWith("e,") && !part.startsWith("s,"))
    .map((part) => {
      const [x, y] = numbers(part);
      return { x, y: height - y };
    });
}

/**
 * Moves the members of each rank apart until the drawing is as tall (or wide) as the window allows. Only the axis
 * across the flow is scaled: edges leave and enter at the middle of a side, so they still meet their nodes.
 * @param {Layout} layout
 * @param {Pick<import("./dot.js").LayoutGraph, "nodes" | "groups">} graph what was laid out
 * @param {number} ratio height / width of the window
 * @param {number} most the largest factor
 * @returns {Layout}
 */
export function stretch(layout, graph, ratio, most = 1.5) {
  const across = layout.direction === "LR";
  const now = layout.height / layout.width;
  const factor = Math.min(most, Math.max(1, across ? ratio / now : now / ratio));
  if (factor < 1.02) return layout;
  const [right, down] = across ? [1, factor] : [factor, 1];
  const size = { width: layout.width * right, height: layout.height * down };
  return movedLayout(layout, graph, ({ x, y }) => ({ x: x * right, y: y * down }), size);
}

/** @param {Point[]} points @returns {string} an SVG path */
export function pathOf([start, ...rest]) {
  const round = (/** @type {number} */ n) => Math.round(n * 10) / 10;
  let d = `M${round(start.x)} ${round(start.y)}`;
  for (let i = 0; i + 2 < rest.length; i += 3) {
    d += `C${rest
      .slice(i, i + 3)
      .map((p) => `${round(p.x)} ${round(p.y)}`)
      .join(" ")}`;
  }
  return d;
}

/**
 * A point of a spline.
 * @param {Point[]} points
 * @param {number} t 0..1
 * @returns {Point}
 */
export function pointOn(points, t) {
  const pieces = (points.length - 1) / 3;
  const at = Math.min(pieces - 1e-9, Math.max(0, t * pieces));
  const first = Math.floor(at) * 3;
  const u = at - Math.floor(at);
  const [a, b, c, d] = points.slice(first, first + 4);
  const v = 1 - u;
  const mix = (/** @type {"x" | "y"} */ k) =>
    v * v * v * a[k] + 3 * v * v * u * b[k] + 3 * v * u * u * c[k] + u * u * u * d[k];
  return { x: mix("x"), y: mix("y") };
}
