/**
 * Plots how large values and their gradients are, node by node, on a scale in powers of ten. Draws given numbers only.
 * @typedef {{id: string, value: number, gradient: number}} Size  root mean squares
 */
import { html, svg } from "lit-html";
import { format, formatPower } from "../words/format.js";
import { framed } from "./frame.js";
import { linePath } from "./path.js";
import { clamp, linear, logarithmic } from "./scale.js";

/** Margins for the axis numbers, px. */
const MARGIN = { left: 56, right: 16, top: 14, bottom: 30 };
/** Room below the scale for what is exactly 0, px. */
const ZERO = 36;
/** Room for a number beside its point, px. */
const NUMBER = 78;
/** The scale covers these powers of ten, so that it stays put while numbers change. What is beyond lies on its edge. */
const REACH = /** @type {const} */ ([-8, 4]);

/** @param {readonly Size[]} sizes @param {{width: number, height: number}} size px */
export function normsPlot(sizes, size) {
  const { left, right, top, bottom, width, height } = { ...size, ...MARGIN };
  const floor = height - bottom;
  const [low, high] = REACH;
  const px = linear([-0.5, sizes.length - 0.5], [left, width - right]);
  const scale = logarithmic([10 ** low, 10 ** high], [floor - ZERO, top]);
  const py = Object.assign((/** @type {number} */ x) => (x === 0 ? floor - 8 : clamp(scale(x), top, floor - ZERO)), {
    invert: scale.invert,
  });
  const every = Math.ceil((high - low) / Math.max(2, Math.floor(height / 40)));
  const ys = Array.from({ length: high - low + 1 }, (_, i) => high - i)
    .filter((exponent) => (high - exponent) % every === 0)
    .map((exponent) => 10 ** exponent);
  /** @param {"value" | "gradient"} which @param {string} line @param {string} dot */
  const series = (which, line, dot) => {
    const found = sizes.map((each) => each[which]);
    const places = found.map((_, k) => px(k));
    return svg`<path class=${line} d=${linePath(places, found.map(py))} />
      ${found.map((x, k) =>
        Number.isFinite(x) ? svg`<circle class=${dot} r="5" cx=${places[k]} cy=${py(x)} />` : null,
      )}`;
  };
  // Only as many numbers as do not touch.
  const stride = Math.ceil(NUMBER / (px(1) - px(0)));
  const beside = (/** @type {number} */ k) => (py(sizes[k].value) < py(sizes[k].gradient) ? 18 : -10);
  return html`<svg class="chart norms-chart" viewBox=${`0 0 ${width} ${height}`} width=${width}
    height=${height} role="img"
    aria-label=${`Sizes: ${sizes.map(({ id, value, gradient }) => `${id} ${format(value, 2)}, its gradient ${format(gradient, 2)}`).join("; ")}`}>
    ${framed({ ...size, ...MARGIN }, { px, py, xs: [], ys, tellY: formatPower }, null)}
    <text class="y" x=${left - 7} y=${floor - 4}>0</text>
    ${series("value", "value-line", "at-value")}${series("gradient", "slope-line", "at-slope")}
    ${sizes.map(
      ({ id, gradient }, k) => svg`<text class="x" x=${px(k)} y=${floor + 18}>${id}</text>
      ${
        k % stride === 0
          ? svg`<text class="size" x=${px(k)} y=${py(gradient) + beside(k)}>${format(gradient, 2)}</text>`
          : null
      }`,
    )}
  </svg>`;
}
