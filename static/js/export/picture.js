/**
 * One moment as a standalone SVG document that needs neither this page nor its style sheet.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("./offscreen_render.js").Ground} Ground
 * @typedef {{x: number, y: number, width: number, height: number}} View  the visible part of the drawing, in its px
 * @typedef {"whole" | "window"} Extent
 */
import { frameAt } from "../timeline/frame.js";
import { createOffscreenRender } from "./offscreen_render.js";
import { createResolver, escaped } from "./resolve.js";

/** Margin for halos, and for sums below their nodes. */
const MARGIN = 36;
/** Extra margin on the side from which the seed comes. */
const SEED_ROOM = 110;
const FONTS = "system-ui, 'DejaVu Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/** @typedef {NonNullable<ReturnType<typeof createPicture>>} Picture */

/**
 * @param {Store} store
 * @param {Element} stage  the visible stage, whose window may be exported
 * @param {{ground: Ground, extent: Extent, seed: boolean}} how  seed: whether the seed is shown arriving
 */
export function createPicture(store, stage, { ground, extent, seed }) {
  const live = /** @type {SVGSVGElement} */ (stage.querySelector(".surface"));
  const offscreen = createOffscreenRender(store, ground, extent === "window" ? live : null);
  const cues = store.cues.peek();
  if (offscreen === null || cues === null) return null;
  const { trace, placed } = offscreen;
  // While a group is closing, layout and steps belong to different drawings.
  if (cues.drawing.key !== placed.drawing.key) {
    offscreen.remove();
    return null;
  }
  const view = extent === "window" ? windowOf(live) : wholeOf(placed, seed);
  const resolver = createResolver(offscreen.surface);
  const paper = getComputedStyle(offscreen.host).backgroundColor;
  const boxes = offscreen.boxes.map(resolver.text).join("");
  const titles = offscreen.titles.map(resolver.text).join("");
  const lines = /** @type {string[]} */ ([]);
  const marks = /** @type {string[]} */ ([]);

  return {
    trace,
    view,
    /** Size in screen px at full scale. */
    size:
      extent === "window"
        ? { width: live.clientWidth, height: live.clientHeight }
        : { width: view.width, height: view.height },
    /**
     * @param {number} time
     * @param {{title: string, description: string}} alternative  a text alternative
     * @param {import("../types.js").Trace} [of]  another trace of the same structure
     * @returns {string} the document
     */
    at(time, { title, description }, of = trace) {
      const moved = offscreen.show(frameAt(of, cues, time));
      for (const i of moved.lines) lines[i] = resolver.text(offscreen.lines[i]);
      for (const i of moved.items) marks[i] = resolver.text(offscreen.marks[i]);
      const travelling = resolver.text(offscreen.travelling);
      const { width, height } = this.size;
      return [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="${[view.x, view.y, view.width, view.height].map((x) => Math.round(x * 100) / 100).join(" ")}" font-family="${FONTS}">`,
        `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`,
        `<defs>${resolver.definitions()}</defs>\n`,
        `<rect class="ground" x="${view.x}" y="${view.y}" width="${view.width}" height="${view.height}" fill="${plain(paper)}"/>\n`,
        `<g class="groups">${boxes}</g>\n<g class="edges">${lines.join("\n")}</g>\n<g class="titles">${titles}</g>\n<g class="nodes">${marks.join("\n")}</g>\n${travelling}\n</svg>\n`,
      ].join("");
    },
    remove: () => offscreen.remove(),
  };
}

/** @param {import("../store/view.js").Placed} placed @param {boolean} seed @returns {View} */
function wholeOf({ width, height, layout: { direction } }, seed) {
  const room = seed ? SEED_ROOM : MARGIN;
  const [right, below] = direction === "LR" ? [room, MARGIN] : [MARGIN, room];
  // Whole px: a fraction would leave an unfilled edge.
  return {
    x: -MARGIN,
    y: -MARGIN,
    width: Math.ceil(width) + MARGIN + right,
    height: Math.ceil(height) + MARGIN + below,
  };
}

/** @param {SVGSVGElement} surface @returns {View} */
function windowOf(surface) {
  const content = /** @type {SVGGElement} */ (surface.querySelector(".content"));
  const { a: k, e, f } = content.transform.baseVal.consolidate()?.matrix ?? { a: 1, e: 0, f: 0 };
  return { x: -e / k, y: -f / k, width: surface.clientWidth / k, height: surface.clientHeight / k };
}

/** @param {string} colour rgb(…) @returns {string} */
const plain = (colour) =>
  `#${(colour.match(/[\d.]+/g) ?? [])
    .slice(0, 3)
    .map((x) => Math.round(Number(x)).toString(16).padStart(2, "0"))
    .join("")}`;
