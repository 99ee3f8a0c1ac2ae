/**
 * Pieces of splines: a start, then three points per segment.
 * @typedef {import("./read.js").Point} Point
 */

/** @param {Point} a @param {Point} b @returns {Point[]} a straight segment, after its start */
export const straight = (a, b) => [
  { x: a.x + (b.x - a.x) / 3, y: a.y + (b.y - a.y) / 3 },
  { x: a.x + ((b.x - a.x) * 2) / 3, y: a.y + ((b.y - a.y) * 2) / 3 },
  b,
];

/** @param {Point[]} corners @param {number} radius px @returns {Point[]} the way along them, its corners rounded */
export function rounded(corners, radius) {
  const found = [corners[0]];
  for (let i = 1; i < corners.length - 1; i += 1) {
    const corner = corners[i];
    const into = toward(corner, corners[i - 1], radius);
    const out = toward(corner, corners[i + 1], radius);
    found.push(...straight(found[found.length - 1], into));
    found.push(toward(into, corner, radius / 2), toward(out, corner, radius / 2), out);
  }
  return [...found, ...straight(found[found.length - 1], corners[corners.length - 1])];
}

/** @param {Point} a @param {Point} b @param {number} px @returns {Point} that far from a towards b, at most half the way */
function toward(a, b, px) {
  const part = Math.min(px / (Math.hypot(b.x - a.x, b.y - a.y) || 1), 0.5);
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}
