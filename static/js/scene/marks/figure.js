/**
 * A tensor inside a mark: one number, a row of numbers, a small grid, or a heat map. The room it takes depends on its
 * shape alone, so that no change of values ever moves a node.
 * @typedef {import("../../types.js").Tensor} Tensor
 * @typedef {"number" | "row" | "grid" | "heat"} Form
 * @typedef {{form: Form, width: number, height: number, rows: number, cols: number, cell: number}} Room
 */
import { PENDING, format, formatTensor } from "../../format.js";
import { magnitude } from "../../tensor.js";
import { svg, writer } from "../svg.js";

const LINE = 19;
const NUMBER = 70;
const CELL = { width: 50, height: 19 };
const HEAT_SIDE = 70;
/** More cells than this along one side are pooled. */
const HEAT_CELLS = 16;

/** @param {number[]} shape @returns {Room} */
export function roomFor(shape) {
  const count = shape.reduce((product, size) => product * size, 1);
  const cols = shape.at(-1) ?? 1;
  const rows = cols === 0 ? 0 : count / cols;
  if (count <= 1) return { form: "number", width: NUMBER, height: LINE, rows: 1, cols: 1, cell: 0 };
  if (count <= 4 && (rows === 1 || cols === 1)) return { form: "row", width: count * 46 + 14, height: LINE, rows, cols, cell: 0 };
  if (rows <= 4 && cols <= 4) return { form: "grid", width: cols * CELL.width, height: rows * CELL.height, rows, cols, cell: 0 };
  const [r, c] = [Math.min(rows, HEAT_CELLS), Math.min(cols, HEAT_CELLS)];
  const cell = Math.max(4, Math.min(12, Math.floor(HEAT_SIDE / Math.max(r, c))));
  return { form: "heat", width: Math.max(c * cell, 74), height: r * cell + 16, rows: r, cols: c, cell };
}

/**
 * @param {Room} room
 * @param {"value" | "grad"} tone
 * @returns {{element: SVGGElement, update: (tensor: Tensor | null, scale: number, waiting?: string) => void}}
 *   scale: the magnitude that gets the full tint; waiting: what stands where there is no tensor
 */
export function figure(room, tone) {
  const element = svg("g", { class: `figure ${tone}` });
  if (room.form === "number" || room.form === "row") {
    const text = svg("text", { y: 14, class: "num" });
    element.append(text);
    const write = writer(text);
    return {
      element,
      update: (tensor, _scale, waiting = PENDING) =>
        write.text(tensor === null ? waiting : formatTensor(tensor, 4, room.form === "row" ? 3 : 4)),
    };
  }
  return room.form === "grid" ? grid(element, room) : heat(element, room);
}

/** @param {SVGGElement} element @param {Room} room */
function grid(element, { rows, cols }) {
  /** @type {{tint: ReturnType<typeof writer>, text: ReturnType<typeof writer>}[]} */
  const cells = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const tint = svg("rect", { x: j * CELL.width + 1, y: i * CELL.height + 1, width: CELL.width - 2, height: CELL.height - 2, rx: 4, class: "tint" });
      const text = svg("text", { x: (j + 1) * CELL.width - 7, y: i * CELL.height + 14, class: "num cell" });
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
        text.text(x === undefined ? waiting : format(x, 3));
        tint.attr("fill-opacity", x === undefined ? "0" : shade(x, scale));
      }),
  };
}

/** @param {SVGGElement} element @param {Room} room */
function heat(element, { rows, cols, cell }) {
  /** @type {ReturnType<typeof writer>[]} */
  const cells = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const rect = svg("rect", { x: j * cell, y: i * cell, width: cell - 1, height: cell - 1, class: "tint" });
      element.append(rect);
      cells.push(writer(rect));
    }
  }
  const caption = svg("text", { y: rows * cell + 12, class: "caption" });
  element.append(caption);
  const words = writer(caption);
  return {
    element,
    /** @param {Tensor | null} tensor @param {number} scale @param {string} [waiting] */
    update: (tensor, scale, waiting = PENDING) => {
      const pooled = tensor && pool(tensor, rows, cols);
      cells.forEach((rect, i) => {
        rect.attr("fill-opacity", pooled ? shade(pooled[i], scale) : "0");
        rect.attr("class", pooled && pooled[i] < 0 ? "tint negative" : "tint");
      });
      words.text(tensor === null ? waiting : `|max| ${format(magnitude(tensor), 3)}`);
    },
  };
}

/** @param {number} x @param {number} scale */
const shade = (x, scale) => (Number.isFinite(x) && x !== 0 ? (0.08 + 0.72 * Math.min(1, Math.abs(x) / (scale || 1))).toFixed(2) : "0");

/**
 * The strongest element of each block, with its sign.
 * @param {Tensor} tensor @param {number} rows @param {number} cols @returns {number[]}
 */
function pool({ shape, flat }, rows, cols) {
  const width = shape.at(-1) ?? 1;
  const height = flat.length / width;
  if (width === cols && height === rows) return flat;
  const out = new Array(rows * cols).fill(0);
  flat.forEach((x, i) => {
    const at = Math.floor((Math.floor(i / width) * rows) / height) * cols + Math.floor(((i % width) * cols) / width);
    if (!(Math.abs(x) <= Math.abs(out[at]))) out[at] = x;
  });
  return out;
}
