/**
 * Examples out of a file of comma-separated values: its cells, what its columns may be, and the points that they mean.
 * Pure.
 * @typedef {import("./points.js").Points} Points
 * @typedef {"input" | "target" | "out"} Part  what a column is taken for
 * @typedef {{line: number, cells: string[]}} Row  with the line of the file where it begins
 * @typedef {{head: string[], rows: Row[], parts: Part[], left: number}} Table  left: rows that were left out, because
 *   there are too many
 */
import { MOST_CLASSES } from "./points.js";

/**
 * Bounds of a file: characters, rows that are taken, columns, and numbers altogether, so that the program stays
 * readable.
 */
export const MOST = { characters: 2_000_000, rows: 1000, columns: 64, numbers: 10_000 };

/** What is wrong with a file, said to the reader with its place. */
export class CsvError extends Error {}

/** @param {number} line @param {number} column from 1 @param {string} said */
const wrong = (line, column, said) => new CsvError(`Line ${line}, column ${column}: ${said}`);

/** @param {string} text @returns {string} the separator; a comma may be a decimal comma where there is another one */
function separatorOf(text) {
  const first =
    text
      .slice(0, 10_000)
      .split("\n")
      .find((line) => line.trim() !== "") ?? "";
  return ["\t", ";"].find((sign) => first.includes(sign)) ?? ",";
}

/** @param {string} text @returns {{rows: Row[], left: number, separator: string}} */
function cellsOf(text) {
  const separator = separatorOf(text);
  /** @type {Row[]} */
  const rows = [];
  let [at, line, left] = [0, 1, 0];
  while (at < text.length) {
    const row = { line, cells: /** @type {string[]} */ ([]) };
    for (;;) {
      let cell = "";
      while (text[at] === " ") at += 1;
      if (text[at] === '"') {
        const opened = line;
        for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
          if (at >= text.length)
            throw wrong(opened, row.cells.length + 1, "a quotation mark is opened and never closed.");
          if (text[at] === '"') at += 1;
          if (text[at] === "\n") line += 1;
          cell += text[at];
        }
        at += 1;
      }
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== "\n") at += 1;
      cell += text.slice(from, at);
      row.cells.push(cell.trim());
      if (row.cells.length > MOST.columns)
        throw wrong(line, row.cells.length, `there are more than ${MOST.columns} columns.`);
      if (at >= text.length || text[at] === "\n") break;
      at += 1;
    }
    at += 1;
    line += 1;
    if (row.cells.every((cell) => cell === "")) continue;
    // One more, as the first may be the heads.
    if (rows.length <= MOST.rows) rows.push(row);
    else left += 1;
  }
  return { rows, left, separator };
}

/** @param {string} cell @returns {number} NaN if it is none */
const numberIn = (cell) => (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(cell) ? Number(cell) : NaN);

/**
 * @param {string} given @returns {Table} with a first guess at what its columns are: the last one is the target
 */
export function readCsv(given) {
  if (given.length > MOST.characters)
    throw new CsvError(`It is too large: at most ${MOST.characters.toLocaleString("en")} characters are read.`);
  const text = given.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const { rows, left, separator } = cellsOf(text);
  if (rows.length === 0) throw new CsvError("It has no rows.");
  // Where cells are parted by semicolons, a comma may stand for the point.
  if (separator === ";")
    for (const row of rows)
      row.cells = row.cells.map((cell) => (/^[-+]?\d+,\d+$/.test(cell) ? cell.replace(",", ".") : cell));
  const width = rows[0].cells.length;
  if (width < 2)
    throw new CsvError("Line 1 has one column. Inputs and a target are parted by commas, semicolons or tabs.");
  for (const { line, cells } of rows)
    if (cells.length !== width)
      throw wrong(
        line,
        Math.min(cells.length, width) + (cells.length > width ? 1 : 0),
        `it has ${cells.length} ${cells.length === 1 ? "column" : "columns"}, and the first line has ${width}.`,
      );
  const body = rows.slice(1);
  const headed =
    body.length > 0 &&
    rows[0].cells.some((cell, k) => Number.isNaN(numberIn(cell)) && !Number.isNaN(numberIn(body[0].cells[k])));
  const kept = headed ? body : rows.slice(0, MOST.rows);
  const numeric = rows[0].cells.map((_, k) => kept.every(({ cells }) => !Number.isNaN(numberIn(cells[k]))));
  return {
    head: headed ? rows[0].cells : rows[0].cells.map((_, k) => `column ${k + 1}`),
    rows: kept,
    parts: numeric.map((is, k) => (k === width - 1 ? "target" : is ? "input" : "out")),
    left: left + (headed ? 0 : rows.length - kept.length),
  };
}

/** @param {Table} table @returns {Points} what its columns mean; throws CsvError with the place of what does not fit */
export function pointsIn({ head, rows, parts }) {
  const inputs = parts.flatMap((part, k) => (part === "input" ? [k] : []));
  const target = parts.indexOf("target");
  if (inputs.length === 0) throw new CsvError("Choose at least one column as an input.");
  if (target < 0) throw new CsvError("Choose a column as the target.");
  if (rows.length * (inputs.length + 1) > MOST.numbers)
    throw new CsvError(
      `${rows.length} rows of ${inputs.length + 1} columns are more than ${MOST.numbers.toLocaleString("en")} numbers. Leave columns out, or take a shorter file.`,
    );
  /** @param {Row} row @param {number} k */
  const number = ({ line, cells }, k) => {
    const found = numberIn(cells[k]);
    if (!Number.isFinite(found))
      throw wrong(line, k + 1, cells[k] === "" ? "it is empty." : `“${cells[k].slice(0, 30)}” is no number.`);
    return found;
  };
  const values = rows.map((row) => inputs.map((k) => number(row, k)));
  const words = rows.map(({ cells }) => cells[target]);
  const distinct = [...new Set(words)];
  const numeric = words.every((word) => !Number.isNaN(numberIn(word)));
  const few = distinct.length <= MOST_CLASSES;
  const classed =
    few &&
    distinct.length > 1 &&
    inputs.length > 1 &&
    (!numeric || distinct.every((word) => Number.isInteger(numberIn(word))));
  const points = { inputs: inputs.length, rows: values, columns: inputs.map((k) => head[k]) };
  if (!classed) {
    if (!numeric && !few)
      throw new CsvError(
        `“${head[target]}” has ${distinct.length} different words; at most ${MOST_CLASSES} classes are taken.`,
      );
    return { ...points, classes: 0, targets: rows.map((row) => number(row, target)) };
  }
  const names = distinct.sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : 1));
  if (names.includes("")) throw wrong(rows[words.indexOf("")].line, target + 1, "it is empty.");
  const plain = names.every((name, k) => name === String(k));
  return {
    ...points,
    classes: names.length,
    targets: words.map((word) => names.indexOf(word)),
    ...(!plain && { names }),
  };
}
