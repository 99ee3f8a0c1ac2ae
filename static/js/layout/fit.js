/**
 * Fits a layout to its window: wraps long chains, stretches flat drawings, and widens the gaps between ranks if asked.
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 */
import { stretch } from "./read.js";
import { spaceRanks } from "./rank_spacing.js";
import { wrap } from "./wrap.js";

const MOST_STRETCH = 1.6;

/**
 * @param {Layout} layout @param {LayoutGraph} graph
 * @param {{width: number, height: number}} window  its free area, px
 * @param {number} readable  the smallest scale at which the drawing is legible
 * @param {{largest: number, most: number} | null} [apart]  largest: maximum scale; most: maximum factor for a gap
 *   between ranks
 * @returns {Layout}
 */
export function fit(layout, graph, window, readable, apart = null) {
  if (layout.final) return layout;
  const wrapped = graph.whole ? layout : wrap(layout, graph, window, readable);
  if (wrapped !== layout) return wrapped;
  const stretched = stretch(layout, graph, window.height / window.width, MOST_STRETCH);
  return apart === null ? stretched : spaceRanks(stretched, graph, window, apart.largest, apart.most);
}
