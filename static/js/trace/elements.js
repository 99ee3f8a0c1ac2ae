/**
 * One element of a tensor: which one is pointed at, and its position among the others. Pure.
 * @typedef {import("../timeline/frame.js").NodeState} NodeState
 *
 * @typedef {object} Pointed  an element that the reader points at, by pointer or keys
 * @property {string} id     of the node
 * @property {number} place  in row-major order
 * @property {"value" | "grad"} of
 * @property {Box} box  its position in the window
 *
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box  px
 */
import { isCovered } from "./covered.js";
import { sizeOf } from "./tensor.js";

/** @param {number} place @param {number[]} shape @returns {number[]} */
export function indexOf(place, shape) {
  const index = [];
  let rest = place;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

/** @param {number} place @param {number[]} shape @returns {number[]} the index without axes of length 1 */
export const shortIndexOf = (place, shape) => indexOf(place, shape).filter((_, axis) => shape[axis] > 1);

/** @param {number[]} index @param {number[]} shape @returns {number} */
export const placeOf = (index, shape) => index.reduce((place, i, axis) => place * shape[axis] + i, 0);

/** @param {number[]} shape @returns {{height: number, width: number}} as a matrix; a vector is a column */
export function spread(shape) {
  const width = shape.length === 1 ? 1 : (shape.at(-1) ?? 1);
  return { width, height: width === 0 ? 0 : sizeOf(shape) / width };
}

/**
 * @param {number} place
 * @param {{height: number, width: number}} of
 * @param {number} rows
 * @param {number} cols
 * @returns {number} the tile that shows it; several elements may share a tile
 */
export const tileOf = (place, { height, width }, rows, cols) =>
  Math.floor((Math.floor(place / width) * rows) / height) * cols + Math.floor(((place % width) * cols) / width);

/**
 * The next element in the direction of an arrow key. The gradient follows after the last row of the value.
 * @param {Pick<Pointed, "place" | "of">} from @param {string} key @param {number[]} shape
 * @param {boolean} hasGrad
 * @returns {Pick<Pointed, "place" | "of">}
 */
export function neighbour({ place, of }, key, shape, hasGrad) {
  const { height, width } = spread(shape);
  let [row, column] = [Math.floor(place / width), place % width];
  if (key === "ArrowLeft") column = Math.max(0, column - 1);
  else if (key === "ArrowRight") column = Math.min(width - 1, column + 1);
  else if (key === "ArrowUp") row -= 1;
  else if (key === "ArrowDown") row += 1;
  if (row >= height) return of === "value" && hasGrad ? { place: column, of: "grad" } : { place, of };
  if (row < 0) return of === "grad" ? { place: (height - 1) * width + column, of: "value" } : { place, of };
  return { place: row * width + column, of };
}

/**
 * Whether an element can be explained at this moment, or why not.
 * @param {NodeState} state @param {"value" | "grad"} of
 * @returns
 *   {"known" | "not computed yet" | "messages are still to come" | "no path to the output" | "covered: predict it first"}
 */
export function known(state, of) {
  if (of === "value") return state.value === null ? "not computed yet" : "known";
  if (state.progress === "none") return "no path to the output";
  if (isCovered(state.grad)) return "covered: predict it first";
  if (state.progress === "done") return "known";
  return state.grad === null ? "not computed yet" : "messages are still to come";
}

/** Gap between a card and its element, and between a card and the edge of the window, px. */
const GAP = 10;

/**
 * Position of a card that belongs to one box and should not hide others: at the side where it hides least, preferably
 * below.
 * @param {Box} of
 * @param {{width: number, height: number}} card
 * @param {{width: number, height: number}} room
 * @param {Box[]} others
 * @returns {{left: number, top: number}}
 */
export function standBeside(of, card, room, others) {
  const middle = { x: (of.left + of.right - card.width) / 2, y: (of.top + of.bottom - card.height) / 2 };
  const rows = [of.bottom, ...others.map(({ bottom }) => bottom)].map((bottom) => ({
    left: middle.x,
    top: bottom + GAP,
  }));
  const above = [of.top, ...others.map(({ top }) => top)].map((top) => ({
    left: middle.x,
    top: top - GAP - card.height,
  }));
  const aside = [of, ...others].flatMap(({ left, right }) => [
    { left: right + GAP, top: middle.y },
    { left: left - GAP - card.width, top: middle.y },
  ]);
  let best = { left: GAP, top: GAP };
  let least = Infinity;
  for (const place of [...rows, ...above, ...aside]) {
    const left = Math.min(room.width - card.width - GAP, Math.max(GAP, place.left));
    const top = Math.min(room.height - card.height - GAP, Math.max(GAP, place.top));
    const box = { left, top, right: left + card.width, bottom: top + card.height };
    const far = Math.hypot(
      left + card.width / 2 - (of.left + of.right) / 2,
      top + card.height / 2 - (of.top + of.bottom) / 2,
    );
    const cost = 8 * shared(box, of) + others.reduce((sum, other) => sum + shared(box, other), 0) + 12 * far;
    if (cost < least - 1) [best, least] = [{ left, top }, cost];
  }
  return best;
}

/** @param {Box} a @param {Box} b @returns {number} px² */
const shared = (a, b) =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
