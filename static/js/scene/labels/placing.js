/**
 * Places labels one by one, each at its first candidate position that is free; if every position covers lines, at the
 * one that covers least. Pure.
 * @typedef {import("../../layout/read.js").Box} Box
 * @typedef {import("./along.js").Spot} Spot
 * @typedef {object} Obstacles
 * @property {import("./room.js").Room} solid  must not be covered: nodes with their numbers, titles, other labels
 * @property {import("./room.js").Room} lines  should not be covered, except by a line's own label
 * @property {Box} bounds  of the drawing, with the margin that labels may use
 */
import { createRoom } from "./room.js";

/** Padding around a label, px. */
const GAP = 2;

/**
 * @param {Obstacles} obstacles
 * @param {(line: number) => boolean} [yields] whether the shape printed on this line gives way
 */
export function createPlacing({ solid, lines, bounds }, yields = () => false) {
  const labels = createRoom();
  /**
   * @param {Spot[]} spots best first @param {number} [line] the line that the label belongs to
   * @returns {Spot | null} null if there is no room
   */
  return (spots, line = -1) => {
    let best = null;
    let least = Infinity;
    for (const spot of spots) {
      const box = boxAround(spot);
      if (!inside(bounds, box) || solid.within(box, yields) > 0 || labels.within(box) > 0) continue;
      const crossed = lines.within(box, (other) => other === line);
      // A label that lies on another line would seem to belong to it.
      if (line >= 0 && crossed > 0 && lines.within(box, (other) => other !== line) === 0) continue;
      if (crossed < least) [best, least] = [spot, crossed];
      if (least === 0) break;
    }
    if (best) labels.take(boxAround(best));
    return best;
  };
}

/** @param {Spot} spot @returns {Box} */
const boxAround = ({ x, y, width, height }) => ({
  x: x - width / 2 - GAP,
  y: y - height / 2 - GAP,
  width: width + 2 * GAP,
  height: height + 2 * GAP,
});

/** @param {Box} outer @param {Box} box */
const inside = (outer, box) =>
  box.x >= outer.x &&
  box.y >= outer.y &&
  box.x + box.width <= outer.x + outer.width &&
  box.y + box.height <= outer.y + outer.height;
