/**
 * Writes boxes within boxes as lines, without recursion: groups nest as deep as a reader's functions call each other.
 * @template {{id: string, parent: string | null}} B
 * @param {{group: string | null}[]} items  group: the id of the box around it
 * @param {B[]} boxes
 * @param
 *   {{open: (box: B, at: number, depth: number) => string, item: (at: number, depth: number) => string, close: (depth: number) => string}}
 *   write
 * @returns {string[]} lines; items outside all boxes come first
 */
export function nested(items, boxes, write) {
  const ids = new Set(boxes.map(({ id }) => id));
  const inside = indicesBy(items.map(({ group }) => group));
  const children = indicesBy(boxes.map(({ parent }) => (parent !== null && ids.has(parent) ? parent : null)));
  /** @type {string[]} */
  const lines = [];
  const waiting = [{ box: -1, depth: -1, close: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { box, depth, close } = next;
    if (close) {
      lines.push(write.close(depth));
      continue;
    }
    const id = box < 0 ? null : boxes[box].id;
    if (box >= 0) {
      lines.push(write.open(boxes[box], box, depth));
      waiting.push({ box, depth, close: true });
    }
    for (const i of inside.get(id) ?? []) lines.push(write.item(i, depth + 1));
    for (const child of children.get(id)?.reverse() ?? []) waiting.push({ box: child, depth: depth + 1, close: false });
  }
  return lines;
}

/** @template T @param {T[]} keys @returns {Map<T, number[]>} the indices of each key */
function indicesBy(keys) {
  /** @type {Map<T, number[]>} */
  const found = new Map();
  keys.forEach((key, i) => (found.get(key) ?? found.set(key, []).get(key))?.push(i));
  return found;
}
