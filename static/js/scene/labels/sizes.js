/** How large labels are. In steps, so that a number that changes its digits while it is dragged does not make them jump. */
import { textWidth } from "../svg.js";

const STEP = 8;

/** @param {number} width */
const stepped = (width) => Math.ceil(width / STEP) * STEP;

/** The plate of a local derivative, px. */
export const LOCAL = { font: 13, height: 24, pad: 7 };
/** A sum of messages, px; a longer one stands in two lines. */
export const SUM = { font: 17, line: 21, longest: 130, pad: 5 };

/** @param {string} text @returns {number} px */
export const localWidth = (text) => textWidth(text, LOCAL.font, 700) + 2 * LOCAL.pad;

/** @param {string} text @returns {import("./along.js").Size} */
export const localSize = (text) => ({ width: stepped(localWidth(text)), height: LOCAL.height });

/** @param {string} text @returns {string[]} "3 + 2 = 5" in one line, a long one in two */
export const sumLines = (text) => (textWidth(text, SUM.font, 700) <= SUM.longest ? [text] : text.split(/ (?== )/));

/** @param {string} text @returns {import("./along.js").Size} */
export const sumSize = (text) => {
  const lines = sumLines(text);
  return { width: stepped(Math.max(...lines.map((line) => textWidth(line, SUM.font, 700))) + 2 * SUM.pad), height: lines.length * SUM.line };
};

/** @param {string} text the shape of what a line carries @returns {import("./along.js").Size} */
export const shapeSize = (text) => ({ width: textWidth(text, 10) + 4, height: 12 });

/** How far a nudge moves a node and what comes along an edge: letters and lines, px. */
export const CHANGE = { node: 12, edge: 11, line: 13 };

/** @param {{text: string}[]} said @returns {import("./along.js").Size} all in one line */
export const changeSize = (said) => ({ width: stepped(textWidth(["Δ", ...said.map(({ text }) => text)].join(" "), CHANGE.node, 600)), height: 16 });

/** @param {{text: string}[]} said @returns {import("./along.js").Size} one below the other */
export const contributionSize = (said) => ({
  width: stepped(Math.max(...said.map(({ text }) => textWidth(text, CHANGE.edge, 600))) + 8), height: said.length * CHANGE.line + 4,
});
