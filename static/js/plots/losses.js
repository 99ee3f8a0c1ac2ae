/**
 * Plots the loss over the steps of a training. Draws given numbers only.
 * @typedef {import("../training/rows.js").Row} Row
 */
import { html, svg } from "lit-html";
import { format, formatPower } from "../words/format.js";
import { framed } from "./frame.js";
import { linePath } from "./path.js";
import { clamp, linear, logarithmic, ticks } from "./scale.js";

/** Margins for the axis numbers, px. */
export const MARGIN = { left: 56, right: 16, top: 18, bottom: 24 };
/** Most points of one line: more are closer together than a pixel. */
const POINTS = 700;

/**
 * The range of the losses. On a linear scale it begins at 0 where none is below; on a logarithmic one it covers whole
 * powers of ten.
 * @param {readonly number[]} losses @param {boolean} log @returns {[number, number]}
 */
export function rangeOf(losses, log) {
  const finite = losses.filter((x) => Number.isFinite(x) && (!log || x > 0));
  if (finite.length === 0) return log ? [0.1, 1] : [0, 1];
  const [low, high] = finite.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity]);
  if (log) return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high) + 1e-9)];
  const floor = low >= 0 ? 0 : low;
  return high > floor ? [floor, high + (high - floor) * 0.04] : [floor, floor + 1];
}

/**
 * @param {readonly Row[]} rows
 * @returns {readonly Row[]} so few that they can be drawn, with the first, the last, and the peaks between
 */
export function thinned(rows) {
  if (rows.length <= POINTS) return rows;
  const size = Math.ceil((2 * rows.length) / POINTS);
  const kept = new Set([rows[0], rows[rows.length - 1]]);
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    kept.add(part.reduce((a, b) => (b.loss < a.loss ? b : a)));
    kept.add(part.reduce((a, b) => (b.loss > a.loss ? b : a)));
  }
  return rows.filter((row) => kept.has(row));
}

/** @param {Row} row */
const lossesOf = ({ loss, validation }) => (validation === null ? [loss] : [loss, validation]);

/** From a hundredth to a thousand. @param {number} x */
const power = (x) => formatPower(x, -2, 3);

/**
 * @param {object} what
 * @param {readonly Row[]} what.rows
 * @param {number} what.step the shown one
 * @param {Row} what.row what is told of it, or of the last one before it
 * @param {number} what.last of the axis
 * @param {boolean} what.log
 * @param {number} [what.look] which of the lines of several runs it has, from 0
 * @param {readonly {rows: readonly Row[], look: number}[]} [what.others] other runs, to be compared
 * @param {Row | null} [what.best] the step with the lowest loss of what is kept aside, which is marked
 * @param {readonly number[]} what.changes steps at which something was set otherwise
 * @param {{width: number, height: number}} what.size px
 */
export function lossPlot({ rows, step, row, last, log, changes, look = 0, others = [], best = null, size }) {
  const { left, right, top, bottom, width, height } = { ...size, ...MARGIN };
  const drawn = thinned(rows);
  const all = drawn.flatMap(lossesOf);
  const beside = others.map((each) => ({ rows: thinned(each.rows), look: each.look }));
  const [low, high] = rangeOf([...all, ...beside.flatMap((each) => each.rows.flatMap(lossesOf))], log);
  const px = linear([0, Math.max(1, last)], [left, width - right]);
  const py = (log ? logarithmic : linear)([low, high], [height - bottom, top]);
  const decades = Math.round(Math.log10(high / low));
  const ys = log
    ? Array.from({ length: decades + 1 }, (_, i) => low * 10 ** i).filter((_, i) => i % Math.ceil(decades / 5) === 0)
    : ticks(low, high, Math.max(2, height / 44));
  const xs = ticks(0, Math.max(1, last), Math.max(2, width / 80)).filter(Number.isInteger);
  /** What is kept aside of a run has its colour, in dots. @param {readonly Row[]} of @param {number} as its look */
  const aside = (of, as) =>
    of.some(({ validation }) => validation !== null)
      ? svg`<path class=${`validation-line look-${as}`} d=${linePath(
          of.map((each) => px(each.step)),
          of.map(({ validation }) => (validation === null ? NaN : py(validation))),
        )} />`
      : null;
  const places = drawn.map((each) => px(each.step));
  const X = px(step);
  const Y = py(row.loss);
  const end = X > width - right - 70 ? "end" : X < left + 70 ? "start" : "middle";
  const inside = svg`
    ${changes.map((at) => svg`<path class="change" d=${`M${px(at)} ${top}V${height - bottom}`} />`)}
    ${beside.map(
      (each) =>
        svg`<path class=${`other look-${each.look}`} d=${linePath(
          each.rows.map((one) => px(one.step)),
          each.rows.map(({ loss }) => py(loss)),
        )} />${aside(each.rows, each.look)}`,
    )}
    ${aside(drawn, look)}
    <path class=${`loss-line look-${look}`} d=${linePath(
      places,
      drawn.map(({ loss }) => py(loss)),
    )} />
    <path class="head" d=${`M${X} ${top}V${height - bottom}`} />`;
  const point = (/** @type {string} */ what, /** @type {number} */ x, /** @type {number} */ y) =>
    Number.isFinite(y) ? svg`<circle class=${what} r="5" cx=${x} cy=${clamp(y, top, height - bottom)} />` : null;
  return html`<svg class="chart losses" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height}
    aria-hidden="true">
    ${framed({ ...size, ...MARGIN }, { px, py, xs, ys, tellY: log ? power : format }, inside)}
    ${best === null ? null : point("best", px(best.step), py(best.validation ?? NaN))}
    ${point("at-value", X, Y)}
    <text class="here" text-anchor=${end} x=${X} y=${top - 5}>${format(row.loss)}</text>
  </svg>`;
}
