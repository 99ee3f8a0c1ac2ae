/**
 * Plots the output against one number: the curve, its tangent, and the end of a step of Δ on each. Pure.
 * @typedef {import("../../queries/nudge.js").Nudged} Nudged
 */
import { html, svg } from "lit-html";
import { format } from "../../words/format.js";
import { framed } from "../../plots/frame.js";
import { linePath } from "../../plots/path.js";
import { clamp, linear, ticks } from "../../plots/scale.js";

/** @type {import("../../plots/frame.js").Size} */
const SIZE = { width: 300, height: 168, left: 44, right: 10, top: 12, bottom: 24 };
/** A jump by this fraction of the whole range breaks the curve. */
const LEAP = 0.5;
/** Smallest visible gap, and the distance of its number from it, px. */
const SEEN = 3;
const BESIDE = 7;
/** Width of that number, px. */
const WORDS = 62;

/** @param {number[]} ys of the curve @returns {[number, number]} the range shown */
export function rangeOf(ys) {
  const finite = ys.filter(Number.isFinite);
  if (finite.length === 0) return [-1, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const room = (high - low) * 0.08 || Math.max(1, Math.abs(low)) * 0.5;
  return [low - room, high + room];
}

/** @param {Nudged} nudged @param {{input: string, output: string}} names */
export function tangentPlot(
  { curve, value, output, gradient, delta, predicted, true: moved, gaps, noise },
  { input, output: result },
) {
  const { left, right, top, bottom, width, height } = SIZE;
  const window = /** @type {[number, number]} */ ([curve.x[0], curve.x[curve.x.length - 1]]);
  const range = rangeOf(curve.y);
  const px = linear(window, [left, width - right]);
  const py = linear(range, [height - bottom, top]);
  const spread = Math.abs(range[1] - range[0]);
  const torn = (/** @type {number} */ i) =>
    Math.abs(curve.y[i] - curve.y[i - 1]) > LEAP * spread && !isSteep(curve.y, i);
  const slope = gradient ?? NaN;
  const [x, xs] = [px(value), curve.x.map(px)];
  const to = px(value + delta);
  const [promised, reached] = [py(output + predicted), py(output + moved)];
  const gap = gaps[0] > noise ? gaps[0] : 0;
  const seen = Math.abs(promised - reached) >= SEEN && gradient !== null;
  const leftwards = to + BESIDE + WORDS > width - right;
  const inside = svg`
    <path class="drop" d=${`M${x} ${height - bottom}V${py(output)}M${to} ${height - bottom}V${reached}`} />
    <path class="curve" d=${linePath(xs, curve.y.map(py), torn)} />
    ${
      gradient === null
        ? null
        : svg`<path class="tangent" d=${linePath(
            [left, width - right],
            window.map((each) => py(output + slope * (each - value))),
          )} />`
    }
    ${seen ? svg`<path class="gap" d=${`M${to} ${promised}V${reached}`} />` : null}
    <circle class="here" r="5" cx=${x} cy=${py(output)} />
    ${gradient === null || delta === 0 ? null : svg`<circle class="promised" r="4.5" cx=${to} cy=${promised} />`}
    ${delta === 0 ? null : svg`<circle class="reached" r="4.5" cx=${to} cy=${reached} />`}
    ${
      seen
        ? svg`<text class=${leftwards ? "gap-size leftwards" : "gap-size"} x=${leftwards ? to - BESIDE : to + BESIDE}
          y=${clamp((promised + reached) / 2 + 4, top + 12, height - bottom - 4)}>gap ${format(gap, 3)}</text>`
        : null
    }`;
  const label = `${result} against ${input}, with its tangent at ${input} = ${format(value)}; a step of ${format(delta)} should lead to ${format(output + predicted)} and leads to ${format(output + moved)}`;
  return html`<svg class="tangent-plot" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${label}>
    ${framed(SIZE, { px, py, xs: ticks(...window, 5), ys: ticks(...range, 4) }, inside)}
  </svg>`;
}

/**
 * @param {number[]} ys
 * @param {number} i
 * @returns {boolean} whether the curve is about as steep beside it, so that this is no jump
 */
function isSteep(ys, i) {
  const own = Math.abs(ys[i] - ys[i - 1]);
  return [ys[i + 1] - ys[i], ys[i - 1] - ys[i - 2]].some((beside) => Math.abs(beside) > own / 4);
}
