/**
 * The examples of a program as points that a hand can move: found in its text or in its values, and written into its
 * text. Pure.
 * @typedef {import("../types.js").Given} Given
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./literal.js").Nested} Nested
 *
 * @typedef {object} Points
 * @property {number} inputs   numbers of one point
 * @property {number} classes  how many there are; 0: targets are numbers
 * @property {number[][]} rows
 * @property {number[]} targets  of each point: its class, from 0, or a number
 * @property {string[]} [columns]  names of the inputs
 * @property {string[]} [names]  of the classes
 *
 * @typedef {object} Held  the points of a program
 * @property {string} x  its name
 * @property {string} target
 * @property {Points} points
 * @property {number[] | null} labels  what stands for each class; null: a column for each class, or numbers
 * @property {boolean} flat  whether targets stand in a row, not each in a row of its own
 * @property {boolean} beside  whether they stand beside the text, as values, and not in it
 * @property {string} why  why they cannot be changed; "" if they can
 */
import { extent } from "../trace/tensor.js";
import { valuesFor } from "../trace/values.js";
import { literalOf, writtenArray } from "./literal.js";

/** Most points that are drawn, and most that a file may bring. */
export const MOST_DRAWN = 500;
/** Most classes. */
export const MOST_CLASSES = 10;

/** What may be labels: only beside data that are certain. */
const LABELS = /^[yY](?:_?\w*)$/;

/** @param {number} inputs @param {number} classes @returns {Points} */
export const noPoints = (inputs, classes) => ({ inputs, classes, rows: [], targets: [] });

/** @typedef {{x: string, inputs: number, target: string}} Names  of the inputs that hold examples and targets */

/** @param {Pick<Trace, "nodes">} trace @returns {Names | null} null if it has none */
export function namesIn({ nodes }) {
  const inputs = nodes.filter(({ role }) => role === "input");
  const x = inputs.find(({ use, shape }) => use === "data" && shape.length === 2);
  const target =
    inputs.find(({ use }) => use === "target") ?? inputs.find(({ name }) => name !== null && LABELS.test(name));
  return x && target ? { x: x.id, inputs: x.shape[1], target: target.id } : null;
}

/**
 * @param {string} program
 * @param {Record<string, Given>} given
 * @param {Names} names
 * @returns {Held | null} null if it has no points
 */
export function pointsOf(program, given, { x, inputs, target }) {
  const [rows, wanted] = [x, target].map((name) => valueOf(program, given, name));
  const seen = rows.value && wanted.value && read(rows.value, wanted.value);
  const why = rows.why || wanted.why;
  const beside = literalOf(program, x) === "free";
  if (seen) return { x, target, ...seen, beside, why };
  return why === "" ? null : { x, target, points: noPoints(inputs, 0), labels: null, flat: false, beside, why };
}

/**
 * @param {string} program
 * @param {Record<string, Given>} given
 * @param {string} name
 * @returns {{value: Nested[] | null, why: string}}
 */
function valueOf(program, given, name) {
  const literal = literalOf(program, name);
  if (typeof literal === "string" && literal !== "free") return { value: null, why: literal };
  // What was set for a name that the text has bound since counts for nothing.
  const set = given[name] && valuesFor(program, { [name]: given[name] })[name];
  if (set !== undefined) return { value: Array.isArray(set) ? /** @type {Nested[]} */ (set) : null, why: "" };
  return { value: typeof literal !== "string" && Array.isArray(literal.value) ? literal.value : null, why: "" };
}

/** @param {Nested} value @returns {value is number} */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @param {Nested[]} x @param {Nested[]} target @returns {Pick<Held, "points" | "labels" | "flat"> | null} */
function read(x, target) {
  const width = Array.isArray(x[0]) ? x[0].length : 0;
  const rows = /** @type {number[][]} */ (x);
  if (width === 0 || x.length !== target.length) return null;
  if (!x.every((row) => Array.isArray(row) && row.length === width && row.every(isNumber))) return null;
  const flat = !Array.isArray(target[0]);
  const each = /** @type {number[][]} */ (flat ? target.map((value) => [value]) : target);
  const columns = each[0].length;
  if (!each.every((row) => Array.isArray(row) && row.length === columns && row.every(isNumber))) return null;
  if (columns > 1) {
    const one = each.every((row) => row.every((v) => [0, 1].includes(v)) && row.filter((v) => v === 1).length === 1);
    if (!one || columns > MOST_CLASSES) return null;
    const targets = each.map((row) => row.indexOf(1));
    return { points: { inputs: width, classes: columns, rows, targets }, labels: null, flat };
  }
  const numbers = each.map(([value]) => value);
  const labels = width === 1 ? null : labelsOf(numbers);
  const targets = labels === null ? numbers : numbers.map((value) => labels.indexOf(value));
  return { points: { inputs: width, classes: labels?.length ?? 0, rows, targets }, labels, flat };
}

/**
 * @param {number[]} targets
 * @returns {number[] | null} the classes that they are, in order; null if they are numbers
 */
