/**
 * What a program predicts: over the plane as a field with the line between the classes, over a line as a curve; its
 * examples as points. Draws given numbers only.
 *
 * @typedef {object} Surface
 * @property {string} of  the name of the value
 * @property {string[]} choices
 * @property {string} x
 * @property {string | null} target
 * @property {number[][]} axes
 * @property {number[][]} values  of each point of the grid; the last axis runs fastest
 * @property {number | null} level  the value at which two classes meet
 * @property {number} classes  of more than two with a column each; else 0
 * @property {number[][]} examples
 * @property {number[][]} targets
 * @property {Set<number>} aside  the examples that are not learned from
 */
import { html, svg } from "lit-html";
import { number } from "../trace/tensor.js";
import { format } from "../words/format.js";
import { framed } from "./frame.js";
import { markOf } from "./points.js";
import { linePath } from "./path.js";
import { clamp, linear, ticks } from "./scale.js";

export const MARGIN = { left: 40, right: 12, top: 8, bottom: 24 };

/** @param {any} wire @returns {Surface} */
export const readSurface = ({ of, choices, x, target, axes, values, level, classes, examples, targets, aside }) => {
  const plain = (/** @type {any[][]} */ rows) => rows.map((row) => row.map(number));
  return {
    of,
    choices,
    x,
    target,
    axes: plain(axes),
    values: plain(values),
    level,
    classes,
    examples: plain(examples),
    targets: plain(targets),
    aside: new Set(aside),
  };
};

/** @param {number} columns @returns {number} the one that is shown: of two classes, that of the second */
export const shownColumn = (columns) => (columns === 2 ? 1 : 0);

/** @param {readonly number[]} row a class as 0 or 1, or as a row of both @returns {number} */
const single = (row) => row[shownColumn(row.length)];

/** @param {readonly number[]} row @returns {number} the column with the largest number; NaN if one is none */
const largestOf = (row) => (row.every((x) => !Number.isNaN(x)) ? row.indexOf(Math.max(...row)) : NaN);

/** @param {Surface} surface @returns {number[]} the two classes, the lower first; empty where the targets are none */
export function classesOf({ targets }) {
  if ((targets[0]?.length ?? 0) > 2) return [];
  const found = [...new Set(targets.map(single))].sort((a, b) => a - b);
  return found.length === 2 ? found : [];
}

/** Logits beyond this are shown as certain. */
const CERTAIN = 4;

/**
 * The values that have the two colours, and the rest lies between.
 * @param {Surface} surface
 * @returns {[number, number]}
 */
export function spanOf(surface) {
  const classes = classesOf(surface);
  if (surface.level === 0 && classes[0] >= 0) return [-CERTAIN, CERTAIN];
  if (surface.level !== null && classes.length === 2) return [classes[0], classes[1]];
  const found = surface.values.map(single).filter(Number.isFinite);
  const [low, high] = [Math.min(...found), Math.max(...found)];
  if (!Number.isFinite(low)) return [0, 1];
  return [low, high > low ? high : low + 1];
}

/**
 * The line along which a field has a value, as segments in steps of the grid.
 * @param {readonly number[]} field of m · n numbers, the second index fastest
 * @param {number} m
 * @param {number} n
 * @param {number} level
 * @returns {[number, number, number, number][]} from (i, j) to (i, j)
 */
export function contour(field, m, n, level) {
  /** @type {[number, number, number, number][]} */
  const found = [];
  const at = (/** @type {number} */ i, /** @type {number} */ j) => field[i * n + j] - level;
  /** @param {number} a @param {number} b */
  const cut = (a, b) => a / (a - b);
  for (let i = 0; i + 1 < m; i += 1)
    for (let j = 0; j + 1 < n; j += 1) {
      const [a, b, c, d] = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
      if (![a, b, c, d].every(Number.isFinite)) continue;
      /** @type {[number, number][]} */
      const ends = [];
      if (a < 0 !== b < 0) ends.push([i + cut(a, b), j]);
      if (b < 0 !== c < 0) ends.push([i + 1, j + cut(b, c)]);
      if (c < 0 !== d < 0) ends.push([i + 1 - cut(c, d), j + 1]);
      if (d < 0 !== a < 0) ends.push([i, j + 1 - cut(d, a)]);
      for (let k = 0; k + 1 < ends.length; k += 2) found.push([...ends[k], ...ends[k + 1]]);
    }
  return found;
}

