/**
 * What is told of the steps of a run. Pure.
 * @typedef
 *   {{step: number, loss: number, validation: number | null, gradients: number[], parameters: number[], rate: number | null}}
 *   Row
 * @typedef {import("../wire.d.ts").TrainStep} WireRow
 */
import { ruleName } from "./rule.js";
import { number } from "../trace/tensor.js";

/** Most rows that are kept; then every other one is left out. */
export const MOST = 3000;

/** @param {WireRow} wire @returns {Row} */
export const readRow = ({ step, loss, validation, gradients, parameters, rate }) => ({
  step,
  loss: number(loss),
  validation: validation === null ? null : number(validation),
  gradients: gradients.map(number),
  parameters: parameters.map(number),
  rate: rate === null ? null : number(rate),
});

/**
 * @param {readonly Row[]} rows in order @param {number} step
 * @returns {Row | null} that of the step, or of the last one before it that is known
 */
export function rowAt(rows, step) {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].step <= step) low = middle + 1;
    else high = middle;
  }
  return rows[low - 1] ?? null;
}

/**
 * @param {readonly Row[]} rows
 * @param {readonly Row[]} more later ones; one for the same step replaces it
 * @returns {Row[]}
 */
export function withRows(rows, more) {
  if (more.length === 0) return [...rows];
  const kept = rows.filter(({ step }) => step < more[0].step);
  const all = [...kept, ...more];
  return all.length > MOST ? all.filter((_, i) => i % 2 === 0 || i === all.length - 1) : all;
}

/**
 * @param {number} steps
 * @returns {number} of how many steps one is told, so that a curve has enough points and no more
 */
export const everyOf = (steps) => Math.max(1, Math.ceil(steps / 1000));

/**
 * @param {{run: {batch?: number | null}, begins: {examples: number, epoch: number}}} training @param {number} step
 * @returns {number} how many examples it learns from: the last batch of an epoch may be smaller
 */
export function sizeOf({ run, begins: { examples, epoch } }, step) {
  const batch = run.batch ?? null;
  if (batch === null || batch >= examples) return examples;
  return step % epoch === epoch - 1 ? examples - batch * (epoch - 1) : batch;
}

/**
 * What is remarkable at a step, in a sentence; "" if nothing is.
 * @param {readonly Row[]} rows
 * @param {Row | null} row
 * @param {string | null} ended
 * @param {readonly string[]} names of the parameters
 */
export function remark(rows, row, ended, names) {
  const last = rows.at(-1);
  if (row === null || last === undefined) return "";
  if (ended === "nonfinite")
    return `At step ${last.step} the loss is no number any more. The rate is too large: each step overshot, and the next one more. Try a tenth of it.`;
  if (ended === "below") return "It stopped here: the loss is as low as was asked for.";
  if (ended === "patience") return "It stopped here: the loss had not become lower for as many steps as was asked for.";
  if (row.gradients.length > 0 && row.gradients.every((x) => x === 0))
    return "Every gradient is 0 at this step, so nothing moves. Play its backward pass to see where the gradient ends.";
  const still = names.filter((_, i) => row.gradients[i] === 0);
  if (still.length > 0)
    return `No gradient reaches ${joined(still)} at this step: ${still.length === 1 ? "it does" : "they do"} not move.`;
  if (row.loss > 2 * rows[0].loss && row.loss > rows[0].loss + 1e-9)
    return "The loss is higher than at the start: the rate may be too large.";
  return "";
}

/** @param {readonly string[]} names */
const joined = (names) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

/**
 * What a run is trained with, part by part.
 * @param
 *   {{optimizer?: string, settings?: Record<string, number>, batch?: number | null, decay?: number, clip?: number | null, accumulate?: boolean, rate?: {course?: string, over?: number, factor?: number}, changes?: {step: number, optimizer?: string, settings?: Record<string, number>}[]}}
 *   run
 */
function partsOf({
  optimizer = "sgd",
  settings = {},
  batch = null,
  decay = 0,
  clip = null,
  accumulate = false,
  rate = {},
  changes = [],
}) {
  const said = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  const further = [
    ...(rate.course && rate.course !== "constant" ? [`${rate.course} rate`] : []),
    ...(batch === null ? [] : [`batch ${batch}`]),
    ...(decay > 0 ? [`decay ${decay}`] : []),
    ...(clip === null ? [] : [`clip ${clip}`]),
    ...(accumulate ? ["gradients kept"] : []),
    ...changes.map(({ step, optimizer: then, settings: set = {} }) =>
      [
        `from step ${step}`,
        ...(then ? [ruleName(then)] : []),
        ...Object.entries(set).map(([name, value]) => `${name} ${value}`),
      ].join(" "),
    ),
  ];
  return [ruleName(optimizer), ...said, ...further];
}

/** What a run is called beside others. @param {Parameters<typeof partsOf>[0]} run */
export const runName = (run) => partsOf(run).join(", ");

/** What tells runs from each other. @param {readonly Parameters<typeof partsOf>[0][]} runs @returns {string[]} */
export function runLabels(runs) {
  const all = runs.map(partsOf);
  const own = all.map((parts) =>
    parts.filter((part) => !all.every((others) => others.includes(part))).map((part) => part.replace(/^lr /, "rate ")),
  );
  return own.map(
    (parts, k) =>
      parts.join(", ") || PLAIN.find(([has]) => runs.some((run) => has(run) && run !== runs[k]))?.[1] || "plain",
  );
}

/**
 * How a run is called that lacks what others have.
 * @type {[(run: Parameters<typeof partsOf>[0]) => boolean, string][]}
 */
const PLAIN = [
  [({ decay = 0 }) => decay > 0, "no decay"],
  [({ rate = {} }) => (rate.course ?? "constant") !== "constant", "constant rate"],
];

/**
 * @param {readonly Row[]} rows
 * @returns {Row | null} the one with the lowest loss of what is kept aside; null if nothing is
 */
export const bestAside = (rows) =>
  rows.reduce(
    (/** @type {Row | null} */ best, row) =>
      row.validation !== null && (best === null || row.validation < (best.validation ?? Infinity)) ? row : best,
    null,
  );

/** @param {readonly Row[]} rows the lowest loss; NaN if there is none */
export const bestOf = (rows) => rows.reduce((best, { loss }) => (loss < best || Number.isNaN(best) ? loss : best), NaN);

/**
 * @param {{from: number, to: number, since: number}} aim the steps that are being taken @param {number} last the last
 *   one taken
 * @param {number} now ms
 * @returns {number | null} how long the others will take, s; null while too little is known
 */
export function secondsLeft({ from, to, since }, last, now) {
  const spent = now - since;
  return last <= from || spent < 500 ? null : Math.ceil(((spent / (last - from)) * (to - last)) / 1000);
}

/** Most rows of a table that is read at once. */
const READ = 25;

/**
 * @param {readonly Row[]} rows
 * @returns {Row[]} at most some of them, evenly spread, the first and the last among them
 */
export function sampled(rows) {
  const count = Math.min(READ, rows.length);
  return Array.from({ length: count }, (_, i) => rows[Math.round((i * (rows.length - 1)) / Math.max(1, count - 1))]);
}
