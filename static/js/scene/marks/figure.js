/**
 * A tensor inside a mark: one number, a small grid of numbers, or a heat map. The room it takes depends on its shape
 * alone, so that no change of values ever moves a node.
 * @typedef {import("../../types.js").Tensor} Tensor
 * @typedef {object} Room
 * @property {"number" | "grid" | "heat"} form
 * @property {number} width
 * @property {number} height
 * @property {number} rows
 * @property {number} cols
 * @property {{width: number, height: number}} cell  of a heat map
 * @property {boolean} tall  value and gradient stand side by side, not one above the other
 */
import { PENDING, format } from "../../format.js";
import { magnitude } from "../../tensor.js";
import { svg, writer } from "../svg.js";

const LINE = 20;
const NUMBER = 66;
/** More characters than this do not fit a card: one digit less is shown. */
const FITTING = 7;
const CELL = { width: 51, height: 20 };
const HEAT_SIDE = 72;
/** At least: the caption takes as much. */
const HEAT_WIDTH = 54;
/** More cells than this along one side are pooled. */
const HEAT_CELLS = 16;

/** @param {number[]} shape a vector stands upright, as a column does @returns {Room} */
export function roomFor(shape) {
  const count = shape.reduce((product, size) => product * size, 1);
  const cols = shape.length === 1 ? 1 : shape.at(-1) ?? 1;
  const rows = cols === 0 ? 0 : count / cols;
  if (count <= 1) return { form: "number", width: NUMBER, height: LINE, rows: 1, cols: 1, cell: CELL, tall: false };
  if (rows <= 4 && cols <= 4) {
    return { form: "grid", width: cols * CELL.width, height: rows * CELL.height, rows, cols, cell: CELL, tall: cols === 1 };
  }
  const [r, c] = [Math.min(rows, HEAT_CELLS), Math.min(cols, HEAT_CELLS)];
  const side = Math.max(4, Math.min(12, Math.floor(HEAT_SIDE / Math.max(r, c))));
  // A single row or column is drawn as bars: squares would be a thread in an empty card.
  const cell = { width: c === 1 ? HEAT_WIDTH : side, height: r === 1 ? 16 : side };
  return { form: "heat", width: Math.max(c * cell.width, HEAT_WIDTH), height: r * cell.height + 17, rows: r, cols: c, cell, tall: r > c / 2 };
}

/**
 * @param {Room} room
 * @param {"value" | "grad"} tone
 * @returns {{element: SVGGElement, update: (tensor: Tensor | null, scale: number, waiting?: string) => void}}
 *   scale: the magnitude that gets the full tint; waiting: what stands where there is no tensor
 */
export function figure(room, tone) {
  const element = svg("g", { class: `figure ${tone}` });
  if (room.form === "grid") return grid(element, room);
  if (room.form === "heat") return heat(element, room);
  const text = svg("text", { y: 15, class: "num" });
  element.append(text);
  const write = writer(text);
  return {
    element,
    update: (tensor, _scale, waiting = PENDING) => write.text(tensor === null ? waiting : short(tensor.flat[0])),
  };
}

/** @param {number} x */
export function short(x) {
  const text = format(x);
  return text.length > FITTING ? format(x, 3) : text;
}

/** @param {SVGGElement} element @param {Room} room */
function grid(element, { rows, cols }) {
  /** @type {{tint: ReturnType<typeof writer>, text: ReturnType<typeof writer>}[]} */
  const cells = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const tint = svg("rect", { x: j * CELL.width + 1, y: i * CELL.height + 1, width: CELL.width - 2, height: CELL.height - 2, rx: 5, class: "tint" });
      const text = svg("text", { x: (j + 1) * CELL.width - 5, y: i * CELL.height + 14.5, class: "num cell" });
      element.append(tint, text);
      cells.push({ tint: writer(tint), text: writer(text) });
    }
  }
  return {
    element,
    /** @param {Tensor | null} tensor @param {number} scale @param {string} [waiting] */
    update: (tensor, scale, waiting = PENDING) =>
      cells.forEach(({ tint, text }, i) => {
        const x = tensor?.flat[i];
        text.text(x !== undefined ? format(x, 3) : waiting === PENDING || i === 0 ? waiting : "");
        tint.attr("fill-opacity", x === undefined ? "0" : shade(x, scale, 0.3));
      }),
  };
}

/** @param {SVGGElement} element @param {Room} room */
function heat(element, { rows, cols, cell }) {
  /** @type {ReturnType<typeof writer>[]} */
  const cells = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const rect = svg("rect", { x: j * cell.width, y: i * cell.height, width: cell.width - 1, height: cell.height - 1, class: "tint heat-cell" });
      element.append(rect);
      cells.push(writer(rect));
    }
  }
  const caption = svg("text", { y: rows * cell.height + 12, class: "caption" });
  element.append(caption);
  const words = writer(caption);
  return {
    element,
    /** @param {Tensor | null} tensor @param {number} scale @param {string} [waiting] */
    update: (tensor, scale, waiting = PENDING) => {
      const pooled = tensor && pool(tensor, rows, cols);
      cells.forEach((rect, i) => {
        rect.attr("fill-opacity", pooled ? shade(pooled[i], scale, 0.85) : "0");
        rect.attr("class", pooled && pooled[i] < 0 ? "tint heat-cell negative" : "tint heat-cell");
      });
      words.text(tensor === null ? waiting : magnitude(tensor) === 0 ? "0" : `±${format(magnitude(tensor), 3)}`);
    },
  };
}

/** @param {number} x @param {number} scale @param {number} most */
const shade = (x, scale, most) => (Number.isFinite(x) && x !== 0 ? (0.06 + (most - 0.06) * Math.min(1, Math.abs(x) / (scale || 1))).toFixed(2) : "0");

/**
 * The strongest element of each block, with its sign.
 * @param {Tensor} tensor @param {number} rows @param {number} cols @returns {number[]}
 */
function pool({ shape, flat }, rows, cols) {
  const width = shape.length === 1 ? 1 : shape.at(-1) ?? 1;
  const height = flat.length / width;
  if (width === cols && height === rows) return flat;
  const out = new Array(rows * cols).fill(0);
  flat.forEach((x, i) => {
    const at = Math.floor((Math.floor(i / width) * rows) / height) * cols + Math.floor(((i % width) * cols) / width);
    if (!(Math.abs(x) <= Math.abs(out[at]))) out[at] = x;
  });
  return out;
}
