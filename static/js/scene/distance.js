/**
 * Level of detail by zoom: first numbers disappear, then names, and what remains grows. From afar a node is its light
 * and one name, as large as fits.
 */
import { typeset, typesetSign } from "../words/names.js";
import { OPENER } from "./marks/group.js";
import { PAD } from "./marks/pair.js";
import { piecesWidth, pieceSpans } from "./marks/words.js";
import { svg } from "./svg.js";

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
 * @param {number} scale
 * @param {number} hall
 * @param {number} [numbers]  the smallest scale at which they are shown, at a desk
 * @returns {boolean} whether numbers are left out
 */
export const isFar = (scale, hall, numbers = LEVELS[0][1]) => scale < numbers * hall;

/**
 * @param {SVGElement} surface @param {number} scale
 * @param {number} hall  how much smaller everything looks to the viewer: 1 at a desk
 * @param {number} [numbers]  the smallest scale at which numbers are shown, at a desk
 */
export function showDistance(surface, scale, hall, numbers) {
  surface.classList.toggle("small", scale < SMALL * hall);
  for (const [name, below] of LEVELS) {
    const off = name === "far" ? isFar(scale, hall, numbers) : scale < below * (name === "farthest" ? 1 : hall);
    surface.classList.toggle(name, off);
  }
  // In steps, because each change restyles every name and line.
  const step = String(2 ** (Math.round(2 * Math.log2(Math.max(0.03, scale))) / 2));
  if (surface.style.getPropertyValue("--scale") !== step) surface.style.setProperty("--scale", step);
}

/**
 * Adds the name that represents a mark from afar. The largest size that fits is set here, that of its title above tiles
 * as well, the preferred one in CSS.
 * @param {SVGGElement} element of a mark
 * @param {import("../words/names.js").Letters[]} name
 * @param {{width: number, height: number}} size
 */
export function nameFromAfar(element, name, { width, height }) {
  const perPx = Math.max(0.4, piecesWidth(name, 100, 700) / 100);
  // A power needs room above as well: in a round mark, it would stand on the border.
  const raised = name.some(({ shift }) => shift === "super") ? 1.4 : 1;
  const fit = Math.min(LARGEST, 0.62 * height, (0.9 * width) / (perPx * raised));
  const text = svg("text", { class: "far-name" }, ...pieceSpans(name));
  text.style.setProperty("--fit", `${fit.toFixed(1)}px`);
  if (element.querySelector(".tile")) {
    element.dataset.tiled = element.querySelector(".caption") ? "captioned" : "";
    const beside = element.querySelector(".opener") ? OPENER + PAD / 2 : 0;
    element.style.setProperty("--title-fit", `${((width - 3 * PAD - beside) / perPx).toFixed(1)}px`);
  }
  element.append(text);
}

/**
 * @param {import("../types.js").Trace} trace
 * @param {import("../graph/drawing.js").Drawing} drawing
 * @param {number} item
 * @returns {import("../words/names.js").Letters[]}
 */
export function shortName({ nodes, groups }, { items, glyphs }, item) {
  const one = items[item];
  if (one.kind === "group") return [{ text: groups[one.group].name, shift: "" }];
  const node = nodes[one.node];
  return node.name !== null ? typeset(node.name) : typesetSign(glyphs.get(node.index) ?? node.label);
}
