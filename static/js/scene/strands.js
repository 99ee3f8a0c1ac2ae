/**
 * Lines that lie on each other: those from what stands in one place to the same item are drawn as one, whose light is
 * that of its strongest message.
 * @typedef {import("../graph/drawing.js").Drawing} Drawing
 * @typedef {object} Strands
 * @property {Int32Array} lead   line -> the line that is drawn for it; itself if it stands alone
 * @property {Map<number, number[]>} edges  of a line that is drawn for several: all their edges
 */

/** @param {Drawing} drawing @param {import("../graph/satellites.js").Satellites} satellites @returns {Strands} */
export function strandsOf({ items, lines }, satellites) {
  const lead = Int32Array.from(lines.keys());
  /** @type {Map<number, number[]>} */
  const edges = new Map();
  /** @type {Map<string, number>} */
  const first = new Map();
  lines.forEach(({ source, target, edges: own }, line) => {
    const place = satellites.get(items[source]);
    if (place === undefined || place.host !== null) return;
    const key = `${place.shared} ${target}`;
    const drawn = first.get(key);
    if (drawn === undefined) {
      first.set(key, line);
      edges.set(line, [...own]);
    } else {
      lead[line] = drawn;
      edges.get(drawn)?.push(...own);
    }
  });
  return { lead, edges };
}
