/**
 * What a layout needs to suit its window: long chains are wrapped, flat pictures stretched.
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 */
import { stretch } from "./read.js";
import { wrap } from "./wrap.js";

const MOST_STRETCH = 1.6;

/**
 * @param {Layout} layout @param {LayoutGraph} graph
 * @param {{width: number, height: number}} window what of it is free, px
 * @param {number} readable the scale at which the picture can be read
 * @returns {Layout}
 */
export function fit(layout, graph, window, readable) {
  if (layout.final) return layout;
  const wrapped = wrap(layout, graph, window, readable);
  return wrapped === layout ? stretch(layout, graph, window.height / window.width, MOST_STRETCH) : wrapped;
}
