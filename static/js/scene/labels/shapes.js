/** Places the shape labels of lines. */
import { placesAlong } from "./along.js";
import { createPlacing } from "./placing.js";
import { shapeSize } from "./sizes.js";

/** Shorter lines get no label, px. */
const PRINTED_FROM = 88;
/** Most items in a drawing with shape labels. */
const MOST = 120;
/** Asks for more visible line than there is, so that a shape is placed beside its line. */
const BESIDE = { seen: Infinity, clear: 1 };

/**
 * @param {ReturnType<typeof import("../edges.js").drawEdge>[]} lines @param {string[]} shapes by line, "" for none
 * @param {() => import("./obstacles.js").Surroundings} surroundings the shapes give way to other labels of their line
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