function labelsOf(targets) {
  const found = [...new Set(targets)].sort((a, b) => a - b);
  if (found.length > MOST_CLASSES || !found.every(Number.isInteger)) return null;
  // One class alone is half of two.
  if (found.length === 1) return found[0] === -1 ? [-1, 1] : found[0] > 1 ? null : [0, 1];
  return found;
}

/**
 * The program with other points: its lists of numbers are written anew. What it had beside its text comes to stand in
 * it.
 * @param {string} program @param {Record<string, Given>} given @param {Held} held @param {Points} points
 * @returns {{program: string, given: Record<string, Given>}}
 */
export function withPoints(program, given, held, points) {
  const { [held.x]: _, [held.target]: __, ...rest } = given;
  const targets = points.targets.map((value) => {
    if (held.labels === null && held.points.classes > 0)
      return Array.from({ length: held.points.classes }, (_, k) => Number(k === value));
    const number = held.labels === null ? value : held.labels[value];
    return held.flat ? number : [number];
  });
  /** @type {[string, Nested[]][]} */
  const both = [
    [held.target, targets],
    [held.x, points.rows],
  ];
  let text = program;
  for (const [name, rows] of both) {
    const literal = literalOf(text, name);
    if (typeof literal === "string") text = onTop(text, `${name} = ${writtenArray(rows)}`);
    else text = text.slice(0, literal.from) + writtenArray(rows, literal.whole) + text.slice(literal.to);
  }
  return { program: text, given: rest };
}

/**
 * @param {string} program
 * @param {string} lines
 * @returns {string} with the lines before all others but imports and comments
 */
function onTop(program, lines) {
  const head = /^(?:(?:import|from)[ \t][^\n]*\n|[ \t]*\n|#(?! ?region)[^\n]*\n)*/.exec(program)?.[0] ?? "";
  return `${head}${lines}\n${program.slice(head.length)}`;
}

/**
 * The lines that write points into a program that is built for them.
 * @param {Nested[]} x @param {Nested[] | undefined} target  none where nothing is to be reached @param {Points} points
 */
export function linesOf(x, target, { columns = [], names = [] }) {
  const plain = (/** @type {string} */ word) =>
    word
      .replace(/[^\p{L}\p{N} _.,:()%/²³°+-]/gu, " ")
      .slice(0, 40)
      .trim();
  return [
    ...(columns.length > 0 ? [`# x: ${columns.map(plain).join(", ")}`] : []),
    `x = ${writtenArray(x)}`,
    ...(names.length > 0 ? [`# target: ${names.map((name, k) => `${k} ${plain(name)}`).join(", ")}`] : []),
    ...(target ? [`target = ${writtenArray(target)}`] : []),
  ].join("\n");
}

/** @param {Points} points @param {number[]} row @param {number} target @returns {Points} with one point more */
export const added = (points, row, target) => ({
  ...points,
  rows: [...points.rows, row],
  targets: [...points.targets, target],
});

/** @param {Points} points @param {number} at @returns {Points} without that point */
export const erased = (points, at) => ({
  ...points,
  rows: points.rows.toSpliced(at, 1),
  targets: points.targets.toSpliced(at, 1),
});

/**
 * @param {Points} points
 * @param {number} at
 * @param {[number, number]} place  in the plane: of one input, its number and its target
 * @returns {Points} with that point there
 */
export const moved = (points, at, [a, b]) =>
  points.inputs === 1
    ? { ...points, rows: points.rows.with(at, [a]), targets: points.targets.with(at, b) }
    : { ...points, rows: points.rows.with(at, [a, b]) };

/** @param {Points} points @param {number} at @returns {[number, number]} where a point stands in the plane */
export const placeOf = ({ inputs, rows, targets }, at) =>
  inputs === 1 ? [rows[at][0], targets[at]] : [rows[at][0], rows[at][1]];

/** The window of an axis on which nothing stands farther out. @type {[number, number]} */
const USUAL = [-1.2, 1.2];

/**
 * The window in which points are drawn: it stays as it is while a hand draws within it.
 * @param {Points} points @returns {[[number, number], [number, number]]}
 */
export function windowOf(points) {
  const places = points.inputs > 2 ? [] : points.rows.map((_, at) => placeOf(points, at));
  /** @param {0 | 1} axis @returns {[number, number]} */
  const along = (axis) => {
    const [low, high] = extent(places.map((place) => place[axis]));
    if (places.length === 0 || (low >= USUAL[0] && high <= USUAL[1])) return USUAL;
    const room = (high - low) * 0.1 || 1;
    return [low - room, high + room];
  };
  return [along(0), along(1)];
}

/** @param {[number, number]} range @param {number} x @returns {number} as exact as a hand is */
export function rounded([low, high], x) {
  const unit = 10 ** Math.floor(Math.log10((high - low) / 100));
  return Number((Math.round(x / unit) * unit).toPrecision(12));
}