/**
 * Where the largest of several columns becomes another one.
 * @param {number[][]} values @param {number} m @param {number} n @param {number} columns
 */
const bordersOf = (values, m, n, columns) =>
  Array.from({ length: columns }, (_, k) =>
    contour(
      values.map((row) => row[k] - Math.max(...row.filter((_, j) => j !== k))),
      m,
      n,
      0,
    ),
  ).flat();

/** @param {{width: number, height: number}} size @param {Surface} surface */
function scales({ width, height }, { axes: [xs, ys] }) {
  const { left, right, top, bottom } = MARGIN;
  const px = linear([xs[0], xs[xs.length - 1]], [left, width - right]);
  const py = linear([ys[0], ys[ys.length - 1]], [height - bottom, top]);
  return { px, py };
}

/**
 * Paints the field; the canvas lies behind the picture.
 * @param {HTMLCanvasElement} canvas
 * @param {Surface} surface
 * @param {readonly [number, number, number]} low its colour, red, green and blue
 * @param {readonly [number, number, number]} high
 */
export function paintField(canvas, surface, low, high) {
  const [m, n] = surface.axes.map((axis) => axis.length);
  const context = canvas.getContext("2d");
  if (!context || m === undefined || n === undefined) return;
  [canvas.width, canvas.height] = [m, n];
  const columns = surface.classes;
  const [from, to] = columns > 0 ? [0, columns - 1] : spanOf(surface);
  const picture = context.createImageData(m, n);
  surface.values.forEach((row, k) => {
    const share = clamp(((columns > 0 ? largestOf(row) : single(row)) - from) / (to - from), 0, 1);
    const at = 4 * ((n - 1 - (k % n)) * m + Math.floor(k / n));
    for (const c of [0, 1, 2])
      picture.data[at + c] = low[c] + (Number.isFinite(share) ? share : 0) * (high[c] - low[c]);
    picture.data[at + 3] = Number.isFinite(share) ? 255 : 0;
  });
  context.putImageData(picture, 0, 0);
}

/**
 * Of a line: the scales in which prediction and examples stand.
 * @param {Surface} surface @param {{width: number, height: number}} size
 */
function lineScales(surface, size) {
  const { left, right, top, bottom } = MARGIN;
  const [xs] = surface.axes;
  const all = [...surface.values.map(single), ...surface.targets.map(single)].filter(Number.isFinite);
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const room = (high - low) * 0.08 || 1;
  const px = linear([xs[0], xs[xs.length - 1]], [left, size.width - right]);
  const py = linear([low - room, high + room], [size.height - bottom, top]);
  return { px, py, low: low - room, high: high + room };
}

/**
 * @param {Surface} surface @param {{width: number, height: number}} size
 * @returns {[number, number][]} where each example stands, px
 */
export function placesOf(surface, size) {
  if (surface.axes.length === 2) {
    const { px, py } = scales(size, surface);
    return surface.examples.map(([a, b]) => [px(a), py(b)]);
  }
  const { px, py } = lineScales(surface, size);
  return surface.examples.map(([x], k) => [px(x), surface.targets[k] ? py(single(surface.targets[k])) : NaN]);
}

/**
 * The example nearest to a place. @param {readonly [number, number][]} places px @param {number} x @param {number} y
 * @param {number} within px
 * @returns {number | null} its row; null if none is so near
 */
export function exampleAt(places, x, y, within) {
  const away = places.map(([a, b]) => Math.hypot(a - x, b - y));
  const near = away.reduce((best, d, k) => (d < (away[best] ?? Infinity) ? k : best), -1);
  return near >= 0 && away[near] <= within ? near : null;
}

/** The ring around the one that is shown alone. @param {readonly [number, number] | undefined} place */
const ring = (place) =>
  place && Number.isFinite(place[1])
    ? svg`<circle class="alone" cx=${place[0].toFixed(1)} cy=${place[1].toFixed(1)} r="8" />`
    : null;

/**
 * The plane: the line between the classes, and the points.
 * @param {Surface} surface @param {{width: number, height: number}} size @param {number | null} [alone]  the example
 *   that is shown alone
 */
