/**
 * The effect of a nudge in the drawing: beside each node that it reaches, and on each edge for the change that arrives
 * along that edge alone, the predicted change and the true one. The panel says the same in words.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {{predicted: Tensor, true: Tensor}} Change
 */
import { effect } from "@preact/signals-core";
import { format } from "../words/format.js";
import { pathOf } from "../layout/read.js";
import { isSingle, isZero } from "../trace/tensor.js";
import { nodeOf } from "./arrange.js";
import { placesAlong, placesAround } from "./labels/along.js";
import { createPlacing } from "./labels/placing.js";
import { CHANGE, changeRoom, changeSize, contributionRoom, contributionSize, leftIn } from "./labels/sizes.js";
import { svg } from "./svg.js";

/** Most items in a drawing that has room for these labels. */
const MOST = 120;
/** Length of an edge that must stay visible beside its label, px. */
const ON_EDGE = { seen: 16 };

/**
 * @param {{content: SVGGElement, over: SVGGElement}} layers  over: what moves along the edges
 * @param {Store} store
 * @param {() => import("./picture.js").Drawn | null} drawn
 */
export function createNudgeMarks({ content, over }, store, drawn) {
  const [ways, labelLayer] = ["nudge-ways", "nudge-words"].map((name) =>
    svg("g", { class: name, "aria-hidden": "true" }),
  );
  content.append(ways, labelLayer);
  effect(() => {
    const [nudged, layout, trace, drawing] = [
      store.nudged.value,
      store.layout.value,
      store.fullTrace.value,
      store.drawing.value,
    ];
    const picture = drawn();
    const shown =
      nudged &&
      !nudged.trouble &&
      nudged.trace === trace &&
      nudged.delta !== 0 &&
      layout &&
      drawing &&
      layout.drawing.key === drawing.key &&
      picture?.drawing.key === drawing.key;
    if (!shown) {
      for (const { classList } of [content, over]) classList.remove("nudged");
      ways.replaceChildren();
      labelLayer.replaceChildren();
      return;
    }
    const { items, lines } = drawing;
    const moved = items
      .map((item) => nudged.nodes[nodeOf(nudged.trace, item).index])
      .map((change) => (change && moves(change) ? change : null));
    ways.replaceChildren(
      ...lines.flatMap(({ source, target }, i) =>
        moved[source] && moved[target] ? [svg("path", { d: pathOf(layout.curves[i]) })] : [],
      ),
    );
    const alone = lines
      .map(({ edges }) => (edges.length === 1 ? (nudged.edges.get(edges[0]) ?? null) : null))
      .map((change) => (change && moves(change) ? change : null));
    labelLayer.replaceChildren(...(items.length > MOST ? [] : labels(picture, moved, alone)));
    for (const { classList } of [content, over]) classList.toggle("nudged", labelLayer.childElementCount > 0);
  });
}

/** @param {Change} change */
const moves = (change) => !(isZero(change.true) && isZero(change.predicted));

/**
 * Labels are placed by importance: first the change of each node, then the changes that add up to it, then those that
 * only repeat it.
 * @param {import("./picture.js").Drawn} picture
 * @param {(Change | null)[]} moved by item
 * @param {(Change | null)[]} alone by line
 */
function labels({ drawing, surroundings }, moved, alone) {
  const { covers, along, ...obstacles } = surroundings();
  const place = createPlacing(obstacles, () => true);
  const nodes = moved.flatMap((change, i) => {
    if (change === null) return [];
    const said = words(change);
    const room = changeRoom(textsOf(said), isSingle(change.true));
    const at = place(placesAround(covers[i], room));
    return at ? [nodeLabel(said, at)] : [];
  });
  const coming = drawing.items.map(
    (_, i) => alone.filter((change, line) => change !== null && drawing.lines[line].target === i).length,
  );
  const order = [...alone.keys()].filter((line) => alone[line] !== null);
  order.sort((a, b) => Number(coming[drawing.lines[b].target] > 1) - Number(coming[drawing.lines[a].target] > 1));
  const edges = order.flatMap((line) => {
    const change = /** @type {Change} */ (alone[line]);
    const said = words(change);
    const room = contributionRoom(textsOf(said), isSingle(change.true));
    const at = place(placesAlong(along[line], room, ON_EDGE), line);
    return at ? [edgeLabel(said, at)] : [];
  });
  return [...edges, ...nodes];
}

/** @typedef {{text: string, of: "both" | "predicted" | "true"}[]} Said */

/**
 * @param {Change} found
 * @returns {Said} both changes, or one if they read the same; for an array, of the element that changes most
 */
function words(found) {
  const [predicted, real] = [change(found.predicted), change(found.true)];
  const most = isSingle(found.true) ? "" : "max ";
  return predicted === real
    ? [{ text: most + real, of: "both" }]
    : [
        { text: most + predicted, of: "predicted" },
        { text: real, of: "true" },
      ];
}

/** @param {Said} said */
const textsOf = (said) => said.map(({ text }) => text);

/** @param {Said} said @param {import("./labels/along.js").Spot} at */
function nodeLabel(said, at) {
  const { width, height } = changeSize(textsOf(said));
  const left = leftIn(at, width);
  const spans = said.flatMap(({ text, of }) => [" ", svg("tspan", { class: of }, text)]);
  return svg(
    "g",
    { class: "nudge-word", transform: `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})` },
    svg("rect", { class: "ground", x: left, y: -height / 2, width, height, rx: 5 }),
    svg("text", { x: left + width / 2, y: (CHANGE.node * 0.36).toFixed(1) }, "Δ", ...spans),
  );
}

/** @param {Said} said @param {import("../layout/read.js").Point} at predicted above true, on a background */
function edgeLabel(said, { x, y }) {
  const { width, height } = contributionSize(textsOf(said));
  const lines = said.map(({ text, of }, i) =>
    svg(
      "tspan",
      { class: of, x: 0, y: ((i - (said.length - 1) / 2) * CHANGE.line + CHANGE.edge * 0.36).toFixed(1) },
      text,
    ),
  );
  return svg(
    "g",
    { class: "nudge-word on-edge", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    svg("rect", { class: "plate", x: -width / 2, y: -height / 2, width, height, rx: 8 }),
    svg("text", {}, ...lines),
  );
}

/** @param {Tensor} tensor @returns {string} with its sign; for an array, the element that changes most */
export function change({ flat }) {
  const most = flat.reduce((best, x) => (Number.isNaN(x) || Math.abs(x) > Math.abs(best) ? x : best), 0);
  const text = format(most, 3);
  return `${most > 0 ? "+" : ""}${text}`;
}
