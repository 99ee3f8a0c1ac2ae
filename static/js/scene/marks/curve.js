/**
 * The little picture of an activation, with a dot at this input.
 * @typedef {import("../../types.js").Curve} Curve
 */
import { svg, writer } from "../svg.js";

export const CURVE = { width: 32, height: 17 };
const DOTS = 8;

/**
 * @param {Curve} curve
 * @returns {{element: SVGGElement, update: (inputs: number[] | null) => void}}
 */
export function littleCurve(curve) {
  const [left, right] = [curve.x[0], /** @type {number} */ (curve.x.at(-1))];
  const finite = curve.y.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const px = (/** @type {number} */ x) => ((x - left) / (right - left)) * CURVE.width;
  const py = (/** @type {number} */ y) => CURVE.height - ((y - low) / (high - low || 1)) * CURVE.height;
  const points = curve.x.map((x, i) => (Number.isFinite(curve.y[i]) ? `${px(x).toFixed(1)} ${py(curve.y[i]).toFixed(1)}` : ""));
  const path = svg("path", { class: "curve", d: `M${points.filter(Boolean).join("L")}` });
  const dots = Array.from({ length: DOTS }, () => svg("circle", { r: 2.6, class: "curve-dot", visibility: "hidden" }));
  const writers = dots.map(writer);
  return {
    element: svg("g", {}, path, ...dots),
    update: (inputs) =>
      writers.forEach((dot, i) => {
        const x = inputs && inputs.length <= DOTS ? inputs[i] : undefined;
        dot.attr("visibility", x === undefined || !Number.isFinite(x) ? "hidden" : "inherit");
        if (x === undefined || !Number.isFinite(x)) return;
        const inside = Math.min(right, Math.max(left, x));
        dot.attr("cx", px(inside).toFixed(1));
        dot.attr("cy", py(valueAt(curve, inside)).toFixed(1));
      }),
  };
}

/** @param {Curve} curve @param {number} x @param {"y" | "dy"} [which] @returns {number} interpolated */
export function valueAt(curve, x, which = "y") {
  const column = curve[which];
  const above = curve.x.findIndex((each) => each >= x);
  if (above <= 0) return above === 0 ? column[0] : /** @type {number} */ (column.at(-1));
  const [x0, x1] = [curve.x[above - 1], curve.x[above]];
  const part = (x - x0) / (x1 - x0);
  return column[above - 1] * (1 - part) + column[above] * part;
}
