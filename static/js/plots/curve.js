/**
 * Plots a curve with a point on it, the tangent there, and a secant through two points beside it. Draws given numbers
 * only.
 * @typedef {{x: number, y: number}} Point
 * @typedef {{from: Point, to: Point, slope: number, epsilon: number}} Secant
 *
 * @typedef {object} CurvePicture
 * @property {{width: number, height: number}} size  px
 * @property {{f: string, x: string}} names
 * @property {{x: number[], y: number[]}} curve
 * @property {Point & {slope: number}} at
 * @property {Secant | null} secant
 * @property {(event: KeyboardEvent) => void} [onKey]
 */
import { html, svg } from "lit-html";
import { format } from "../words/format.js";
import { framed } from "./frame.js";
import { linePath } from "./path.js";
import { clamp, linear, ticks } from "./scale.js";

/** Margins for the axis numbers, px. */
export const MARGIN = { left: 64, right: 18, top: 14, bottom: 34 };
/** Width of a character in the two lines, presented, px. */
const LETTER = { slope: 9, second: 7.4 };
const CALLOUT = { width: 160, height: 52, gap: 16 };
/** With the slope alone. */
const SHORT = { width: 96, height: 28, gap: 10 };
/** A plot smaller than this has room only for that. */
const SMALL = { width: 460, height: 200 };
/** A tick closer than this to the point's number is left out, px. */
const NEAR = { x: 52, y: 14 };

/**
 * The range of values shown: those of the curve, and 0 if it is near.
 * @param {readonly number[]} ys @returns {[number, number]}
 */
