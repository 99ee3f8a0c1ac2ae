/**
 * Icons for the role of an input, as outlines in a 13 px square: a parameter is adjusted by training (sliders), data
 * are given (a sheet of rows), a target is aimed at (rings). The graph draws them and its legend explains them.
 * @typedef {"parameter" | "data" | "target"} Use
 */

/** @param {number} x @param {number} y @param {number} r */
const disc = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/** `line` is stroked, `knob` is filled. @type {Record<Use, {line: string, knob: string}>} */
export const USES = {
  parameter: { line: "M0 3.5H13M0 9.5H13", knob: disc(4, 3.5, 2.4) + disc(9, 9.5, 2.4) },
  data: { line: "M1 1.5H12V11.5H1ZM1 4.8H12M1 8.2H12M5 1.5V11.5", knob: "" },
  target: { line: disc(6.5, 6.5, 5.7), knob: disc(6.5, 6.5, 2.3) },
};
