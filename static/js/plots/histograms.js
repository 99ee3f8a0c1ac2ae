/**
 * How the numbers of parameters, or of gradients, are distributed from step to step: as shades, one strip for each
 * parameter. Draws given numbers only.
 *
 * @typedef {{low: number, high: number, counts: number[][]}} Histogram  counts: a row for each step, a column for each
 *   range
 * @typedef {{parameter: string, elements: number, values: Histogram, gradients: Histogram}} Distribution
 * @typedef {{steps: number[], distributions: Distribution[]}} Histograms
 */
import { number } from "../trace/tensor.js";
import { format } from "../words/format.js";
import { clamp } from "./scale.js";

/** @param {any} wire @returns {Histograms} */
export const readHistograms = ({ steps, distributions }) => ({
  steps,
  distributions: distributions.map((/** @type {any} */ { parameter, elements, values, gradients }) => ({
    parameter,
    elements,
    values: { ...values, low: number(values.low), high: number(values.high) },
    gradients: { ...gradients, low: number(gradients.low), high: number(gradients.high) },
  })),
});

/**
 * @param {readonly number[]} steps in order @param {number} step
 * @returns {number} the place of the last one that is not behind it
 */
export const columnOf = (steps, step) =>
  Math.max(
    0,
    steps.findLastIndex((each) => each <= step),
  );

/**
 * Paints a strip, one pixel for each range and as many across as wanted; the style sheet makes it larger.
 * @param {HTMLCanvasElement} canvas @param {readonly number[]} steps @param {Histogram} histogram @param {number}
 *   across
 * @param {readonly [number, number, number]} colour red, green and blue of where most numbers are
 */
export function paintStrip(canvas, steps, { counts }, across, colour) {
  const context = canvas.getContext("2d");
  const ranges = counts[0]?.length ?? 0;
  if (!context || ranges === 0 || across < 1) return;
  [canvas.width, canvas.height] = [across, ranges];
  const picture = context.createImageData(across, ranges);
  const last = steps[steps.length - 1];
  for (let i = 0; i < across; i += 1) {
    const row = counts[columnOf(steps, Math.round((last * i) / Math.max(1, across - 1)))];
    row.forEach((count, k) => {
      const at = 4 * ((ranges - 1 - k) * across + i);
      picture.data.set(colour, at);
      picture.data[at + 3] = 255 * shade(count, row);
    });
  }
  context.putImageData(picture, 0, 0);
}

/**
 * One number of many is still seen.
 * @param {number} count @param {readonly number[]} row
 * @returns {number} from 0 to 1
 */
export function shade(count, row) {
  const all = row.reduce((sum, each) => sum + each, 0);
  return all === 0 || count === 0 ? 0 : 0.12 + 0.88 * Math.sqrt(count / all);
}

/**
 * What stands at a place of a strip, in words.
 * @param {Histograms} histograms @param {Distribution} of @param {"values" | "gradients"} kind
 * @param {number} across @param {number} up  each from 0 to 1 @returns {{step: number, says: string}}
 */
export function toldAt({ steps }, of, kind, across, up) {
  const { low, high, counts } = of[kind];
  const row = counts[columnOf(steps, Math.round(steps[steps.length - 1] * clamp(across, 0, 1)))];
  const step = steps[counts.indexOf(row)];
  const k = Math.min(row.length - 1, Math.floor(clamp(up, 0, 1) * row.length));
  const width = (high - low) / row.length;
  const from = format(low + k * width, 3);
  const to = format(low + (k + 1) * width, 3);
  // Beyond the outermost ranges lie few numbers, which count in them.
  const range =
    row.length === 1
      ? "anywhere"
      : k === 0
        ? `at most ${to}`
        : k === row.length - 1
          ? `at least ${from}`
          : `between ${from} and ${to}`;
  const what = kind === "values" ? `numbers of ${of.parameter}` : `gradients of ${of.parameter}`;
  return { step, says: `Step ${step}: ${row[k]} of ${of.elements} ${what} are ${range}.` };
}
