/**
 * How far a nudge carries, in the picture: under each node that it reaches, and on each edge for what comes along that edge
 * alone, the change that the gradients of the way predict and the true one. The panel says the same in words.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Tensor} Tensor
 */
import { effect } from "@preact/signals-core";
import { format } from "../format.js";
import { pathOf, pointOn } from "../layout/read.js";
import { isZero } from "../tensor.js";
import { nodeOf } from "./arrange.js";
import { svg } from "./svg.js";

/** Below a node, px. */
const BELOW = 15;
/** Above the middle of an edge, px, where that is long enough. */
const ABOVE = 8;
const LABELLED_FROM = 70;
/** A larger picture has no room under its nodes. */
const MOST = 120;

/** @param {SVGGElement} content @param {Store} store */
export function createNudgeMarks(content, store) {
  const [ways, told] = ["nudge-ways", "nudge-words"].map((name) => svg("g", { class: name, "aria-hidden": "true" }));
  content.append(ways, told);
  effect(() => {
    const [nudged, layout, trace] = [store.nudged.value, store.layout.value, store.actual.value];
    const drawing = store.drawing.value;
    if (!nudged || nudged.trouble || !layout || !drawing || nudged.trace !== trace || layout.drawing.key !== drawing.key || nudged.delta === 0) {
      content.classList.remove("nudged");
      ways.replaceChildren();
      told.replaceChildren();
      return;
    }
    const { items, lines } = drawing;
    const found = items.map((item) => nudged.nodes[nodeOf(nudged.trace, item).index]);
    const reached = found.map((each) => each !== undefined && !(isZero(each.true) && isZero(each.predicted)));
    const along = lines.flatMap(({ source, target }, i) => (reached[source] && reached[target] && layout.curves[i] ? [layout.curves[i]] : []));
    ways.replaceChildren(...along.map((curve) => svg("path", { d: pathOf(curve) })));
    const reaching = items.length > MOST ? [] : items.flatMap((_, i) => (reached[i] && layout.places[i] ? [label(layout.places[i], layout.sizes[i], found[i])] : []));
    const carried = items.length > MOST ? [] : lines.flatMap(({ edges }, i) => {
      const alone = edges.length === 1 ? nudged.edges.get(edges[0]) : undefined;
      return alone && layout.curves[i] && !(isZero(alone.true) && isZero(alone.predicted)) ? onEdge(layout.curves[i], alone) : [];
    });
    told.replaceChildren(...reaching, ...carried);
    content.classList.toggle("nudged", reaching.length > 0);
  });
}

/** @typedef {{predicted: Tensor, true: Tensor}} Change */

/** @param {import("../layout/read.js").Point} place @param {{height: number}} size @param {Change} found under a node */
function label({ x, y }, { height }, found) {
  const text = svg("text", { x: x.toFixed(1), y: (y + height / 2 + BELOW).toFixed(1), class: "nudge-word" }, "Δ ");
  text.append(...words(found));
  return text;
}

/** @param {import("../layout/read.js").Point[]} curve @param {Change} found @returns {SVGTextElement[]} above the middle of an edge, where that has room */
function onEdge(curve, found) {
  const [first, last] = [curve[0], curve[curve.length - 1]];
  if (Math.hypot(last.x - first.x, last.y - first.y) < LABELLED_FROM) return [];
  const { x, y } = pointOn(curve, 0.5);
  const text = svg("text", { x: x.toFixed(1), y: (y - ABOVE).toFixed(1), class: "nudge-word on-edge" });
  text.append(...words(found));
  return [text];
}

/** @param {Change} found both changes, or one where they read alike */
function words(found) {
  const [predicted, real] = [change(found.predicted), change(found.true)];
  if (predicted === real) return [svg("tspan", { class: "both" }, real)];
  return [svg("tspan", { class: "predicted" }, predicted), " ", svg("tspan", { class: "true" }, real)];
}

/** @param {Tensor} tensor @returns {string} with its sign; of several numbers the one that changes most */
export function change({ flat }) {
  const most = flat.reduce((best, x) => (Number.isNaN(x) || Math.abs(x) > Math.abs(best) ? x : best), 0);
  const text = format(most, 3);
  return `${flat.length > 1 ? "max " : ""}${most > 0 ? "+" : ""}${text}`;
}
