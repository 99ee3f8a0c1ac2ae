/**
 * A hidden number. It replaces the elements of a gradient that is to be predicted. Anything computed from it is NaN,
 * and it prints as a question mark, so no other part of the page needs to know about covering to avoid giving the
 * answer away.
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

/** The text shown instead of a covered number. */
export const QUESTION = "?";

/** @param {Tensor | null} tensor whether any element is covered */
export const isCovered = (tensor) => tensor !== null && tensor.flat.includes(COVERED);

/** @param {Tensor} tensor @returns {Tensor} the same shape with every element covered */
export const blank = ({ shape, flat }) => ({ shape, flat: flat.map(() => COVERED) });