export function planePicture(surface, size, alone = null) {
  const { px, py } = scales(size, surface);
  const [xs, ys] = surface.axes;
  const [m, n] = [xs.length, ys.length];
  const { level } = surface;
  const classes = classesOf(surface);
  const columns = surface.classes;
  const lines =
    columns > 0
      ? bordersOf(surface.values, m, n, columns)
      : level === null
        ? []
        : contour(surface.values.map(single), m, n, level);
  const across = (/** @type {number} */ i) => px(xs[0] + ((xs[m - 1] - xs[0]) * i) / (m - 1));
  const up = (/** @type {number} */ j) => py(ys[0] + ((ys[n - 1] - ys[0]) * j) / (n - 1));
  const d = lines
    .map(([i, j, k, l]) => `M${across(i).toFixed(1)} ${up(j).toFixed(1)}L${across(k).toFixed(1)} ${up(l).toFixed(1)}`)
    .join("");
  const [wide, high] = [Math.max(2, size.width / 80), Math.max(2, size.height / 60)];
  const axes = { px, py, xs: ticks(xs[0], xs[m - 1], wide), ys: ticks(ys[0], ys[n - 1], high) };
  const inside = svg`<path class="between" d=${d} />
    ${surface.examples.map(
      ([a, b], k) =>
        svg`<g class=${surface.aside.has(k) ? "aside" : ""}>${
          (surface.targets[k]?.length ?? 0) > 2
            ? markOf(
                largestOf(surface.targets[k]),
                surface.targets[k].length,
                Number(px(a).toFixed(1)),
                Number(py(b).toFixed(1)),
              )
            : pointOf(px(a), py(b), classes.length === 0 || single(surface.targets[k]) === classes[1])
        }</g>`,
    )}
    ${alone === null ? null : ring(placesOf(surface, size)[alone])}`;
  return html`<svg class="chart plane" viewBox=${`0 0 ${size.width} ${size.height}`} width=${size.width}
    height=${size.height} role="img"
    aria-label=${`${surface.of} over the plane of ${surface.x}, with ${surface.examples.length} examples`}>${framed({ ...size, ...MARGIN }, axes, inside)}</svg>`;
}

/**
 * A point of the upper class is a disc, one of the lower a square.
 * @param {number} x
 * @param {number} y
 * @param {boolean} upper
 */
const pointOf = (x, y, upper) =>
  upper
    ? svg`<circle class="upper" cx=${x.toFixed(1)} cy=${y.toFixed(1)} r="3.4" />`
    : svg`<path class="lower" d=${`M${(x - 3).toFixed(1)} ${(y - 3).toFixed(1)}h6v6h-6z`} />`;

/**
 * A line: the prediction as a curve, and the examples.
 * @param {Surface} surface @param {{width: number, height: number}} size @param {number | null} [alone]  the example
 *   that is shown alone
 */
export function linePicture(surface, size, alone = null) {
  const [xs] = surface.axes;
  const found = surface.values.map(single);
  const wanted = surface.targets.map(single);
  const { px, py, low, high } = lineScales(surface, size);
  const axes = {
    px,
    py,
    xs: ticks(xs[0], xs[xs.length - 1], Math.max(2, size.width / 80)),
    ys: ticks(low, high, Math.max(2, size.height / 50)),
  };
  const inside = svg`
    ${surface.examples.map(([x], k) =>
      wanted[k] === undefined
        ? null
        : svg`<circle class=${surface.aside.has(k) ? "example aside" : "example"} cx=${px(x).toFixed(1)}
          cy=${py(wanted[k]).toFixed(1)} r="3.2" />`,
    )}
    <path class="fitted" d=${linePath(xs.map(px), found.map(py))} />
    ${alone === null ? null : ring(placesOf(surface, size)[alone])}`;
  return html`<svg class="chart plane" viewBox=${`0 0 ${size.width} ${size.height}`} width=${size.width}
    height=${size.height} role="img"
    aria-label=${`${surface.of} over ${surface.x}, from ${format(found[0])} to ${format(found[found.length - 1])}, with ${surface.examples.length} examples`}>
    ${framed({ ...size, ...MARGIN }, axes, inside)}</svg>`;
}
