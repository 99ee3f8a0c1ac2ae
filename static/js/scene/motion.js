/**
 * The transition between two layouts when a group opens or closes: items move to their new positions, and members of a
 * group come out of its old position.
 * @typedef {import("../layout/read.js").Point} Point
 * @typedef {import("../layout/read.js").Box} Box
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {{places: Map<string, Point>, boxes: Map<string, Box>}} Seen  by id, as last drawn
 */
import { middleOf } from "../layout/boxes.js";

export const MOVE_MS = 350;

/** @param {number} part 0..1 of the time @returns {number} eased fraction of the way: quick start, gentle arrival */
export const eased = (part) => 1 - (1 - Math.min(1, Math.max(0, part))) ** 3;

/**
 * The position from which each item starts.
 * @param {import("../graph/drawing.js").Drawing} drawing @param {Trace} trace @param {Seen} seen
 * @returns {({from: Point, fresh: boolean} | null)[]} fresh: the item was not drawn before; null: no earlier position
 *   is known
 */
export function origins({ items, within }, { groups }, { places, boxes }) {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const middle = (/** @type {string} */ id) => {
    const box = boxes.get(id);
    return box ? middleOf(box) : (places.get(id) ?? null);
  };
  return items.map(({ key }, i) => {
    const before = places.get(key);
    if (before) return { from: before, fresh: false };
    for (
      let at = /** @type {string | null} */ (key);
      at !== null;
      at = at === key ? within[i] : (parents.get(at) ?? null)
    ) {
      const from = middle(at);
      if (from) return { from, fresh: true };
    }
    return null;
  });
}

/**
 * Adapts a spline to moved ends: each point follows the ends according to how near it is to them.
 * @param {Point[]} points @param {Point} start shift of the first point @param {Point} end
 * @returns {Point[]}
 */
export const bent = (points, start, end) =>
  points.map(({ x, y }, i) => {
    const t = i / (points.length - 1);
    return { x: x + start.x * (1 - t) + end.x * t, y: y + start.y * (1 - t) + end.y * t };
  });

/**
 * Runs one animation until it ends or another starts.
 * @returns {(duration: number, draw: (left: number) => void) => void} left: remaining fraction, 1 to 0; a duration of 0
 *   draws the end at once
 */
export function createMotion() {
  let request = 0;
  return (duration, draw) => {
    cancelAnimationFrame(request);
    if (duration <= 0) return draw(0);
    const begin = performance.now();
    /** @param {number} now */
    const tick = (now) => {
      const part = (now - begin) / duration;
      draw(1 - eased(part));
      if (part < 1) request = requestAnimationFrame(tick);
    };
    draw(1);
    request = requestAnimationFrame(tick);
  };
}
