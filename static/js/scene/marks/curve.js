/**
 * A small plot of an activation: a dot at the input, and its tangent, whose slope is the local derivative.
 * @typedef {import("../../types.js").Curve} Curve
 */
import { svg, writer } from "../svg.js";

export const CURVE = { width: 42, height: 26 };
/** Most inputs of a tensor that get their own dot. */
const DOTS = 24;
/** Half the tangent's length, px. */
const REACH = 12;
/** How far the tangent may extend beyond the plot, px. */
const SPILL = 4;

/**
 * @param {Curve} curve
 * @param {boolean} single  a single number gets a tangent
 * @returns {{element: SVGGElement, update: (inputs: number[] | null) => void}}
 */
export function littleCurve(curve, single) {
  const [left, right] = [curve.x[0], /** @type {number} */ (curve.x.at(-1))];
  const finite = curve.y.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const across = CURVE.width / (right - left);
  const up = CURVE.height / (high - low || 1);
  const px = (/** @type {number} */ x) => (x - left) * across;
  const py = (/** @type {number} */ y) => CURVE.height - (y - low) * up;
  const points = curve.x.map((x, i) =>
    Number.isFinite(curve.y[i]) ? `${px(x).toFixed(1)} ${py(curve.y[i]).toFixed(1)}` : "",
  );
  const axes = [
    low <= 0 && high >= 0 ? `M0 ${py(0).toFixed(1)}H${CURVE.width}` : "",
    left < 0 && right > 0 ? `M${px(0).toFixed(1)} 0V${CURVE.height}` : "",
  ];
  const path = svg("path", { class: "curve", d: `M${points.filter(Boolean).join("L")}` });
  const tangent = svg("path", { class: "tangent", visibility: "hidden" });
  const dots = Array.from({ length: single ? 1 : DOTS }, () =>
    svg("circle", { class: "curve-dot", visibility: "hidden" }),
  );
  const [line, ...writers] = [tangent, ...dots].map(writer);
  return {
    element: svg("g", {}, svg("path", { class: "curve-axes", d: axes.join("") }), path, tangent, ...dots),
    update(inputs) {
      const some = inputs && inputs.length <= DOTS ? inputs : [];
      const radius = some.length <= 1 ? "3" : some.length <= 8 ? "2.4" : "1.8";
      writers.forEach((dot, i) => {
        const x = some[i];
        const there = x !== undefined && Number.isFinite(x);
        dot.attr("visibility", there ? "inherit" : "hidden");
        if (!there) return;
        const inside = Math.min(right, Math.max(left, x));
        dot.attr("r", radius);
        dot.attr("cx", px(inside).toFixed(1));
        dot.attr("cy", py(valueAt(curve, inside)).toFixed(1));
      });
      const at = single && some.length === 1 ? some[0] : NaN;
      const inside = Math.min(right, Math.max(left, at));
      const slope = valueAt(curve, inside, "dy");
      const y = valueAt(curve, inside);
      const seen = [at, slope, y].every(Number.isFinite);
      line.attr("visibility", seen ? "inherit" : "hidden");
      if (!seen) return;
      const rise = -slope * (up / across);
      const part = REACH / Math.hypot(1, rise);
      const [x0, y0] = [px(inside), py(y)];
      /** @param {number} way @returns {string} one end of the tangent, clipped a little beyond the plot */
      const end = (way) => {
        const across = way < 0 ? x0 + SPILL : CURVE.width + SPILL - x0;
        const upward = way * rise < 0 ? y0 + SPILL : CURVE.height + SPILL - y0;
        const length = way * Math.min(part, across, rise === 0 ? part : upward / Math.abs(rise));
        return `${(x0 + length).toFixed(1)} ${(y0 + length * rise).toFixed(1)}`;
      };
      line.attr("d", `M${end(-1)}L${end(1)}`);
    },
  };
}

/** @param {Curve} curve @param {number} x @param {"y" | "dy"} [which] @returns {number} interpolated */
function valueAt(curve, x, which = "y") {
  const column = curve[which];
  const above = curve.x.findIndex((each) => each >= x);
  if (above <= 0) return above === 0 ? column[0] : /** @type {number} */ (column.at(-1));
  const [x0, x1] = [curve.x[above - 1], curve.x[above]];
  const part = (x - x0) / (x1 - x0);
  return column[above - 1] * (1 - part) + column[above] * part;
}
