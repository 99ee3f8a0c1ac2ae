/** A link as a QR code: the squares as one path, drawn by whoever wants them. Loaded when first needed. */
import { encodeQR } from "qr";

/** With more squares to a side (version 25) the camera of a phone no longer tells them apart across a room. */
const LARGEST = 117;
/** What a code of that size holds at its lowest redundancy, in bytes. */
export const MOST = 1273;
/** White around the code, in squares: cameras find it by that. */
export const QUIET = 4;

/**
 * @param {string} text
 * @returns {{size: number, path: string} | null} size of the side in squares without the quiet zone; null: too long
 */
export function qrCode(text) {
  // A short link has room for redundancy, which is what saves it from glare and from the corner of a screen.
  for (const ecc of /** @type {const} */ (["quartile", "medium", "low"])) {
    const squares = squaresOf(text, ecc);
    if (squares === null || (squares.length > 61 && ecc !== "low")) continue;
    if (squares.length > LARGEST) return null;
    return { size: squares.length, path: squares.map(rowPath).join("") };
  }
  return null;
}

/** @param {string} text @param {import("qr").ErrorCorrection} ecc */
function squaresOf(text, ecc) {
  try {
    // The library wants a border; the page draws a wider one itself.
    return encodeQR(text, "raw", { ecc, border: 1 }).slice(1, -1).map((row) => row.slice(1, -1));
  } catch {
    return null; // no code is large enough
  }
}

/** @param {boolean[]} row @param {number} y one bar for each run of dark squares */
function rowPath(row, y) {
  let path = "";
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    let end = x;
    while (row[end]) end++;
    path += `M${x} ${y}h${end - x}v1h-${end - x}z`;
    x = end;
  }
  return path;
}
