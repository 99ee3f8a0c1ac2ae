/**
 * Sizes of labels and of the areas reserved for them. These depend on what is labelled and hardly on the digits, so
 * that labels do not jump while a value is dragged.
 * @typedef {import("./along.js").Size} Size
 */
import { textWidth } from "../svg.js";

/** @param {number} width @param {number} step @returns {number} the next multiple of the step */
const stepped = (width, step) => Math.ceil(width / step) * step;

/** The plate of a local derivative, px. */
export const LOCAL = { font: 13, height: 24, pad: 7, short: 40, step: 24 };
/** A sum of messages, px. */
export const SUM = { font: 17, line: 21, pad: 5, step: 32 };
/** Labels of a nudge, at nodes and on edges: font size and line height, px. */
export const CHANGE = { node: 12, edge: 11, line: 13, pad: 4 };
/** Text as long as most changes: sign, point and three digits; for an array, its largest change. */
const USUAL = { one: "−0.888", most: "max −0.888" };

/** @param {string} text @returns {number} px */
export const localWidth = (text) => textWidth(text, LOCAL.font, 700) + 2 * LOCAL.pad;

/** @param {string} text @returns {Size} */
export function localRoom(text) {
  const width = localWidth(text);
  return { width: width <= LOCAL.short ? LOCAL.short : stepped(width, LOCAL.step), height: LOCAL.height };
}

/**
 * @param {string} text
 * @param {number} height of its room
 * @returns {string[]} "3 + 2 = 5" in one line, or with the result in a second line
 */
export const sumLines = (text, height) => (height > SUM.line ? text.split(/ (?== )/) : [text]);

/** @param {string[]} lines @returns {Size} */
export const sumSize = (lines) => ({
  width: Math.max(...lines.map((line) => textWidth(line, SUM.font, 700))) + 2 * SUM.pad,
  height: lines.length * SUM.line,
});

/** @param {string} text @returns {Size[]} preferred size first: a sum of two numbers in one line, of more in two */
export function sumRooms(text) {
  const heights = text.split(" + ").length <= 2 ? [SUM.line, 2 * SUM.line] : [2 * SUM.line];
  return heights.map((height) => ({ width: stepped(sumSize(sumLines(text, height)).width, SUM.step), height }));
}

/**
 * @param {import("./along.js").Spot} spot
 * @param {number} width of the text
 * @returns {number} its left edge, relative to the middle of the spot
 */
export const leftIn = ({ width: room, anchor }, width) =>
  anchor === "start" ? -room / 2 : anchor === "end" ? room / 2 - width : -width / 2;

/** @param {string} text the shape of a line's value @returns {Size} */
export const shapeSize = (text) => ({ width: textWidth(text, 10) + 4, height: 12 });

/** @param {string[]} said one number, or the predicted and the true one @returns {Size} all in one line, after a Δ */
export const changeSize = (said) => ({
  width: textWidth(["Δ", ...said].join(" "), CHANGE.node, 600) + CHANGE.pad,
  height: CHANGE.node + 4,
});

/** @param {string[]} said @returns {Size} one below the other */
export const contributionSize = (said) => ({
  width: Math.max(...said.map((text) => textWidth(text, CHANGE.edge, 600))) + 2 * CHANGE.pad,
  height: said.length * CHANGE.line + CHANGE.pad,
});

/**
 * @param {string[]} said
 * @param {boolean} single one number, not an array
 * @returns {string[]} as many texts, each of typical length
 */
const usual = (said, single) => said.map((_, i) => (i === 0 && !single ? USUAL.most : USUAL.one));

/** @param {string[]} said @param {boolean} single @returns {Size} */
export const changeRoom = (said, single) => larger(changeSize(said), changeSize(usual(said, single)));

/** @param {string[]} said @param {boolean} single @returns {Size} */
export const contributionRoom = (said, single) => larger(contributionSize(said), contributionSize(usual(said, single)));

/** @param {Size} a @param {Size} b @returns {Size} */
const larger = (a, b) => ({ width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) });
