/**
 * scene = f(frame, layout). Builds the picture once per structure, keeps a reference to everything that may change, and
 * per frame writes to the few elements that the step moves.
 *
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("../layout/read.js").Layout} Layout
 * @typedef {import("./marks/mark.js").Drawn} Drawn
 * @typedef {import("./marks/mark.js").Context} Context
 * @typedef {ReturnType<typeof fold>} Drawing
 */
import { computed, effect } from "@preact/signals-core";
import { stretch } from "../layout/read.js";
import { edgeIn, movedBetween, nodeIn } from "../timeline/frame.js";
import { createPulses, drawEdge } from "./edges.js";
import { fold } from "./fold.js";
import { drawGroup } from "./groups.js";
import { createKeys } from "./keys.js";
import { markFor } from "./marks/index.js";
import { pulseStates } from "./pulses.js";
import { describe } from "./speech.js";
import { svg, writer } from "./svg.js";
import { createViewport } from "./viewport.js";

/** Beyond this many nodes nothing is blurred: soft light costs more than it shows. */
const PLAIN_FROM = 120;

/** What of the picture is seen around a step that the view follows, px, and how long the way there takes, ms. */
const AROUND = 130;
const FLIGHT = 350;
/** What nobody can read any more is not painted: numbers go before names. Class and the scale below which it holds. */
const DETAIL = /** @type {const} */ ([["far", 0.26], ["farther", 0.13]]);

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {(graph: import("../layout/dot.js").LayoutGraph) => Promise<Layout>} layout
 * @param {MediaQueryList} narrow
 */
