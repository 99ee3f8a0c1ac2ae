/** Encodes a link as a QR code, with all squares as one path. Loaded when first needed. */
import { encodeQR } from "qr";

/** Largest version: with more squares per side a phone camera cannot resolve them across a room. */
const LARGEST = 117;
/** Capacity of that version at the lowest error correction level, bytes. */
export const MOST = 1273;
/** Quiet zone around the code, in squares; cameras need it to find the code. */
export const QUIET = 4;

/**
 * @param {string} text
 * @returns {{size: number, path: string} | null} size: squares per side without the quiet zone; null if too long
 */
export function qrCode(text) {
  // A short link has room for error correction, which helps against glare and oblique views.
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
    // The library insists on a border; the page draws a wider one itself.
    return encodeQR(text, "raw", { ecc, border: 1 })
      .slice(1, -1)
      .map((row) => row.slice(1, -1));
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