export function reachOf(ys) {
  const finite = ys.filter(Number.isFinite);
  let [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (!(high > low)) [low, high] = [(Number.isFinite(low) ? low : 0) - 1, (Number.isFinite(high) ? high : 0) + 1];
  const span = high - low;
  if (low > 0 && low < span / 2) low = 0;
  if (high < 0 && -high < span / 2) high = 0;
  const room = (high - low) * 0.05;
  return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
}

/**
 * The box about the text: as wide as its longer line.
 * @param {{width: number, height: number}} size
 * @param {string} slope the first line
 * @param {string} second the other; "" for none
 */
export function calloutFor({ width, height }, slope, second) {
  const first = 24 + LETTER.slope * slope.length;
  if (second === "" || width < SMALL.width || height < SMALL.height)
    return { ...SHORT, width: Math.max(SHORT.width, first), second: "" };
  return { ...CALLOUT, width: Math.max(CALLOUT.width, first, 26 + LETTER.second * second.length), second };
}

/** A number in the margin, of so many digits as fit. @param {number} y */
export const marginal = (y) =>
  [3, 2].map((digits) => format(y, digits)).find((said) => said.length <= 5) ?? format(y, 1);

/**
 * Position of the text about the point: beside it or in a corner, wherever it covers least of the lines.
 * @param {Point} place px @param {readonly Point[]} lines points on them, px
 * @param {{width: number, height: number}} size of the picture
 * @param {{width: number, height: number, gap: number}} [box]
 * @returns {Point} its upper left corner
 */
export function calloutAt({ x, y }, lines, { width, height }, { width: w, height: h, gap } = CALLOUT) {
  const [left, right, top, bottom] = [
    MARGIN.left + 8,
    width - MARGIN.right - w - 4,
    MARGIN.top + 4,
    height - MARGIN.bottom - h - 8,
  ];
  const places = [
    { x: x + gap, y: y + gap / 2 },
    { x: x - gap - w, y: y - gap / 2 - h },
    { x: x + gap, y: y - gap / 2 - h },
    { x: x - gap - w, y: y + gap / 2 },
    { x: left, y: top },
    { x: right, y: bottom },
    { x: right, y: top },
    { x: left, y: bottom },
  ].filter((place) => place.x >= left && place.x <= right && place.y >= top && place.y <= bottom);
  const covered = (/** @type {Point} */ place) =>
    lines.filter(
      (each) => each.x > place.x - 4 && each.x < place.x + w + 4 && each.y > place.y - 4 && each.y < place.y + h + 4,
    ).length;
  return places.reduce(
    (best, place) => (covered(place) < covered(best) ? place : best),
    places[0] ?? { x: left, y: top },
  );
}

/** Enough digits to show round-off, and no more than a double has. @param {number} x */
export const precise = (x) =>
  Number.isFinite(x)
    ? String(Number(x.toPrecision(13)))
        .replace("-", "−")
        .replace("e-", "e−")
    : format(x);

/** All digits of a double, so that computing with the numbers shown gives the result shown. @param {number} x */
export const inFull = (x) => (Number.isFinite(x) ? String(x).replace("-", "−").replace("e-", "e−") : format(x));

/** @param {CurvePicture} what */
export function curvePicture({ size, names, curve, at, secant, onKey }) {
  const frame = { ...size, ...MARGIN };
  const window = /** @type {[number, number]} */ ([curve.x[0], curve.x[curve.x.length - 1]]);
  const range = reachOf(curve.y);
  const px = linear(window, [MARGIN.left, size.width - MARGIN.right]);
  const py = linear(range, [size.height - MARGIN.bottom, MARGIN.top]);
  const [X, Y] = [px(at.x), py(at.y)];
  const known = Number.isFinite(Y);
  const xs = ticks(...window, Math.max(3, Math.floor(size.width / 110))).filter((x) => Math.abs(px(x) - X) > NEAR.x);
  const ys = ticks(...range, Math.max(3, Math.floor(size.height / 60))).filter((y) => Math.abs(py(y) - Y) > NEAR.y);
  const through = (/** @type {Point} */ { x, y }, /** @type {number} */ slope) =>
    linePath(
      window.map(px),
      window.map((end) => py(y + slope * (end - x))),
    );
  const straight = [{ ...at }, ...(secant ? [{ ...secant.from, slope: secant.slope }] : [])];
  const drawn = [
    { x: X, y: Y },
    ...curve.x.map((x, i) => ({ x: px(x), y: py(curve.y[i]) })),
    ...straight.flatMap(({ x: x0, y: y0, slope }) => curve.x.map((x) => ({ x: px(x), y: py(y0 + slope * (x - x0)) }))),
  ];
  const second = secant === null ? "" : `secant ${precise(secant.slope)} (ε = ${format(secant.epsilon, 2)})`;
  const slope = `slope ${format(at.slope)}`;
  const box = calloutFor(size, slope, second);
  const callout = calloutAt({ x: X, y: Y }, drawn, size, box);
  const inside = svg`
    <path class="value-line main" d=${linePath(curve.x.map(px), curve.y.map(py))} />
    ${
      known
        ? svg`<path class="guide" d=${`M${X} ${size.height - MARGIN.bottom}V${Y}H${MARGIN.left}`} />
      <path class="tangent main" d=${through(at, at.slope)} />`
        : null
    }
    ${
      secant && Number.isFinite(secant.slope)
        ? svg`<path class="secant" d=${through(secant.from, secant.slope)} />
      ${[secant.from, secant.to]
        .filter((end) => end.x !== at.x)
        .map((end) => svg`<circle class="end" r="5" cx=${px(end.x)} cy=${py(end.y)} />`)}`
        : null
    }`;
  const words = `${names.x} = ${format(at.x)}; ${names.f} = ${format(at.y)}; ${slope}`;
  return html`<svg class="chart curve" viewBox=${`0 0 ${size.width} ${size.height}`} width=${size.width}
    height=${size.height} role="group" aria-label=${`${names.f} against ${names.x}`}>
    ${framed(frame, { px, py, xs, ys }, inside)}
    <text class="here x" x=${clamp(X, MARGIN.left + 20, size.width - 40)}
      y=${size.height - MARGIN.bottom + 19}>${names.x} = ${format(at.x)}</text>
    ${
      known
        ? svg`<text class="here y" x=${MARGIN.left - 7} y=${
            clamp(Y, MARGIN.top, size.height - MARGIN.bottom) + 4
          }>${marginal(at.y)}</text>`
        : null
    }
    <g class="point" role="slider" tabindex="0" aria-label=${names.x} aria-valuemin=${window[0]}
      aria-valuemax=${window[1]} aria-valuenow=${at.x} aria-valuetext=${words} @keydown=${onKey ?? null}>
      ${
        known
          ? svg`<circle class="grip" r="20" cx=${X} cy=${Y} /><circle class="at-value" r="8" cx=${X} cy=${Y} />`
          : null
      }
    </g>
    ${
      known
        ? svg`<g class="words" aria-hidden="true" transform=${`translate(${callout.x} ${callout.y})`}>
      <rect width=${box.width} height=${box.height} rx="10" />
      <text class="slope" x="12" y="20">${slope}</text>
      ${box.second === "" ? null : svg`<text class="second" x="13" y="40">${box.second}</text>`}
    </g>`
        : null
    }
  </svg>`;
}
