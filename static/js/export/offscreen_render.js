/**
 * Renders the scene a second time, off screen: with the same marks, trace and layout, so that any moment can be drawn
 * in any theme without changing the visible page.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {"shown" | "dark" | "light" | "print"} Ground
 */
import { div } from "../dom.js";
import { movedBetween } from "../timeline/frame.js";
import { isLarge } from "../graph/satellites.js";
import { contextFor } from "../scene/arrange.js";
import { stripes } from "../scene/defs.js";
import { createPicture } from "../scene/picture.js";
import { svg } from "../scene/svg.js";

/** As on the stage, above this many items nothing is blurred. */
const PLAIN_FROM = 120;

/** @typedef {NonNullable<ReturnType<typeof createOffscreenRender>>} OffscreenRender */

/**
 * @param {Store} store its current trace, drawing and layout are drawn
 * @param {Ground} ground
 * @param {SVGSVGElement | null} distance the stage's surface, to drop the same details as seen from afar there; null
 *   keeps all details
 * @returns null while there is nothing to draw
 */
export function createOffscreenRender(store, ground, distance) {
  const [trace, placed] = [store.visibleTrace.peek(), store.layout.peek()];
  if (trace === null || placed === null) return null;
  const { drawing, layout, sizes, spare, satellites } = placed;
  const still = store.reducedMotion.peek();
  const picture = createPicture({ describe: () => {}, still: () => still });
  const { groups, edges, titles, nodes, pulses } = picture.layers;
  const surface = svg(
    "svg",
    { class: "surface" },
    stripes(),
    svg("g", { class: "content" }, ...Object.values(picture.layers)),
  );
  if (distance) {
    surface.setAttribute("class", distance.getAttribute("class") ?? "");
    surface.style.setProperty("--scale", distance.style.getPropertyValue("--scale"));
  }
  surface.classList.toggle("plain", drawing.items.length > PLAIN_FROM);
  picture.build({
    trace,
    drawing,
    context: contextFor(trace, drawing, store.ops.peek(), layout.direction === "TB", isLarge(trace), satellites),
    places: layout,
    sizes,
    spare,
  });
  const host = div("offstage");
  host.inert = true;
  host.dataset.ground = ground;
  host.setAttribute("aria-hidden", "true");
  host.append(surface);
  document.body.append(host);
  /** @type {{k: number, of: import("../types.js").Trace} | null} */
  let shown = null;

  return {
    host,
    surface,
    trace,
    placed,
    travelling: pulses,
    boxes: [...groups.children],
    lines: [...edges.children],
    titles: [...titles.children],
    marks: [...nodes.children],
    /** @param {Frame} frame @returns {{items: Set<number>, lines: Set<number>}} what may have changed */
    show(frame) {
      const moved =
        shown === null || shown.of !== frame.trace
          ? { items: new Set(drawing.items.keys()), lines: new Set(drawing.lines.keys()) }
          : movedBetween(frame.cues, shown.k, frame.k);
      picture.update(frame);
      shown = { k: frame.k, of: frame.trace };
      return moved;
    },
    remove: () => host.remove(),
  };
}
