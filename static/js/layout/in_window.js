/**
 * Where the drawing lies in its window, px. Pure.
 * @typedef {import("./read.js").Box} Box
 * @typedef {import("./read.js").Point} Point
 * @typedef {{zoom: number, origin: Point}} Seen  origin: where the drawing's upper left corner lies in the window
 * @typedef {Pick<import("../store/view.js").Placed, "places" | "sizes" | "curves" | "boxes">} Placed
 */
import { pointOn } from "./read.js";

/** Boxes along one line: enough to follow its bends. */
const PARTS = 12;

/** @param {Placed} layout @param {Seen} seen @param {number} gap around each, px @returns {Box[]} by item */
export const itemsIn = ({ places, sizes }, seen, gap) =>
  places.map(({ x, y }, i) => {
    const { width, height } = sizes[i];
    return moved({ x: x - width / 2, y: y - height / 2, width, height }, seen, gap);
  });

/** @param {Placed} layout @param {Seen} seen @param {number} gap @returns {Box[]} of the open groups */
export const groupsIn = ({ boxes }, seen, gap) => boxes.map(({ box }) => moved(box, seen, gap));

/** @param {Placed} layout @param {Seen} seen @param {number} gap @returns {Box[][]} by line, a row of boxes along it */
export const linesIn = ({ curves }, seen, gap) =>
  curves.map((points) => {
    const along = Array.from({ length: PARTS + 1 }, (_, i) => pointOn(points, i / PARTS));
    return along.slice(1).map((to, i) => {
      const from = along[i];
      const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
      return moved({ x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) }, seen, gap);
    });
  });

/** @param {Box} box in the drawing's own px @param {Seen} seen @param {number} gap @returns {Box} */
const moved = ({ x, y, width, height }, { zoom, origin }, gap) => ({
  x: x * zoom + origin.x - gap,
  y: y * zoom + origin.y - gap,
  width: width * zoom + 2 * gap,
  height: height * zoom + 2 * gap,
});
