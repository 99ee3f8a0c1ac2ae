/**
 * A moment as a document of its own: SVG that needs neither this page nor its style sheet.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("./offstage.js").Ground} Ground
 * @typedef {{x: number, y: number, width: number, height: number}} View  what of the picture is seen, in the picture's px
 * @typedef {"whole" | "window"} Extent
 */
import { frameAt } from "../timeline/frame.js";
import { createOffstage } from "./offstage.js";
import { createResolver, escaped } from "./resolve.js";

/** Room for halos and for sums that stand below their nodes. */
const MARGIN = 36;
/** Where the seed comes in from. */
const SEED_ROOM = 110;
const FONTS = "system-ui, 'DejaVu Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/** @typedef {NonNullable<ReturnType<typeof createPicture>>} Picture */

/**
 * @param {Store} store
 * @param {Element} stage  the visible one, whose window may be asked for
 * @param {{ground: Ground, extent: Extent, seed: boolean}} how  seed: is the seed seen coming
 */
export function createPicture(store, stage, { ground, extent, seed }) {
  const live = /** @type {SVGSVGElement} */ (stage.querySelector(".surface"));
  const offstage = createOffstage(store, ground, extent === "window" ? live : null);
  const cues = store.cues.peek();
  if (offstage === null || cues === null) return null;
  const { trace, placed } = offstage;
  // Closing a group under way: the picture is that of another drawing than the steps are.
  if (cues.drawing.key !== placed.drawing.key) {
    offstage.remove();
    return null;
  }
  const view = extent === "window" ? windowOf(live) : wholeOf(placed, seed);
  const resolver = createResolver(offstage.surface);
  const paper = getComputedStyle(offstage.host).backgroundColor;
  const boxes = offstage.boxes.map(resolver.text).join("");
  const lines = /** @type {string[]} */ ([]);
  const marks = /** @type {string[]} */ ([]);

  return {
    view,
    /** In px of the screen, at full size. */
    size: extent === "window" ? { width: live.clientWidth, height: live.clientHeight } : { width: view.width, height: view.height },
    /**
     * @param {number} time
     * @param {{title: string, description: string}} told for who cannot see it
     * @returns {string} the document
     */
    at(time, { title, description }) {
      const moved = offstage.show(frameAt(trace, cues, time));
      for (const i of moved.lines) lines[i] = resolver.text(offstage.lines[i]);
      for (const i of moved.items) marks[i] = resolver.text(offstage.marks[i]);
      const travelling = resolver.text(offstage.travelling);
      const { width, height } = this.size;
      return [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="${[view.x, view.y, view.width, view.height].map((x) => Math.round(x * 100) / 100).join(" ")}" font-family="${FONTS}">`,
        `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`,
        `<defs>${resolver.definitions()}</defs>\n`,
        `<rect class="ground" x="${view.x}" y="${view.y}" width="${view.width}" height="${view.height}" fill="${plain(paper)}"/>\n`,
        `<g class="groups">${boxes}</g>\n<g class="edges">${lines.join("\n")}</g>\n<g class="nodes">${marks.join("\n")}</g>\n${travelling}\n</svg>\n`,
      ].join("");
    },
    remove: () => offstage.remove(),
  };
}

/** @param {import("../store/view.js").Placed} placed @param {boolean} seed @returns {View} */
function wholeOf({ width, height, layout: { direction } }, seed) {
  const room = seed ? SEED_ROOM : MARGIN;
  const [right, below] = direction === "LR" ? [room, MARGIN] : [MARGIN, room];
  // Whole px: a part of one would be an edge that nothing fills.
  return { x: -MARGIN, y: -MARGIN, width: Math.ceil(width) + MARGIN + right, height: Math.ceil(height) + MARGIN + below };
}

/** @param {SVGSVGElement} surface @returns {View} */
function windowOf(surface) {
  const content = /** @type {SVGGElement} */ (surface.querySelector(".content"));
  const { a: k, e, f } = content.transform.baseVal.consolidate()?.matrix ?? { a: 1, e: 0, f: 0 };
  return { x: -e / k, y: -f / k, width: surface.clientWidth / k, height: surface.clientHeight / k };
}

/** @param {string} colour rgb(…) @returns {string} */
const plain = (colour) => `#${(colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((x) => Math.round(Number(x)).toString(16).padStart(2, "0")).join("")}`;
