/**
 * The loss over two axes: as light and lines of equal loss, with the path of a training. Draws given numbers only.
 *
 * @typedef {object} Slice
 * @property {string} of  the name of the loss
 * @property {[string, string]} names  of its axes
 * @property {[number[], number[]]} axes
 * @property {number[]} values  the second axis runs fastest
 * @property {[number, number]} origin  the shown step
 * @property {[number, number, number][]} path  steps, each with its place
 */
import { html, svg } from "lit-html";
import { number } from "../trace/tensor.js";
import { format } from "../words/format.js";
import { framed } from "./frame.js";
import { linear, ticks } from "./scale.js";
import { contour } from "./surface.js";

export const MARGIN = { left: 44, right: 12, top: 8, bottom: 38 };
/** How many lines of equal loss there are. */
const LINES = 9;

/** @param {any} wire @returns {Slice} */
export const readSlice = ({ of, axes, values, slice }) => ({
  of,
  names: slice.names,
  axes: axes.map((/** @type {any[]} */ axis) => axis.map(number)),
  values: values.map((/** @type {any[]} */ [value]) => number(value)),
  origin: slice.origin.map(number),
  path: slice.path.map((/** @type {any[]} */ step) => step.map(number)),
});

/** @param {number[]} values @returns {number[]} those that are finite, in order */
const inOrder = (values) => values.filter(Number.isFinite).sort((a, b) => a - b);

/**
 * The losses at which lines are drawn: as much of the window lies between each two of them.
 * @param {number[]} values
 */
export function levelsOf(values) {
  const all = inOrder(values);
  if (all.length === 0 || all[0] === all[all.length - 1]) return [];
  const at = Array.from({ length: LINES }, (_, k) => all[Math.floor(((k + 0.5) / LINES) * all.length)]);
  return [...new Set(at)];
}

/** @param {Slice} slice @param {{width: number, height: number}} size */
export function scalesOf({ axes: [xs, ys] }, { width, height }) {
  const { left, right, top, bottom } = MARGIN;
  return {
    px: linear([xs[0], xs[xs.length - 1]], [left, width - right]),
    py: linear([ys[0], ys[ys.length - 1]], [height - bottom, top]),
  };
}

/**
 * @param {Slice} slice
 * @param {[number, number]} place
 * @returns {{place: [number, number], loss: number}} the nearest place of the grid
 */
export function nearest({ axes, values }, place) {
  const [i, j] = axes.map((axis, k) => {
    const unit = (axis[axis.length - 1] - axis[0]) / (axis.length - 1);
    return Math.min(axis.length - 1, Math.max(0, Math.round((place[k] - axis[0]) / unit)));
  });
  return { place: [axes[0][i], axes[1][j]], loss: values[i * axes[1].length + j] };
}

/**
 * Paints the field by rank: of two places the lighter one has the lower loss, however far apart losses are.
 * @param {HTMLCanvasElement} canvas
 * @param {Slice} slice
 * @param {readonly [number, number, number]} low its colour
 * @param {readonly [number, number, number]} high
 */
export function paintSlice(canvas, { axes, values }, low, high) {
  const [m, n] = axes.map((axis) => axis.length);
  const context = canvas.getContext("2d");
  if (!context) return;
  [canvas.width, canvas.height] = [m, n];
  const all = inOrder(values);
  const rank = new Map(all.map((value, k) => [value, k / Math.max(1, all.length - 1)]));
  const picture = context.createImageData(m, n);
  values.forEach((value, k) => {
    const share = rank.get(value);
    const at = 4 * ((n - 1 - (k % n)) * m + Math.floor(k / n));
    for (const c of [0, 1, 2]) picture.data[at + c] = high[c] + (share ?? 0) * (low[c] - high[c]);
    picture.data[at + 3] = share === undefined ? 0 : 255;
  });
  context.putImageData(picture, 0, 0);
}

/** @param {Slice} slice @param {{width: number, height: number}} size @param {[number, number] | null} cursor */
export function slicePicture(slice, size, cursor) {
  const { px, py } = scalesOf(slice, size);
  const [xs, ys] = slice.axes;
  const [m, n] = [xs.length, ys.length];
  const across = (/** @type {number} */ i) => px(xs[0] + ((xs[m - 1] - xs[0]) * i) / (m - 1));
  const up = (/** @type {number} */ j) => py(ys[0] + ((ys[n - 1] - ys[0]) * j) / (n - 1));
  const lines = levelsOf(slice.values).map((level) =>
    contour(slice.values, m, n, level)
      .map(([i, j, k, l]) => `M${across(i).toFixed(1)} ${up(j).toFixed(1)}L${across(k).toFixed(1)} ${up(l).toFixed(1)}`)
      .join(""),
  );
  const path = slice.path
    .map(([, a, b], k) => `${k === 0 ? "M" : "L"}${px(a).toFixed(1)} ${py(b).toFixed(1)}`)
    .join("");
  const [x, y] = [px(slice.origin[0]), py(slice.origin[1])];
  const [wide, high] = [Math.max(2, size.width / 80), Math.max(2, size.height / 60)];
  const axes = { px, py, xs: ticks(xs[0], xs[m - 1], wide), ys: ticks(ys[0], ys[n - 1], high) };
  const inside = svg`${lines.map((d) => svg`<path class="level" d=${d} />`)}
    <path class="way" d=${path} />
    ${slice.path
      .slice(0, 1)
      .map(([, a, b]) => svg`<circle class="begin" cx=${px(a).toFixed(1)} cy=${py(b).toFixed(1)} r="4" />`)}
    <circle class="here" cx=${x.toFixed(1)} cy=${y.toFixed(1)} r="5" />
    ${
      cursor
        ? svg`<path class="cursor" d=${`M${(px(cursor[0]) - 9).toFixed(1)} ${py(cursor[1]).toFixed(1)}h18m-9 -9v18`} />`
        : null
    }`;
  return html`<svg class="chart slice" viewBox=${`0 0 ${size.width} ${size.height}`} width=${size.width}
    height=${size.height} aria-hidden="true">
    ${framed({ ...size, ...MARGIN }, axes, inside)}
    <text class="x" x=${(MARGIN.left + size.width - MARGIN.right) / 2} y=${size.height - 4}>${slice.names[0]}</text>
    <text class="axis" x="10" y=${MARGIN.top + 4}
      transform=${`rotate(-90 10 ${MARGIN.top + 4})`}>${slice.names[1]}</text></svg>`;
}

/** @param {Slice} slice what is told of it in words */
export function toldOf({ of, values }) {
  const all = inOrder(values);
  return all.length === 0
    ? `No place of it has a number.`
    : `${of} from ${format(all[0])} to ${format(all[all.length - 1])}`;
}
