/**
 * The seal at a node's lower right corner: the verdict of its check, or how an engine of the program's own is graded there. All seals are drawn; CSS shows the one named by
 * data-check, and only once the gradient is there.
 * @typedef {import("../../words/verdicts.js").Mark} Mark
 */
import { svg } from "../svg.js";

const RADIUS = 6.5;
/** @type {Record<Mark | import("../../words/own_marks.js").OwnMark, string>} */
const LINES = {
  agrees: "M-3 .2L-.8 2.5L3.2-2.4",
  "at-kink": "M-3.2 2.2L0-2.6L3.2 2.2",
  unsettled: "M-3.4 .9C-2.2-2-.9-1.1 0 0S2.2 2 3.4-.9",
  wrong: "M0-3.6V.8M0 3V3.4",
  "own-right": "M-3 .2L-.8 2.5L3.2-2.4",
  "own-wrong": "M-2.6-2.6L2.6 2.6M2.6-2.6L-2.6 2.6",
  "own-follows": "M-2.4-3V1.4H2.6M.6-.8L2.8 1.4L.6 3.6",
};

/** @param {number} x @param {number} y the corner @returns {SVGElement} */
export const seal = (x, y) =>
  svg(
    "g",
    { class: "seal", transform: `translate(${x} ${y})`, "aria-hidden": "true" },
    svg("circle", { r: RADIUS }),
    ...Object.entries(LINES).map(([mark, d]) => svg("path", { class: mark, d })),
  );

/** The middle of a rounded corner, relative to the centre of the shape. @param {number} rx */
export const inset = (rx) => rx * (1 - Math.SQRT1_2);
