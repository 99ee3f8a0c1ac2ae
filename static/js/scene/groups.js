/** A function's box. @typedef {import("../layout/read.js").Box} Box */
import { svg } from "./svg.js";

/** @param {string} name @param {Box} box @returns {SVGGElement} */
export function drawGroup(name, { x, y, width, height }) {
  return svg(
    "g",
    { class: "group" },
    svg("rect", { x, y, width, height, rx: 16 }),
    svg("text", { x: x + 14, y: y + 19 }, name),
  );
}
