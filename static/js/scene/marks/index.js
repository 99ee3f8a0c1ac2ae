/** All marks, specific ones before general ones. @typedef {import("./mark.js").Mark} Mark */
import { card } from "./card.js";
import { circle } from "./circle.js";
import { constant } from "./constant.js";

/** @type {Mark[]} */
const MARKS = [constant, circle, card];

/** @param {import("./mark.js").Node} node @returns {Mark} */
export const markFor = (node) => /** @type {Mark} */ (MARKS.find((mark) => mark.fits(node)));
