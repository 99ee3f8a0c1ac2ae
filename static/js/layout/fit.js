/**
 * What a layout needs to suit its window: long chains are wrapped, flat pictures stretched, narrow ones spread where that is wanted.
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 */
import { stretch } from "./read.js";
import { spaceRanks } from "./rank_spacing.js";
import { wrap } from "./wrap.js";

const MOST_STRETCH = 1.6;

/**
 * @param {Layout} layout @param {LayoutGraph} graph
 * @param {{width: number, height: number}} window what of it is free, px
 * @param {number} readable the scale at which the picture can be read
 * @param {{largest: number, most: number} | null} [apart]  the largest scale, and how much a gap between ranks may grow
 * @returns {Layout}
 */
export function fit(layout, graph, window, readable, apart = null) {
  if (layout.final) return layout;
  const wrapped = wrap(layout, graph, window, readable);
  if (wrapped !== layout) return wrapped;
  const stretched = stretch(layout, graph, window.height / window.width, MOST_STRETCH);
  return apart === null ? stretched : spaceRanks(stretched, graph, window, apart.largest, apart.most);
}
