/**
 * From one picture to the next, when a group opens or closes: what was there walks to its new place, what was inside
 * comes out of where the group stood.
 * @typedef {import("../layout/read.js").Point} Point
 * @typedef {import("../layout/read.js").Box} Box
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {{places: Map<string, Point>, boxes: Map<string, Box>}} Seen  by ids, as the reader saw it last
 */

export const MOVE_MS = 350;

/** @param {number} part 0..1 of the time @returns {number} of the way: soon under way, gently there */
export const eased = (part) => 1 - (1 - Math.min(1, Math.max(0, part))) ** 3;

/**
 * Where each item comes from.
 * @param {import("../graph/drawing.js").Drawing} drawing @param {Trace} trace @param {Seen} seen
 * @returns {({from: Point, fresh: boolean} | null)[]} fresh: it was not there; null: nothing known
 */
export function origins({ items, within }, { groups }, { places, boxes }) {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const middle = (/** @type {string} */ id) => {
    const box = boxes.get(id);
    return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : (places.get(id) ?? null);
  };
  return items.map(({ key }, i) => {
    const before = places.get(key);
    if (before) return { from: before, fresh: false };
    for (let at = /** @type {string | null} */ (key); at !== null; at = at === key ? within[i] : (parents.get(at) ?? null)) {
      const from = middle(at);
      if (from) return { from, fresh: true };
    }
    return null;
  });
}

/**
 * A spline whose ends have moved: it follows them, each point as far as it is near to one.
 * @param {Point[]} points @param {Point} start what the first point moves by @param {Point} end
 * @returns {Point[]}
 */
export const bent = (points, start, end) =>
  points.map(({ x, y }, i) => {
    const t = i / (points.length - 1);
    return { x: x + start.x * (1 - t) + end.x * t, y: y + start.y * (1 - t) + end.y * t };
  });

/**
 * Runs until it is done or another begins.
 * @returns {(duration: number, draw: (left: number) => void) => void} left: of the way, 1 to 0; a duration of 0 draws the end at once
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
