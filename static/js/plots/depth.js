/**
 * Plots the gradient at x by depth, on a log scale. Draws given numbers only.
 */
import { html, svg } from "lit-html";
import { format, formatPower } from "../words/format.js";
import { framed } from "./frame.js";
import { linePath } from "./path.js";
import { linear, logarithmic } from "./scale.js";

/** Margins for the axis numbers, px. */
const MARGIN = { left: 46, right: 88, top: 16, bottom: 40 };
/**
 * Room below the scale, px: without and with a row for what is exactly 0, which has no place on a scale in powers of
 * ten.
 */
const BELOW = { usual: 14, zeros: 28 };
/** The scale covers at least these powers of ten, so that it stays put while little changes. */
const REACH = /** @type {[number, number]} */ ([-8, 0]);

/**
 * The powers of ten that enclose all sizes, leaving out 0 and what is not finite.
 * @param {readonly number[]} slopes @returns {[number, number]}
 */
export function decadesOf(slopes) {
  const logs = slopes.map((slope) => Math.log10(Math.abs(slope))).filter(Number.isFinite);
  return [Math.min(REACH[0], ...logs.map(Math.floor)), Math.max(REACH[1], ...logs.map(Math.ceil))];
}

/**
 * @param {object} what
 * @param {string} what.name of the stacked function
 * @param {readonly number[]} what.slopes by depth, from 1
 * @param {number} what.depth the selected depth
 * @param {{width: number, height: number}} what.size px
 */
export function depthPlot({ name, slopes, depth, size }) {
  const { left, right, top, bottom, width, height } = { ...size, ...MARGIN };
  const [low, high] = decadesOf(slopes);
  const px = linear([0.5, slopes.length + 0.5], [left, width - right]);
  const zeros = slopes.includes(0);
  const py = logarithmic([10 ** low, 10 ** high], [height - bottom - (zeros ? BELOW.zeros : BELOW.usual), top]);
  const step = Math.ceil((high - low) / Math.max(2, Math.floor(height / 44)));
  const powers = Array.from({ length: high - low + 1 }, (_, i) => high - i).filter(
    (exponent) => (high - exponent) % step === 0,
  );
  const floor = height - bottom;
  const ys = slopes.map((slope) => (slope === 0 ? floor : py(Math.abs(slope))));
  const inside = svg`
    <path class="slope-line" d=${linePath(
      slopes.map((_, i) => px(i + 1)),
      slopes.map((slope, i) => (slope === 0 ? NaN : ys[i])),
    )} />
    ${slopes.map((slope, i) => {
      const [X, Y, chosen] = [px(i + 1), ys[i], i + 1 === depth];
      if (!Number.isFinite(Y)) return svg`<text class="none" x=${X} y=${floor - 8}>${format(slope)}</text>`;
      return svg`<path class=${chosen ? "stem chosen" : "stem"} d=${`M${X} ${floor}V${Y}`} />
        ${
          slope === 0
            ? svg`<circle class=${chosen ? "gone chosen" : "gone"} r=${chosen ? 6.5 : 4.5} cx=${X} cy=${floor - 8} />`
            : svg`<circle class=${chosen ? "at-slope chosen" : "at-slope"} r=${chosen ? 6.5 : 4.5} cx=${X} cy=${Y} />`
        }`;
    })}`;
  const chosen = slopes[depth - 1];
  const X = px(depth);
  const Y = Number.isFinite(ys[depth - 1]) && chosen !== 0 ? ys[depth - 1] : floor - 8;
  return html`<svg class="chart depth" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} role="img"
    aria-label=${`The gradient at x by depth: ${slopes.map((slope, i) => `${i + 1} deep ${format(slope)}`).join("; ")}`}>
    ${framed(
      { ...size, ...MARGIN },
      { px, py, xs: slopes.map((_, i) => i + 1), ys: powers.map((exponent) => 10 ** exponent), tellY: formatPower },
      inside,
    )}
    ${zeros ? svg`<text class="y" x=${left - 7} y=${floor - 4}>0</text>` : null}
    ${
      chosen === undefined
        ? null
        : svg`<text class="callout" x=${X + 8} y=${Math.max(top + 12, Y - 11)}>${format(chosen)}</text>`
    }
    <text class="axis-name" x=${(left + width - right) / 2} y=${height - 6}>layers of ${name}</text>
  </svg>`;
}
