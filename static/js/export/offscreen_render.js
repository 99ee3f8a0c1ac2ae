/**
 * The picture once more, beside the visible page: drawn by the scene's own marks from the same trace and the same places,
 * so that any moment in any theme can be seen without touching what the reader sees.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {"shown" | "dark" | "light" | "print"} Ground
 */
import { movedBetween } from "../timeline/frame.js";
import { contextFor } from "../scene/arrange.js";
import { stripes } from "../scene/defs.js";
import { createPicture } from "../scene/picture.js";
import { svg } from "../scene/svg.js";

/** As on the stage: beyond this many items nothing is blurred. */
const PLAIN_FROM = 120;

/** @typedef {NonNullable<ReturnType<typeof createOffscreenRender>>} OffscreenRender */

/**
 * @param {Store} store whose trace, drawing and layout of this moment are drawn
 * @param {Ground} ground
 * @param {SVGSVGElement | null} distance the stage's surface, if details are to be dropped from afar as there; null for all of them
 * @returns null while there is nothing to draw
 */
export function createOffscreenRender(store, ground, distance) {
  const [trace, placed] = [store.trace.peek(), store.layout.peek()];
  if (trace === null || placed === null) return null;
  const { drawing, layout, sizes, spare } = placed;
  const still = store.reducedMotion.peek();
  const picture = createPicture({ describe: () => {}, still: () => still });
  const [groups, edges, nodes, travelling] = picture.layers;
  const surface = svg("svg", { class: "surface" }, stripes(), svg("g", { class: "content" }, ...picture.layers));
  if (distance) {
    surface.setAttribute("class", distance.getAttribute("class") ?? "");
    surface.style.setProperty("--scale", distance.style.getPropertyValue("--scale"));
  }
  surface.classList.toggle("plain", drawing.items.length > PLAIN_FROM);
  picture.build({ trace, drawing, context: contextFor(trace, drawing, store.ops.peek(), layout.direction === "TB"), places: layout, sizes, spare });
  const host = document.createElement("div");
  host.className = "offstage";
  host.inert = true;
  host.dataset.ground = ground;
  host.setAttribute("aria-hidden", "true");
  host.append(surface);
  document.body.append(host);
  /** @type {number | null} */
  let shown = null;

  return {
    host, surface, trace, placed, travelling,
    boxes: [...groups.children],
    lines: [...edges.children],
    marks: [...nodes.children],
    /** @param {Frame} frame @returns {{items: Set<number>, lines: Set<number>}} what may look different now */
    show(frame) {
      const moved = shown === null
        ? { items: new Set(drawing.items.keys()), lines: new Set(drawing.lines.keys()) }
        : movedBetween(frame.cues, shown, frame.k);
      picture.update(frame);
      shown = frame.k;
      return moved;
    },
    remove: () => host.remove(),
  };
}
