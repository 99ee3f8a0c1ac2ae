/**
 * Level of detail by zoom: first numbers disappear, then names, and what remains grows. From afar a node is its light
 * and one name, as large as fits.
 */
import { plainName, typesetSign } from "../words/names.js";
import { svg, textWidth } from "./svg.js";

/** Class, and the scale below which it applies: numbers are illegible, tiles blend, names are specks. */
const LEVELS = /** @type {const} */ ([
  ["far", 0.5],
  ["farther", 0.24],
  ["farthest", 0.085],
]);
/** Below this scale a page may set its numbers larger, so that they are read for longer. */
const SMALL = 0.72;
/** Largest font size of a name that covers a whole node, px. */
const LARGEST = 64;

/** How much smaller everything looks from the last row of a lecture hall. */
export const HALL = 1.8;

/**
 * @param {SVGElement} surface @param {number} scale
 * @param {number} hall  how much smaller everything looks to the viewer: 1 at a desk
 * @param {number} [numbers]  the smallest scale at which numbers are shown, at a desk
 */
export function showDistance(surface, scale, hall, numbers = LEVELS[0][1]) {
  surface.classList.toggle("small", scale < SMALL * hall);
  for (const [name, usual] of LEVELS) {
    const below = name === "far" ? numbers : usual;
    surface.classList.toggle(name, scale < below * (name === "farthest" ? 1 : hall));
  }
  // In steps, because each change restyles every name and line.
  const step = String(2 ** (Math.round(2 * Math.log2(Math.max(0.03, scale))) / 2));
  if (surface.style.getPropertyValue("--scale") !== step) surface.style.setProperty("--scale", step);
}

/**
 * Adds the name that represents a mark from afar. The largest size that fits is set here, the preferred one in CSS.
 * @param {SVGGElement} element of a mark
 * @param {string} words
 * @param {{width: number, height: number}} size
 */
export function nameFromAfar(element, words, { width, height }) {
  const fit = Math.min(LARGEST, 0.62 * height, (0.9 * width) / Math.max(0.4, textWidth(words, 100, 700) / 100));
  const text = svg("text", { class: "far-name" }, words);
  text.style.setProperty("--fit", `${fit.toFixed(1)}px`);
  if (element.querySelector(".tile")) element.dataset.tiled = "";
  element.append(text);
}

/**
 * @param {import("../types.js").Trace} trace @param {import("../graph/drawing.js").Drawing} drawing @param {number} item
 * @returns {string}
 */
export function shortName({ nodes, groups }, { items, glyphs }, item) {
  const one = items[item];
  if (one.kind === "group") return groups[one.group].name;
  const node = nodes[one.node];
  if (node.name !== null) return plainName(node.name);
  return typesetSign(glyphs.get(node.index) ?? node.label)
    .map(({ text }) => text)
    .join("");
}
