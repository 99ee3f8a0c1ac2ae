/**
 * The strip of a closed chain of equal steps: one bar for each, as high as its gradient is bright, so that one sees at
 * a glance how the gradient fades or grows with depth.
 */
import { height, light } from "../../timeline/light.js";
import { svg, writer } from "../svg.js";

export const STRIP = 30;
const LOWEST = 2;

/**
 * @param {import("../../types.js").Trace} trace @param {import("../../types.js").WireGroup} group equal steps
 * @returns {number[] | null} the height of each gradient's bar, 0..1; null if some is covered
 */
export function turnLevels(trace, { id: chain, turns, inside }) {
  if (inside) return (trace.strengths[chain] ?? []).map((size) => height({ shape: [], flat: [size] }, trace));
  const grads = turns.map((id) => trace.nodes[trace.byId.get(id) ?? -1]?.grad ?? null);
  if (grads.some((grad) => grad !== null && light(grad, trace).look === "covered")) return null;
  return grads.map((grad) => (grad === null ? 0 : height(grad, trace)));
}

/**
 * @param {number} count @param {number} width px
 * @returns {{element: SVGGElement, update: (levels: number[] | null) => void}} levels: null while they are not known
 */
export function drawStrip(count, width) {
  const step = width / count;
  const bars = Array.from({ length: count }, (_, i) =>
    svg("rect", { class: "bar", x: (i * step).toFixed(2), width: Math.max(0.5, step * 0.78).toFixed(2) }),
  );
  const writers = bars.map(writer);
  return {
    element: svg(
      "g",
      { class: "strip" },
      svg("title", {}, "The gradient after each step, brighter is larger"),
      svg("line", { x2: width, y1: STRIP, y2: STRIP }),
      ...bars,
    ),
    update(levels) {
      writers.forEach((bar, i) => {
        const height = levels === null ? 0 : Math.max(LOWEST, levels[i] * (STRIP - 2));
        bar.attr("y", (STRIP - height).toFixed(1));
        bar.attr("height", height.toFixed(1));
        bar.prop("--level", (levels?.[i] ?? 0).toFixed(3));
      });
    },
  };
}
