/**
 * A number that nobody is told. It stands in a tensor where a gradient is to be predicted: whatever is computed from it
 * is not a number, and whoever prints it prints a question mark, so that no part of the page has to know about covering
 * in order not to give anything away.
 * @typedef {import("../types.js").Tensor} Tensor
 */
class Covered {
  valueOf() {
    return NaN;
  }

  toString() {
    return "?";
  }

  toJSON() {
    return "?";
  }
}

export const COVERED = /** @type {number} */ (/** @type {unknown} */ (Object.freeze(new Covered())));

/** What is written in the place of a covered number. */
export const QUESTION = "?";

/** @param {Tensor | null} tensor is any of it covered */
export const isCovered = (tensor) => tensor !== null && tensor.flat.includes(COVERED);

/** @param {Tensor} tensor @returns {Tensor} the same shape, and nothing that is known of it */
export const blank = ({ shape, flat }) => ({ shape, flat: flat.map(() => COVERED) });
