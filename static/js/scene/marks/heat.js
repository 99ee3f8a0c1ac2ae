/**
 * A tensor too large to print, as a heat map: no tint is zero, full tint is the largest magnitude, and a negative tile
 * lacks a corner, so that its sign is visible without colour. The range is printed below.
 * @typedef {import("../../types.js").Tensor} Tensor
 */
import { COVERED, QUESTION } from "../../trace/covered.js";
import { shade, strongest, tile } from "../../plots/tiles.js";
import { extent } from "../../trace/tensor.js";
import { format } from "../../words/format.js";
import { svg, writer } from "../svg.js";
import { WAITING } from "./mark.js";

/** @param {SVGGElement} element @param {import("./figure.js").Room} room @returns {import("./figure.js").Figure} */
export function heat(element, { rows, cols, cell }) {
  element.dataset.rows = String(rows);
  element.dataset.cols = String(cols);
  /** @type {{group: ReturnType<typeof writer>, tint: ReturnType<typeof writer>}[]} */
  const cells = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const [x, y, width, height] = [j * cell.width, i * cell.height, cell.width - 1, cell.height - 1];
      const tint = svg("path", { class: "tint" });
      const group = svg(
        "g",
        { class: "tile heat-cell" },
        svg("rect", { class: "ground", x, y, width, height }),
        tint,
        svg("rect", { class: "ring", x, y, width, height }),
      );
      element.append(group);
      cells.push({ group: writer(group), tint: writer(tint) });
    }
  }
  const caption = svg("text", { y: rows * cell.height + 12, class: "caption" });
  element.append(caption);
  const words = writer(caption);
  return {
    element,
    update(tensor, scale, waiting = WAITING) {
      const places = strongest(tensor ?? { shape: [rows, cols], flat: [] }, rows, cols);
      cells.forEach(({ group, tint }, i) => {
        const x = tensor?.flat[places[i]];
        group.attr("data-place", String(places[i]));
        tint.attr("class", x === undefined || x === COVERED || x >= 0 ? "tint" : x < 0 ? "tint negative" : "tint odd");
        tint.attr(
          "fill-opacity",
          x === undefined || x === COVERED ? "0" : Number.isFinite(x) ? shade(x, scale, 0.95) : "1",
        );
        const [left, top] = [(i % cols) * cell.width, Math.floor(i / cols) * cell.height];
        tint.attr("d", tile(left, top, cell.width - 1, cell.height - 1, x ?? 0, 0.6 * Math.min(cell.height, 14)));
      });
      words.text(tensor === null ? waiting : range(tensor));
    },
  };
}

/** @param {Tensor} tensor a short summary of its numbers */
function range({ flat }) {
  if (flat.length === 0) return "empty";
  if (flat.includes(COVERED)) return QUESTION;
  const finite = flat.filter(Number.isFinite);
  if (finite.length === 0) return "not finite";
  const [low, high] = extent(finite);
  if (finite.length < flat.length) return "not all finite";
  if (low === high) return `all ${format(low, 3)}`;
  const ends = [2, 1].map((digits) => `${format(low, digits)} … ${format(high, digits)}`);
  const most = `|x| ≤ ${format(Math.max(-low, high), 2)}`;
  return [...ends, most].find((text) => text.length <= LONGEST) ?? most;
}

/** Most characters of a caption that the narrowest heat map has room for. */
const LONGEST = 13;
