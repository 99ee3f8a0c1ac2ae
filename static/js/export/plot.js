/**
 * A plot of the page as a PNG, as it is shown: its canvases and its drawings, whose look is written into them, because
 * an image knows no style sheet.
 */
import { imageOf, pngFrom } from "./raster.js";

/** What a style sheet may say of a drawing. */
const STYLED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "display",
  "visibility",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
];
/** Pixels of the picture for each of the screen. */
const SCALE = 2;

/** @param {SVGSVGElement} drawing @returns {string} a document that needs no style sheet */
function styled(drawing) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const [from, to] = [drawing, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from.forEach((element, i) => {
    const look = getComputedStyle(element);
    for (const name of STYLED) to[i].setAttribute(name, look.getPropertyValue(name));
    to[i].removeAttribute("class");
  });
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

/** @param {HTMLElement} host  holds the plot: canvases, and drawings over them @returns {Promise<Blob>} */
export async function plotPng(host) {
  const frame = host.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [frame.width * SCALE, frame.height * SCALE].map(Math.round);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(SCALE, SCALE);
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, frame.width, frame.height);
  for (const part of host.querySelectorAll("canvas, svg:not(svg svg)")) {
    const { x, y, width, height } = part.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    const image = part instanceof HTMLCanvasElement ? part : await imageOf(styled(/** @type {SVGSVGElement} */ (part)));
    context.drawImage(image, x - frame.x, y - frame.y, width, height);
  }
  return pngFrom(canvas);
}
