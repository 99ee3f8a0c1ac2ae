/**
 * scene = f(frame, layout). Builds the picture once per structure, keeps a reference to everything that may change, and
 * per frame writes to the few elements that the step moves.
 *
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("../layout/read.js").Layout} Layout
 * @typedef {import("./marks/mark.js").Drawn} Drawn
 */
import { computed, effect } from "@preact/signals-core";
import { stretch } from "../layout/read.js";
import { edgeIn, nodeIn } from "../timeline/frame.js";
import { createPulses, drawEdge } from "./edges.js";
import { drawGroup } from "./groups.js";
import { createKeys } from "./keys.js";
import { markFor } from "./marks/index.js";
import { pulseStates } from "./pulses.js";
import { describe } from "./speech.js";
import { svg, writer } from "./svg.js";
import { createViewport } from "./viewport.js";

/** Beyond this many nodes the glow behind a line is left out: it doubles what is painted. */
const PLAIN_FROM = 250;

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
  const viewport = createViewport(surface, content, (scale) => (store.zoom.value = scale));
  const showPulses = createPulses(pulses).update;

  /** @type {{key: string, marks: Drawn[], lines: ReturnType<typeof drawEdge>[]} | null} */
  let drawn = null;
  /** What of the last frame still stands on the screen. @type {{trace: Trace, k: number} | null} */
  let shown = null;

  const context = {
    /** @param {import("../types.js").Node} node */
    curveOf: (node) => store.ops.peek()?.ops.find(({ name }) => name === node.op)?.curve ?? null,
    get output() {
      return store.trace.peek()?.output ?? "";
    },
  };
  const keys = createKeys(surface, store);

  /** @param {Trace} trace @param {Layout} found */
  function build(trace, found) {
    const marks = trace.nodes.map((node) => markFor(node).draw(node, context));
    const lines = found.edges.map(drawEdge);
    marks.forEach(({ element }, i) => {
      element.style.transform = `translate(${found.nodes[i].x.toFixed(1)}px, ${found.nodes[i].y.toFixed(1)}px)`;
      element.dataset.id = trace.nodes[i].id;
    });
    groups.replaceChildren(...trace.groups.flatMap(({ name }, i) => (found.groups[i] ? drawGroup(name, found.groups[i]) : [])));
    edges.replaceChildren(...lines.map(({ element }) => element));
    nodes.replaceChildren(...marks.map(({ element }) => element));
    surface.classList.toggle("plain", trace.nodes.length > PLAIN_FROM);
    keys.attach(marks.map(({ element }) => element), trace);
    drawn = { key: trace.key, marks, lines };
    shown = null;
    viewport.show(found);
  }

  /** @param {Frame} frame */
  function update(frame) {
    if (drawn === null || drawn.key !== frame.trace.key) return;
    const { marks, lines } = drawn;
    const { nodes: all } = frame.trace;
    /** @param {number} i */
    const node = (i) => marks[i].update(all[i], nodeIn(frame, i), inputsOf(frame, i));
    const same = shown !== null && shown.trace === frame.trace && shown.k === frame.k;
    if (same) {
      for (const i of frame.nodes.keys()) node(i);
      for (const [i, state] of frame.edges) lines[i].update(state);
    } else {
      all.forEach((_, i) => node(i));
      lines.forEach((line, i) => line.update(edgeIn(frame, i)));
      keys.describe((i) => describe(all[i], nodeIn(frame, i)));
      shown = { trace: frame.trace, k: frame.k };
    }
    showPulses(store.reducedMotion.peek() ? still(pulseStates(frame, lines)) : pulseStates(frame, lines));
  }

  const structure = computed(() => store.trace.value?.key ?? null);
  const curves = computed(() => store.ops.value !== null);
  async function arrange() {
    const trace = store.trace.peek();
    if (trace === null) return;
    const across = !narrow.matches;
    const graph = {
      nodes: trace.nodes.map((node) => ({ ...markFor(node).size(node, context), group: node.group })),
      edges: trace.edges,
      groups: trace.groups,
      direction: /** @type {import("../layout/dot.js").Direction} */ (across ? "LR" : "TB"),
    };
    host.setAttribute("aria-busy", "true");
    try {
      const found = await layout(graph);
      const { width, height } = viewport.window();
      const latest = store.trace.peek();
      // Only the numbers may have changed while the layout was made.
      if (latest?.key !== trace.key) return;
      build(latest, stretch(found, height / width));
      const frame = store.frame.peek();
      if (frame) update(frame);
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
