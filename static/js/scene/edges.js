/**
 * Edges: a line whose width and colour show its light. During its step it also shows a pulse that carries a number, and
 * the local derivative.
 * @typedef {import("../layout/read.js").Point} Point
 * @typedef {import("../timeline/frame.js").LineState} LineState
 */
import { pathOf } from "../layout/read.js";
import { measured } from "./labels/along.js";
import { LOCAL, localWidth } from "./labels/sizes.js";
import { createPool, svg, textWidth, writer } from "./svg.js";

/** Baseline of a shape label below its middle, px. */
const SHAPE_BASELINE = 3.5;

/**
 * @param {string} [label] the shape of the value; shown while the edge has no other label
 * @returns
 *   {{element: SVGGElement, shape: (points: Point[]) => void, say: (at: Point | null) => void, update: (state: LineState) => void, at: ((t: number) => Point) | null}}
 *   say: places the label, or hides it (null); at: the point at a fraction of the length, 0 at the source
 */
export function drawEdge(label = "") {
  const paths = [
    svg("path", { class: "glow" }),
    svg("path", { class: "line" }),
    svg("path", { class: "light", pathLength: 1 }),
  ];
  const words = label ? svg("text", { class: "edge-shape" }, label) : null;
  const element = svg("g", { class: "edge" }, ...paths, ...(words ? [words] : []));
  const look = writer(element);
  /** @type {import("./labels/along.js").Along} */
  let along;
  return {
    element,
    shape(points) {
      along = measured(points);
      const d = pathOf(points);
      for (const path of paths) path.setAttribute("d", d);
    },
    say(at) {
      words?.setAttribute("visibility", at === null ? "hidden" : "inherit");
      if (at) words?.setAttribute("transform", `translate(${at.x.toFixed(1)} ${(at.y + SHAPE_BASELINE).toFixed(1)})`);
    },
    update(state) {
      // Light follows the pulse: only the part behind it is lit.
      const travelling = state.active === "backward" && state.pulse !== null;
      look.attr(
        "class",
        `edge look-${state.look}${state.active ? ` active ${state.active}` : ""}${travelling ? " travelling" : ""}`,
      );
      if (travelling) look.prop("--from", (state.pulse ?? 0).toFixed(3));
      look.prop("--level", state.level.toFixed(3));
    },
    at: (t) => along.at(t),
  };
}

/** @typedef {ReturnType<typeof drawEdge>} DrawnEdge */

/** @returns {DrawnEdge} an edge for which another one is drawn: nothing to see, and no pulse */
export const noEdge = () => ({
  element: svg("g", { class: "edge" }),
  shape() {},
  say() {},
  update() {},
  at: null,
});

/** @param {SVGGElement} layer @returns {(states: PulseState[]) => void} */
export const createPulses = (layer) => createPool(layer, makePulse);

/**
 * @typedef {object} PulseState
 * @property {"forward" | "backward"} way
 * @property {Point | null} at  the pulse's position; null: none
 * @property {string} carries
 * @property {boolean} covered  the number is to be predicted
 * @property {boolean} dark     it carries only zeros, and zero gives no light
 * @property {{text: string, at: Point} | null} local  the local derivative and its position
 */

/** Size of a pulse without a number, and padding around a number, px. */
const DOT = 14;
const PILL = { size: 13, height: 22, pad: 8 };

function makePulse() {
  // The number travels inside the pulse; beside it, it would cover nodes and other numbers.
  const glow = svg("rect", { class: "pulse-glow" });
  const pill = svg("rect", { class: "pulse-dot" });
  const text = svg("text", { class: "carries", y: 4.5 });
  const dot = svg("g", { class: "pulse" }, glow, pill, text);
  const plate = svg("rect", { class: "plate", y: -LOCAL.height / 2, height: LOCAL.height, rx: LOCAL.height / 2 });
  const label = svg("text", { class: "local", y: 5 });
  const bead = svg("g", { class: "bead" }, plate, label);
  // The pulse passes below the label of the local derivative: one number goes in, another comes out.
  const element = svg("g", {}, dot, bead);
  const [group, pulse, halo, body, words, place, ground, local] = [
    element,
    dot,
    glow,
    pill,
    text,
    bead,
    plate,
    label,
  ].map(writer);
  /** @param {ReturnType<typeof writer>} rect @param {number} width @param {number} height */
  const box = (rect, width, height) => {
    for (const [name, size] of /** @type {const} */ ([
      ["x", -width / 2],
      ["y", -height / 2],
      ["width", width],
      ["height", height],
      ["rx", height / 2],
    ])) {
      rect.attr(name, size.toFixed(1));
    }
  };
  return {
    element,
    /** @param {PulseState | null} state */
    update(state) {
      group.attr("visibility", state === null ? "hidden" : "visible");
      if (state === null) {
        for (const part of [pulse, place]) part.attr("visibility", "hidden");
        return;
      }
      group.attr("class", `${state.way}${state.dark ? " dark" : ""}${state.covered ? " covered" : ""}`);
      pulse.attr("visibility", state.at ? "inherit" : "hidden");
      if (state.at) {
        const height = state.carries ? PILL.height : DOT;
        const width = state.carries ? Math.max(height, textWidth(state.carries, PILL.size, 700) + 2 * PILL.pad) : DOT;
        box(body, width, height);
        box(halo, width + 12, height + 12);
        words.text(state.carries);
        // Move by transform only: changing a text's attributes would lay it out again in every frame.
        pulse.prop("transform", `translate(${state.at.x.toFixed(1)}px, ${state.at.y.toFixed(1)}px)`);
      }
      place.attr("visibility", state.local ? "inherit" : "hidden");
      if (state.local === null) return;
      const { text: factor, at } = state.local;
      place.attr("transform", `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
      const width = localWidth(factor);
      ground.attr("width", width.toFixed(1));
      ground.attr("x", (-width / 2).toFixed(1));
      local.text(factor);
    },
  };
}
