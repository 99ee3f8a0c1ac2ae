/**
 * Plots an activation and its derivative, with a dot at this node's input.
 * @typedef {import("../../types.js").Curve} Curve
 */
import { html, svg } from "lit-html";
import { linePath } from "../../plots/path.js";
import { clamp, linear } from "../../plots/scale.js";
import { format } from "../../words/format.js";

const SIZE = { width: 300, height: 132, pad: 12 };

/**
 * @param {Curve} curve
 * @param {{name: string, inputs: number[]}} at
 */
export function plot(curve, { name, inputs }) {
  const finite = [...curve.y, ...curve.dy].filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(...finite, 0.2)];
  const [left, right] = [curve.x[0], curve.x[curve.x.length - 1]];
  const px = linear([left, right], [SIZE.pad, SIZE.width - SIZE.pad]);
  const py = linear([low, high], [SIZE.height - SIZE.pad, SIZE.pad]);
  /** @param {number[]} column breaks the line where the curve jumps, as a step's derivative does */
  const line = (column) => {
    const known = column.filter(Number.isFinite);
    const spread = Math.max(...known) - Math.min(...known);
    return linePath(curve.x.map(px), column.map(py), (i) => Math.abs(column[i] - column[i - 1]) > 0.4 * spread);
  };
  const nearest = (/** @type {number} */ x) =>
    curve.x.reduce((best, each, i) => (Math.abs(each - x) < Math.abs(curve.x[best] - x) ? i : best), 0);
  const dots = inputs.length <= 8 ? inputs.filter(Number.isFinite) : [];
  const single = dots.length === 1 ? dots[0] : null;
  return html`<svg class="plot" viewBox=${`0 0 ${SIZE.width} ${SIZE.height}`} role="img"
    aria-label=${`The curve and its derivative${single === null ? "" : `; here ${name} = ${format(single)}`}`}>
    ${svg`<path class="axis" d=${`M${SIZE.pad} ${py(0)}H${SIZE.width - SIZE.pad}M${px(0)} ${SIZE.pad / 2}V${SIZE.height - SIZE.pad / 2}`} />
      <path class="y" d=${line(curve.y)} /><path class="dy" d=${line(curve.dy)} />
      ${dots.map((x) => {
        const inside = clamp(x, left, right);
        const i = nearest(inside);
        return svg`<path class="drop" d=${`M${px(inside)} ${py(curve.dy[i])}V${py(curve.y[i])}`} />
          <circle class="at-dy" r="4" cx=${px(inside)} cy=${py(curve.dy[i])} /><circle class="at-y" r="5.5"
            cx=${px(inside)} cy=${py(curve.y[i])} />`;
      })}
      ${
        single === null
          ? null
          : svg`<text x=${Math.min(SIZE.width - 70, Math.max(50, px(clamp(single, left, right))))}
        y=${Math.max(14, py(curve.y[nearest(single)]) - 12)}>${name} = ${format(single)}</text>`
      }`}
  </svg>`;
}
