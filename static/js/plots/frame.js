/**
 * The frame of a plot: grid, axis numbers, and a window that clips what is drawn.
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Size  with its
 *   margins, px
 */
import { svg } from "lit-html";
import { format } from "../words/format.js";

/**
 * @param {Size} size
 * @param {{px: Scale, py: Scale, xs: number[], ys: number[], tellY?: (y: number) => string}} axes
 * @param {unknown} inside  the content, in the coordinates of the whole plot
 */
export function framed(size, { px, py, xs, ys, tellY = format }, inside) {
  const { width, height, left, right, top, bottom } = size;
  const [w, h] = [width - left - right, height - top - bottom];
  return svg`<g class="grid" aria-hidden="true">
      ${xs.map((x) => svg`<path d=${`M${px(x)} ${top}v${h}`} class=${x === 0 ? "zero" : ""} />`)}
      ${ys.map((y) => svg`<path d=${`M${left} ${py(y)}h${w}`} class=${y === 0 ? "zero" : ""} />`)}
      ${xs.map((x) => svg`<text class="x" x=${px(x)} y=${height - bottom + 16}>${format(x)}</text>`)}
      ${ys.map((y) => svg`<text class="y" x=${left - 7} y=${py(y) + 4}>${tellY(y)}</text>`)}
    </g>
    <svg class="window" x=${left} y=${top} width=${w} height=${h}
      viewBox=${`${left} ${top} ${w} ${h}`}>${inside}</svg>`;
}
