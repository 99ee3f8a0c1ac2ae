/**
 * Moves ranks apart along the flow when the drawing is narrower than its window, so that labels fit on short edges.
 * Only the gaps between ranks grow; positions within a rank do not change.
 * @typedef {import("./read.js").Layout} Layout
 */
import { movedLayout } from "./boxes.js";

/**
 * @param {Layout} layout
 * @param {Pick<import("./dot.js").LayoutGraph, "nodes" | "groups">} graph what was laid out
 * @param {{width: number, height: number}} window px
 * @param {number} largest  the largest scale at which it is shown
 * @param {number} most the largest factor for a gap
 * @returns {Layout} the same object if there is no room or no gap
 */
export function spaceRanks(layout, graph, window, largest, most) {
  if (layout.direction !== "LR") return layout;
  const room = window.width / Math.min(largest, window.height / layout.height) - layout.width;
  const gaps = gapsOf(layout, graph);
  const all = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const factor = Math.min(most, 1 + room / (all || 1));
  if (factor < 1.02 || all === 0) return layout;
  /** @param {number} x */
  const move = (x) =>
    gaps.reduce((at, { from, to }) => at + (factor - 1) * (Math.min(to, Math.max(from, x)) - from), x);
  const size = { width: layout.width + (factor - 1) * all, height: layout.height };
  return movedLayout(layout, graph, ({ x, y }) => ({ x: move(x), y }), size);
}

/**
 * The gaps not covered by any node or box, from left to right.
 * @param {Layout} layout @param {Pick<import("./dot.js").LayoutGraph, "nodes">} graph
 */
export function gapsOf(layout, { nodes }) {
  const spans = [
    ...nodes.map(({ width }, i) => ({ left: layout.nodes[i].x - width / 2, right: layout.nodes[i].x + width / 2 })),
    ...layout.groups.flatMap((box) => (box ? [{ left: box.x, right: box.x + box.width }] : [])),
  ].sort((a, b) => a.left - b.left);
  /** @type {{from: number, to: number}[]} */
  const gaps = [];
  let reach = spans[0]?.right ?? 0;
  for (const { left, right } of spans) {
    if (left > reach) gaps.push({ from: reach, to: left });
    reach = Math.max(reach, right);
  }
  return gaps;
}
