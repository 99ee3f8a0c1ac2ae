/**
 * Where a drawing lies along one axis of its window: in the middle if it fits, else so that one place of it is in view.
 */

/**
 * @param {number} length  of the drawing, px
 * @param {{start: number, room: number}} window  where its free part begins, and how long that is, px
 * @param {number} at  the place of the drawing to bring to the middle, px from its beginning; no edge of the drawing
 *   comes further in than the edge of the window
 * @returns {number} where the drawing begins, px
 */
export function inView(length, { start, room }, at) {
  if (length <= room) return start + (room - length) / 2;
  return Math.min(start, Math.max(start + room - length, start + room / 2 - at));
}
