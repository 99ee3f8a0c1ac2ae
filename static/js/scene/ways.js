/**
 * The ways in which a drawing may run: from left to right, and, where that is too long for its window, from top to
 * bottom. A long chain that runs down keeps its direction; wrapped into rows, its lines have to run back.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../graph/drawing.js").Drawing} Drawing
 * @typedef {import("../layout/read.js").Layout} Layout
 * @typedef {import("../layout/dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./marks/mark.js").Context} Context
 * @typedef {{width: number, height: number}} Size
 * @typedef {object} Way
 * @property {Context} context
 * @property {LayoutGraph} graph  all items
 * @property {LayoutGraph} core   what is laid out: all but satellites and trunks
 * @property {(layout: Layout) => Layout} expanded  from the core's layout to that of all items
 * @typedef {Way & {found: Layout}} Found  as laid out
 */
import { fit } from "../layout/fit.js";
import { withoutSatellites } from "../layout/satellites.js";
import { withoutTrunks } from "../layout/trunks.js";
import { clarity } from "../layout/wrap.js";
import { graphOf } from "./arrange.js";

/** Above this many items a drawing cannot be read at once, however it fits its window. */
const UNFITTED_FROM = 300;
/** How much smaller a large program's drawing may be for the sake of running one way, where its names are read. */
const WORTH = 0.45;
/** Smallest scale at which names are read. */
const NAMES = 0.28;

/** @param {Trace} trace @param {Drawing} drawing @param {Context} context @returns {Way} */
export function wayOf(trace, drawing, context) {
  const graph = graphOf(trace, drawing, context);
  const beside = withoutSatellites(graph);
  const along = withoutTrunks(beside.core);
  return { context, graph, core: along.core, expanded: (layout) => beside.expanded(along.expanded(layout)) };
}

/**
 * @param {Layout} layout
 * @param {Size} window
 * @param {number} readable
 * @returns {boolean} whether it would be wrapped, or illegible
 */
export const tooLong = (layout, window, readable) =>
  layout.direction === "LR" && !layout.final && scaleIn(layout, window) < readable;

/**
 * The best way for a window: the largest, or one that is not wrapped, unless it is much smaller.
 * @param {Found[]} ways at least one @param {Size} window
 * @param {number} readable  the smallest legible scale
 * @param {{largest: number, most: number} | null} apart  see `fit`
 * @returns {{way: Found, places: Layout}}
 */
export function bestWay(ways, window, readable, apart) {
  const oneWay = Math.max(...ways.map(({ found }) => scaleIn(found, window)));
  const fitted = ways.flatMap((way) => {
    const { found, core, context } = way;
    const whole = core.nodes.length > UNFITTED_FROM ? found : fit(found, core, window, readable, apart);
    const scale = scaleIn(whole, window);
    if (!whole.wrapped) return [{ way, whole, worth: scale }];
    const clear = clarity(whole, core);
    return [
      { way, whole, worth: scale * Math.min(clear, context.large && oneWay >= NAMES ? WORTH : 1) },
      { way, whole: found, worth: scaleIn(found, window) },
    ];
  });
  const { way, whole } = fitted.reduce((best, next) => (next.worth > best.worth ? next : best));
  return { way, places: way.expanded(whole) };
}

/** @param {Size} picture @param {Size} window */
const scaleIn = (picture, window) => Math.min(window.width / picture.width, window.height / picture.height);
