/**
 * One label after another, each on the first of its places where nothing else stands; where only lines do, on the one that
 * hides the least of them. Pure.
 * @typedef {import("../../layout/read.js").Box} Box
 * @typedef {import("./along.js").Spot} Spot
 * @typedef {object} Obstacles
 * @property {import("./room.js").Room} solid  no label may lie on it: nodes with their numbers, titles; and what is printed on a line
 * @property {import("./room.js").Room} lines  no label should, but on its own: the lines of the picture
 * @property {Box} bounds  of the picture, with the margin that labels may use
 */
import { createRoom } from "./room.js";

/** Around a label, px. */
const GAP = 2;

/**
 * @param {Obstacles} obstacles
 * @param {(line: number) => boolean} [yields] whether what is printed on this line gives way
 */
export function createPlacing({ solid, lines, bounds }, yields = () => false) {
  const labels = createRoom();
  /**
   * @param {Spot[]} spots the best first @param {number} [line] the one that it belongs to
   * @returns {Spot | null} null: there is no room for it
   */
  return (spots, line = -1) => {
    let best = null;
    let least = Infinity;
    for (const spot of spots) {
      const box = boxAround(spot);
      if (!inside(bounds, box) || solid.within(box, yields) > 0 || labels.within(box) > 0) continue;
      const crossed = lines.within(box, (other) => other === line);
      // On another line alone, it would be taken for that one's.
      if (line >= 0 && crossed > 0 && lines.within(box, (other) => other !== line) === 0) continue;
      if (crossed < least) [best, least] = [spot, crossed];
      if (least === 0) break;
    }
    if (best) labels.take(boxAround(best));
    return best;
  };
}

/** @param {Spot} spot @returns {Box} */
const boxAround = ({ x, y, width, height }) => ({ x: x - width / 2 - GAP, y: y - height / 2 - GAP, width: width + 2 * GAP, height: height + 2 * GAP });

/** @param {Box} outer @param {Box} box */
const inside = (outer, box) => box.x >= outer.x && box.y >= outer.y && box.x + box.width <= outer.x + outer.width && box.y + box.height <= outer.y + outer.height;