export function createScene(host, store, layout, narrow) {
  const [groups, edges, nodes, pulses] = ["groups", "edges", "nodes", "pulses"].map((name) => svg("g", { class: name }));
  const content = svg("g", { class: "content" }, groups, edges, nodes, pulses);
  const surface = svg("svg", { class: "surface", role: "group", "aria-label": "Computation graph" }, stripes(), content);
  host.append(surface);
  const showPulses = createPulses(pulses).update;
  const keys = createKeys(surface, store, narrow);

  /** @type {{trace: Trace, graph: import("../layout/dot.js").LayoutGraph, found: Layout, drawing: Drawing} | null} */
  let arranged = null;
  /** @type {{key: string, marks: Map<number, Drawn>, lines: Map<number, ReturnType<typeof drawEdge>>, places: Map<number, import("../layout/read.js").Point>} | null} */
  let drawn = null;
  /** What of the last frame still stands on the screen. @type {{trace: Trace, k: number} | null} */
  let shown = null;
  const viewport = createViewport(host, surface, content, {
    onScale: (scale) => {
      store.zoom.value = scale;
      for (const [name, below] of DETAIL) surface.classList.toggle(name, scale < below);
    },
    onResize: () => arranged && build(),
  });

  /** @param {Trace} trace @param {Drawing} drawing @returns {Context} */
  const contextOf = (trace, { glyphs }) => ({
    curveOf: (node) => store.ops.peek()?.ops.find(({ name }) => name === node.op)?.curve ?? null,
    glyphOf: (node) => glyphs.get(node.index) ?? node.label,
    output: trace.output,
  });

  function build() {
    if (arranged === null) return;
    const { trace, graph, found, drawing } = arranged;
    const { width, height } = viewport.size();
    const places = trace.nodes.length > PLAIN_FROM ? found : stretch(found, graph, height / width, 1.6);
    const context = contextOf(trace, drawing);
    const marks = new Map(drawing.shown.map((i) => [i, markFor(trace.nodes[i]).draw(trace.nodes[i], context)]));
    const lines = new Map(drawing.lines.map((i, at) => [i, drawEdge(places.edges[at])]));
    drawing.shown.forEach((i, at) => {
      const { element } = /** @type {Drawn} */ (marks.get(i));
      const { x, y } = places.nodes[at];
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      element.dataset.id = trace.nodes[i].id;
    });
    groups.replaceChildren(...trace.groups.flatMap(({ name }, i) => (places.groups[i] ? drawGroup(name, places.groups[i]) : [])));
    edges.replaceChildren(...[...lines.values()].map(({ element }) => element));
    nodes.replaceChildren(...[...marks.values()].map(({ element }) => element));
    surface.classList.toggle("plain", marks.size > PLAIN_FROM);
    keys.attach(new Map([...marks].map(([i, { element }]) => [i, element])), trace);
    drawn = { key: trace.key, marks, lines, places: new Map(drawing.shown.map((i, at) => [i, places.nodes[at]])) };
    shown = null;
    viewport.show(places);
    const frame = store.frame.peek();
    if (frame) update(frame);
  }

  /** @param {Frame} frame */
  function update(frame) {
    if (drawn === null || drawn.key !== frame.trace.key) return;
    const { marks, lines } = drawn;
    const { nodes: all } = frame.trace;
    const { trace, cues, k } = frame;
    const moved =
      shown !== null && shown.trace === trace
        ? movedBetween(trace, cues, shown.k, k)
        : { nodes: marks.keys(), edges: lines.keys() };
    for (const i of moved.nodes) {
      const state = nodeIn(frame, i);
      marks.get(i)?.update(all[i], state, inputsOf(frame, i));
      if (shown === null || shown.trace !== trace || shown.k !== k) keys.describe(i, describe(all[i], state));
    }
    for (const i of moved.edges) lines.get(i)?.update(edgeIn(frame, i));
    shown = { trace, k };
    const states = pulseStates(frame, lines);
    showPulses(store.reducedMotion.peek() ? still(states) : states);
  }

  /** Brings the nodes of the current step, and what they exchange, into the middle. */
  function follow() {
    const frame = store.frame.peek();
    if (drawn === null || frame === null || drawn.key !== frame.trace.key) return;
    const { trace, step } = frame;
    const there = [step.node, ...trace.nodes[step.node].ins.map((edge) => trace.edges[edge].source)].flatMap((i) => drawn?.places.get(i) ?? []);
    const [xs, ys] = [there.map(({ x }) => x), there.map(({ y }) => y)];
    viewport.goTo(
      { left: Math.min(...xs) - AROUND, right: Math.max(...xs) + AROUND, top: Math.min(...ys) - AROUND, bottom: Math.max(...ys) + AROUND },
      store.reducedMotion.peek() ? 0 : FLIGHT,
    );
  }

  const structure = computed(() => store.trace.value?.key ?? null);
  const curves = computed(() => store.ops.value !== null);
  async function arrange() {
    const trace = store.trace.peek();
    if (trace === null) return;
    const drawing = fold(trace);
    const context = contextOf(trace, drawing);
    const at = new Map(drawing.shown.map((i, place) => [i, place]));
    const graph = {
      nodes: drawing.shown.map((i) => ({ ...markFor(trace.nodes[i]).size(trace.nodes[i], context), group: trace.nodes[i].group })),
      edges: drawing.lines.map((i) => {
        const { source, target } = trace.edges[i];
        return { source: /** @type {number} */ (at.get(source)), target: /** @type {number} */ (at.get(target)) };
      }),
      groups: trace.groups,
      direction: /** @type {import("../layout/dot.js").Direction} */ (narrow.matches ? "TB" : "LR"),
    };
    host.setAttribute("aria-busy", "true");
    try {
      const found = await layout(graph);
      arranged = { trace, graph, found, drawing };
      // A newer structure has its own layout under way, which takes this one's place.
      if (store.trace.peek()?.key === trace.key) build();
      host.removeAttribute("aria-busy");
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    }
  }

  effect(() => {
    if (structure.value !== null && curves.value) void arrange();
  });
  effect(() => {
    if (store.frame.value) update(store.frame.value);
  });
  const stage = writer(host);
  effect(() => stage.attr("data-current", String(store.current.value)));
  let asked = 0;
  effect(() => {
    const { what, count } = store.view.value;
    if (count === asked) return;
    asked = count;
    if (what === "fit") viewport.fit();
    else if (what === "actual") viewport.actual();
    else viewport.by(what === "in" ? 1.25 : 0.8);
  });
  effect(() => {
    void store.step.value;
    if (store.follow.value) follow();
  });
  effect(() => keys.select(store.selection.value));
  narrow.addEventListener("change", () => void arrange());
}

/** @param {Frame} frame @param {number} i @returns {number[] | null} */
function inputsOf({ trace }, i) {
  const [first, second] = trace.nodes[i].ins;
  return first !== undefined && second === undefined ? trace.nodes[trace.edges[first].source].value.flat : null;
}

/** @param {import("./edges.js").PulseState[]} states without what moves */
const still = (states) => states.map((state) => ({ ...state, at: null }));

function stripes() {
  const pattern = svg(
    "pattern",
    { id: "stripes", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 4, height: 8, class: "stripe" }),
  );
  return svg("defs", {}, pattern);
}
