/**
 * How far a nudge carries, in the picture: the edges that it goes along, and under each node that it reaches the change
 * that the gradients of the way predict and the true one. The panel says the same in words.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Tensor} Tensor
 */
import { effect } from "@preact/signals-core";
import { format } from "../format.js";
import { pathOf } from "../layout/read.js";
import { isZero } from "../tensor.js";
import { nodeOf } from "./arrange.js";
import { svg } from "./svg.js";

/** Below a node, px. */
const BELOW = 15;
/** A larger picture has no room under its nodes. */
const MOST = 120;

/** @param {SVGGElement} content @param {Store} store */
export function createNudgeMarks(content, store) {
  const [ways, words] = ["nudge-ways", "nudge-words"].map((name) => svg("g", { class: name, "aria-hidden": "true" }));
  content.append(ways, words);
  effect(() => {
    const [nudged, layout, trace] = [store.nudged.value, store.layout.value, store.actual.value];
    const drawing = store.drawing.value;
    if (!nudged || nudged.trouble || !layout || !drawing || nudged.trace !== trace || layout.drawing.key !== drawing.key || nudged.delta === 0) {
      content.classList.remove("nudged");
      ways.replaceChildren();
      words.replaceChildren();
      return;
    }
    const { items, lines } = drawing;
    const found = items.map((item) => nudged.nodes[nodeOf(nudged.trace, item).index]);
    const reached = found.map((each) => each !== undefined && !(isZero(each.true) && isZero(each.predicted)));
    const along = lines.flatMap(({ source, target }, i) => (reached[source] && reached[target] && layout.curves[i] ? [layout.curves[i]] : []));
    ways.replaceChildren(...along.map((curve) => svg("path", { d: pathOf(curve) })));
    const told = items.length > MOST ? [] : items.flatMap((_, i) => (reached[i] && layout.places[i] ? [label(layout.places[i], layout.sizes[i], found[i])] : []));
    words.replaceChildren(...told);
    content.classList.toggle("nudged", told.length > 0);
  });
}

/**
 * @param {import("../layout/read.js").Point} place @param {{height: number}} size
 * @param {{predicted: Tensor, true: Tensor}} found
 */
function label({ x, y }, { height }, found) {
  const [predicted, real] = [change(found.predicted), change(found.true)];
  const text = svg("text", { x: x.toFixed(1), y: (y + height / 2 + BELOW).toFixed(1), class: "nudge-word" }, "Δ ");
  if (predicted === real) text.append(svg("tspan", { class: "both" }, real));
  else text.append(svg("tspan", { class: "predicted" }, predicted), " ", svg("tspan", { class: "true" }, real));
  return text;
}

/** @param {Tensor} tensor @returns {string} with its sign; of several numbers the one that changes most */
export function change({ flat }) {
  const most = flat.reduce((best, x) => (Number.isNaN(x) || Math.abs(x) > Math.abs(best) ? x : best), 0);
  const text = format(most, 3);
  return `${flat.length > 1 ? "max " : ""}${most > 0 ? "+" : ""}${text}`;
}
