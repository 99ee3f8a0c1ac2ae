/**
 * Edges: a line whose width and colour are its light, and, while it belongs to the step, a pulse that carries a number
 * and the local derivative that stands on it.
 * @typedef {import("../layout/read.js").Point} Point
 * @typedef {import("../timeline/frame.js").EdgeState} EdgeState
 */
import { pathOf, pointOn } from "../layout/read.js";
import { svg, textWidth, writer } from "./svg.js";

/** Points per spline: enough to look smooth, found once per edge and only when its turn comes. */
const SAMPLES = 40;

/**
 * @param {Point[]} points
 * @returns {{element: SVGGElement, update: (state: EdgeState) => void, at: (t: number) => Point}} at: by length, 0 at the source
 */
export function drawEdge(points) {
  const d = pathOf(points);
  const element = svg("g", { class: "edge" }, svg("path", { class: "glow", d }), svg("path", { class: "line", d }), svg("path", { class: "light", d, pathLength: 1 }));
  const look = writer(element);
  /** @type {{point: Point, length: number}[] | null} */
  let samples = null;
  return {
    element,
    update(state) {
      // The light goes with the pulse: only what it has passed is lit.
      const travelling = state.active === "backward" && state.pulse !== null;
      look.attr("class", `edge look-${state.look}${state.active ? ` active ${state.active}` : ""}${travelling ? " travelling" : ""}`);
      if (travelling) look.prop("--from", (state.pulse ?? 0).toFixed(3));
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
 * @property {number} aside     its number stands a little to the left (-1) or right (1)
 * @property {Point} middle     where the local derivative stands
 * @property {string} local     "" for none
 */

function makePulse() {
  const text = svg("text", { class: "carries" });
  const tag = svg("g", {}, text);
  const dot = svg("g", { class: "pulse" }, svg("circle", { class: "pulse-glow", r: 13 }), svg("circle", { class: "pulse-dot", r: 6 }));
  const plate = svg("rect", { class: "plate", y: -12, height: 24, rx: 12 });
  const label = svg("text", { class: "local", y: 5 });
  const bead = svg("g", { class: "bead" }, plate, label);
  // The pulse goes through the bead, under its number.
  const element = svg("g", {}, dot, bead, tag);
  const [group, pulse, words, flag, place, ground, local] = [element, dot, text, tag, bead, plate, label].map(writer);
  return {
    element,
    /** @param {PulseState | null} state */
    update(state) {
      group.attr("visibility", state === null ? "hidden" : "visible");
      if (state === null) {
        for (const part of [pulse, place]) part.attr("visibility", "hidden");
        return;
      }
      group.attr("class", state.way);
      pulse.attr("visibility", state.at ? "inherit" : "hidden");
      // What moves is moved by transform alone: an attribute of a text would lay it out anew in every frame.
      if (state.at) {
        const { x, y } = state.at;
        pulse.prop("transform", `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`);
        flag.prop("transform", `translate(${(x + 12 * state.aside).toFixed(1)}px, ${(y + (state.below ? 31 : -19)).toFixed(1)}px)`);
      }
      words.text(state.at ? state.carries : "");
      place.attr("visibility", state.local ? "inherit" : "hidden");
      place.attr("transform", `translate(${state.middle.x.toFixed(1)} ${state.middle.y.toFixed(1)})`);
      const width = textWidth(state.local, 12, 700) + 14;
      ground.attr("width", width.toFixed(1));
      ground.attr("x", (-width / 2).toFixed(1));
      local.text(state.local);
    },
  };
}
