/**
 * A tensor inside a mark: one number, a small grid of numbers, or a heat map. Its size depends only on the shape, so
 * that changing values never moves a node.
 * @typedef {import("../../types.js").Tensor} Tensor
 * @typedef {object} Room
 * @property {"number" | "grid" | "heat"} form
 * @property {number} width
 * @property {number} height
 * @property {number} rows
 * @property {number} cols
 * @property {{width: number, height: number}} cell  of a heat map
 * @property {boolean} tall  value and gradient are side by side, not one above the other
 *
 * @typedef {object} Figure  its cells carry data-place, the row-major index of the element they show
 * @property {SVGGElement} element
 * @property {(tensor: Tensor | null, scale: number, waiting?: string) => void} update
 *   scale: the magnitude that gets the full tint; waiting: text shown while there is no tensor
 */
import { spread } from "../../trace/elements.js";
import { sizeOf } from "../../trace/tensor.js";
import { format } from "../../words/format.js";
import { svg, writer } from "../svg.js";
import { WAITING } from "./mark.js";
import { shade, tile } from "../../plots/tiles.js";
import { heat } from "./heat.js";

const LINE = 20;
const NUMBER = 72;
/** Most characters that fit; digits are dropped until the number fits. */
const FITTING = { number: 7, cell: 6 };
const CELL = { width: 57, height: 20 };
const HEAT_SIDE = 88;
/** Minimum width, for the caption, px. */
const HEAT_WIDTH = 92;
/** Most cells along one side; more are pooled. */
const HEAT_CELLS = 16;
/** When room is scarce: most elements that are printed as numbers, and the tile size of larger tensors. */
const FEW = 4;
const SMALL_TILE = { width: 18, height: 14 };

/** @param {number[]} shape a vector is drawn as a column @param {boolean} compact  room is scarce @returns {Room} */
export function roomFor(shape, compact) {
  const count = sizeOf(shape);
  const { height: rows, width: cols } = spread(shape);
  if (count <= 1) return { form: "number", width: NUMBER, height: LINE, rows: 1, cols: 1, cell: CELL, tall: false };
  if (rows <= 4 && cols <= 4 && compact && count > FEW) {
    return {
      form: "heat",
      width: Math.max(cols * SMALL_TILE.width, HEAT_WIDTH),
      height: rows * SMALL_TILE.height + 17,
      rows,
      cols,
      cell: SMALL_TILE,
      tall: true,
    };
  }
  if (rows <= 4 && cols <= 4) {
    return {
      form: "grid",
      width: cols * CELL.width,
      height: rows * CELL.height,
      rows,
      cols,
      cell: CELL,
      tall: cols === 1,
    };
  }
  const [r, c] = [Math.min(rows, HEAT_CELLS), Math.min(cols, HEAT_CELLS)];
  const side = Math.max(5, Math.min(14, Math.floor(HEAT_SIDE / Math.max(r, c))));
  // A single row or column is drawn as bars: squares would be a thin line in an empty card.
  const cell = { width: c === 1 ? HEAT_WIDTH : side, height: r === 1 ? 16 : side };
  return {
    form: "heat",
    width: Math.max(c * cell.width, HEAT_WIDTH),
    height: r * cell.height + 17,
    rows: r,
    cols: c,
    cell,
    tall: r > c / 2,
  };
}

/** @param {Room} room @param {"value" | "grad"} tone @returns {Figure} */
export function figure(room, tone) {
  const element = svg("g", { class: `figure ${tone}`, "data-of": tone });
  if (room.form === "grid") return grid(element, room);
  if (room.form === "heat") return heat(element, room);
  const text = svg("text", { y: 15, class: "num", "data-place": 0 });
  element.append(text);
  const write = writer(text);
  return {
    element,
    update: (tensor, _scale, waiting = WAITING) =>
      write.text(tensor === null ? waiting : tensor.flat.length === 0 ? "empty" : short(tensor.flat[0])),
  };
}

/** @param {number} x @param {"number" | "cell"} [where] @returns {string} with as many digits as fit */
export function short(x, where = "number") {
  for (const digits of where === "cell" ? [3, 2] : [4, 3, 2]) {
    const text = format(x, digits);
    if (text.length <= FITTING[where]) return text;
  }
  return format(x, 1);
}

/** @param {SVGGElement} element @param {Room} room @returns {Figure} */
function grid(element, { rows, cols }) {
  /** @type {{tint: ReturnType<typeof writer>, text: ReturnType<typeof writer>}[]} */
  const cells = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const tint = svg("path", { class: "tint" });
      const text = svg("text", { x: (j + 1) * CELL.width - 6, y: i * CELL.height + 14.5, class: "num cell" });
      element.append(
        svg(
          "g",
          { class: "tile", "data-place": i * cols + j },
          tint,
          text,
          svg("rect", {
            class: "ring",
            x: j * CELL.width + 1,
            y: i * CELL.height + 1,
            width: CELL.width - 2,
            height: CELL.height - 2,
            rx: 4,
          }),
        ),
      );
      cells.push({ tint: writer(tint), text: writer(text) });
    }
  }
  return {
    element,
    update: (tensor, scale, waiting = WAITING) =>
      cells.forEach(({ tint, text }, i) => {
        const x = tensor?.flat[i];
        text.text(x !== undefined ? short(x, "cell") : waiting === WAITING || i === 0 ? waiting : "");
        const [left, top] = [(i % cols) * CELL.width + 1, Math.floor(i / cols) * CELL.height + 1];
        tint.attr("d", tile(left, top, CELL.width - 2, CELL.height - 2, x ?? 0, 7));
        tint.attr("class", x !== undefined && x < 0 ? "tint negative" : "tint");
        tint.attr("fill-opacity", x === undefined ? "0" : shade(x, scale, 0.34));
      }),
  };
}
