/**
 * What labels must avoid in one layout: nodes with their numbers, titles of open groups, and lines; also each line by
 * length.
 * @typedef {import("../../layout/read.js").Box} Box
 * @typedef {import("./along.js").Along} Along
 * @typedef {import("./placing.js").Obstacles & {covers: Box[], along: Along[], muted: ReadonlySet<number>}} Surroundings  covers: one box per item,
 *   with its numbers; along: one per line; muted: lines without labels, because many lie on each other
 */
import { coversOf } from "../arrange.js";
import { measured } from "./along.js";
import { titleBox } from "../groups.js";
import { createRoom } from "./room.js";

/** A line as an obstacle: a row of small squares, with this spacing and size, px. */
const STRIDE = 9;
const DOT = 6;
/** In larger drawings labels may cover lines, since not all are read at once. */
const MOST_LINES = 400;

/** @param {import("../picture.js").Scene & {boxes: {group: number, box: Box}[]}} scene @returns {Surroundings} */
export function surroundingsOf({ trace, drawing, context, places, sizes, spare, boxes }) {
  const [solid, lines] = [createRoom(), createRoom()];
  const covers = drawing.items.map((item, i) => {
    const { x, y } = places.nodes[i];
    const own = coversOf(trace, item, context, sizes[i]).map((box) => ({ ...box, x: x + box.x, y: y + box.y }));
    for (const box of own) solid.take(box);
    return around(own);
  });
  for (const { group, box } of boxes) solid.take(titleBox(trace.groups[group].name, box));
  const along = places.edges.map(measured);
  if (along.length <= MOST_LINES) {
    along.forEach(({ at, length }, line) => {
      const count = Math.max(1, Math.round(length() / STRIDE));
      for (let i = 0; i <= count; i += 1) {
        const { x, y } = at(i / count);
        lines.take({ x: x - DOT / 2, y: y - DOT / 2, width: DOT, height: DOT }, line);
      }
    });
  }
  const bounds = { x: -spare.x, y: -spare.y, width: places.width + 2 * spare.x, height: places.height + 2 * spare.y };
  const muted = new Set(
    drawing.lines.flatMap(({ source }, line) =>
      context.satellites.get(drawing.items[source])?.host === null ? [line] : [],
    ),
  );
  return { solid, lines, bounds, covers, along, muted };
}

/** @param {Box[]} boxes @returns {Box} their bounding box */
function around(boxes) {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map(({ x, width }) => x + width)) - left,
    height: Math.max(...boxes.map(({ y, height }) => y + height)) - top,
  };
}
