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

/**
 * Whether less than half of what is drawn now was drawn before: another program, not an edit of the same.
 * @param {Seen} former @param {import("./picture.js").Drawn} now
 */
export function isAnother(former, { drawing }) {
  const kept = drawing.items.filter(({ key }) => former.places.has(key)).length;
  return kept * 2 < Math.max(former.places.size, drawing.items.length);
}

/**
 * The group that was just opened or closed: the one open in only one of two drawings.
 * @param {Seen | null} former @param {import("./picture.js").Drawn} now
 */
export function toggled(former, { trace, drawing, boxes, places }) {
  const at = new Map(boxes.map(({ group, box }) => [trace.groups[group].id, box]));
  const opened = [...at].find(([id]) => former?.places.has(id));
  if (opened) return { id: opened[0], now: middleOf(opened[1]) };
  const closed = drawing.items.findIndex(({ key }) => former?.boxes.has(key));
  return closed < 0 ? null : { id: drawing.items[closed].key, now: places.nodes[closed] };
}

/**
 * @param {Seen | null} former
 * @param {ReturnType<typeof toggled>} what
 * @returns {import("../layout/read.js").Point | null} how far it moves
 */
export function shift(former, what) {
  const box = what && former?.boxes.get(what.id);
  const before = what && (box ? middleOf(box) : former?.places.get(what.id));
  return what && before ? { x: what.now.x - before.x, y: what.now.y - before.y } : null;
}
