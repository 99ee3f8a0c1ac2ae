/** Where the shapes of what lines carry are printed. */
import { placesAlong } from "./along.js";
import { createPlacing } from "./placing.js";
import { shapeSize } from "./sizes.js";

/** A line shorter than this is not printed on, px. */
const PRINTED_FROM = 88;
/** In a larger picture nothing is. */
const MOST = 120;
/** A shape stands beside its line: so much of it cannot be seen. */
const BESIDE = { seen: Infinity, clear: 1 };

/**
 * @param {ReturnType<typeof import("../edges.js").drawEdge>[]} lines @param {string[]} shapes by line, "" for none
 * @param {() => import("./obstacles.js").Surroundings} surroundings which give way to other labels of their line
 * @param {number} count of items
 */
export function placeShapes(lines, shapes, surroundings, count) {
  if (count > MOST || shapes.every((shape) => shape === "")) return;
  const around = surroundings();
  const place = createPlacing(around);
  shapes.forEach((shape, line) => {
    const along = around.along[line];
    if (shape === "" || along.length() < PRINTED_FROM) return lines[line].say(null);
    const size = shapeSize(shape);
    const at = place(placesAlong(along, size, BESIDE), line);
    if (at) around.solid.take({ x: at.x - size.width / 2, y: at.y - size.height / 2, ...size }, line);
    lines[line].say(at);
  });
}
