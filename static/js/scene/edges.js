/**
 * Edges: a line whose width and colour are its light, and, while it belongs to the step, a pulse that carries a number
 * and the local derivative that stands on it.
 * @typedef {import("../layout/read.js").Point} Point
 * @typedef {import("../timeline/frame.js").EdgeState} EdgeState
 */
import { pathOf, pointOn } from "../layout/read.js";
import { svg, writer } from "./svg.js";

/** Points per spline: enough to look smooth, found once per edge and only when its turn comes. */
const SAMPLES = 40;

/**
 * @param {Point[]} points
 * @returns {{element: SVGGElement, update: (state: EdgeState) => void, at: (t: number) => Point}} at: by length, 0 at the source
 */
export function drawEdge(points) {
  const d = pathOf(points);
  const element = svg("g", { class: "edge" }, svg("path", { class: "glow", d }), svg("path", { class: "line", d }));
  const look = writer(element);
  /** @type {{point: Point, length: number}[] | null} */
  let samples = null;
  return {
    element,
    update(state) {
      look.attr("class", `edge look-${state.look}${state.active ? ` active ${state.active}` : ""}`);
      look.prop("--level", state.level.toFixed(3));
    },
    at(t) {
      samples ??= measure(points);
      const total = samples[SAMPLES].length;
      const wanted = t * total;
      const next = Math.max(1, samples.findIndex(({ length }) => length >= wanted));
      const [a, b] = [samples[next - 1], samples[next]];
      const part = (wanted - a.length) / (b.length - a.length || 1);
      return { x: a.point.x + (b.point.x - a.point.x) * part, y: a.point.y + (b.point.y - a.point.y) * part };
    },
  };
}

/** @param {Point[]} points */
function measure(points) {
  let length = 0;
  let before = points[0];
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const point = pointOn(points, i / SAMPLES);
    length += Math.hypot(point.x - before.x, point.y - before.y);
    before = point;
    return { point, length };
  });
}

/**
 * Pulses and labels are kept and reused: a step needs a handful.
 * @param {SVGGElement} layer
 */
export function createPulses(layer) {
  /** @type {ReturnType<typeof makePulse>[]} */
  const pool = [];
  return {
    /** @param {PulseState[]} states */
    update(states) {
      while (pool.length < states.length) {
        const pulse = makePulse();
        pool.push(pulse);
        layer.append(pulse.element);
      }
      pool.forEach((pulse, i) => pulse.update(states[i] ?? null));
    },
  };
}

/**
 * @typedef {object} PulseState
 * @property {"forward" | "backward"} way
 * @property {Point | null} at  the pulse; null: none under way
 * @property {string} carries
 * @property {boolean} below    its number stands below it
 * @property {Point} middle     where the local derivative stands
 * @property {string} local     "" for none
 */

function makePulse() {
  const text = svg("text", { class: "carries", y: -14 });
  const dot = svg("g", { class: "pulse" }, svg("circle", { class: "pulse-glow", r: 13 }), svg("circle", { class: "pulse-dot", r: 6 }), text);
  const label = svg("text", { class: "local" });
  const element = svg("g", {}, label, dot);
  const [group, pulse, words, local] = [element, dot, text, label].map(writer);
  return {
    element,
    /** @param {PulseState | null} state */
    update(state) {
      group.attr("visibility", state === null ? "hidden" : "visible");
      if (state === null) {
        pulse.attr("visibility", "hidden");
        local.text("");
        return;
      }
      group.attr("class", state.way);
      pulse.attr("visibility", state.at ? "inherit" : "hidden");
      if (state.at) pulse.prop("transform", `translate(${state.at.x.toFixed(1)}px, ${state.at.y.toFixed(1)}px)`);
      words.text(state.at ? state.carries : "");
      words.attr("y", state.below ? "25" : "-14");
      local.text(state.local);
      local.attr("x", state.middle.x.toFixed(1));
      local.attr("y", state.middle.y.toFixed(1));
    },
  };
}
