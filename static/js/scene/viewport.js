/**
 * Pan and zoom: d3-zoom's immutable transform is the value, this applies it and says when it changes.
 * @typedef {{width: number, height: number}} Size
 */
import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";

const MARGIN = { x: 28, top: 76, bottom: 70 };
const NARROW_MARGIN = { x: 18, top: 62, bottom: 26 };
const LARGEST_FIT = 1.5;

/**
 * @param {HTMLElement} host   the window
 * @param {SVGSVGElement} surface  fills it
 * @param {SVGGElement} content
 * @param {{onScale: (scale: number) => void, onResize: () => void}} tell
 */
export function createViewport(host, surface, content, { onScale, onResize }) {
  /** @type {Size} */
  let picture = { width: 1, height: 1 };
  /** As long as the reader has not moved it himself, the picture keeps fitting its window. */
  let untouched = true;
  let flight = 0;
  const behaviour = /** @type {import("d3-zoom").ZoomBehavior<SVGSVGElement, unknown>} */ (zoom())
    .scaleExtent([0.05, 4])
    .on("zoom", ({ transform, sourceEvent }) => {
      if (sourceEvent) {
        untouched = false;
        cancelAnimationFrame(flight);
      }
      content.setAttribute("transform", transform.toString());
      onScale(transform.k);
    });
  const surfaceSelection = select(surface).call(behaviour).on("dblclick.zoom", null);

  let size = { width: 1, height: 1 };

  function fit() {
    const { width, height } = size;
    const margin = width < 500 ? NARROW_MARGIN : MARGIN;
    const free = { width: width - 2 * margin.x, height: height - margin.top - margin.bottom };
    const k = Math.min(LARGEST_FIT, free.width / picture.width, free.height / picture.height);
    const x = (width - picture.width * k) / 2;
    const y = margin.top + (free.height - picture.height * k) / 2;
    untouched = true;
    surfaceSelection.call(behaviour.transform, zoomIdentity.translate(x, y).scale(Math.max(0.05, k)));
  }

  /**
   * Moves until a part of the picture fills the window, but no larger than life.
   * @param {{left: number, top: number, right: number, bottom: number}} part
   * @param {number} duration ms; 0 goes there at once
   */
  function goTo(part, duration) {
    cancelAnimationFrame(flight);
    untouched = false;
    const k = Math.min(1, (size.width - 2 * MARGIN.x) / (part.right - part.left), (size.height - MARGIN.top - MARGIN.bottom) / (part.bottom - part.top));
    const x = size.width / 2 - (k * (part.left + part.right)) / 2;
    const y = size.height / 2 - (k * (part.top + part.bottom)) / 2;
    const from = zoomTransform(surface);
    const begin = performance.now();
    /** @param {number} now */
    const fly = (now) => {
      const part = duration > 0 ? Math.min(1, Math.max(0, (now - begin) / duration)) : 1;
      const t = 1 - (1 - part) ** 3;
      const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * t;
      surfaceSelection.call(behaviour.transform, zoomIdentity.translate(mix(from.x, x), mix(from.y, y)).scale(mix(from.k, k)));
      if (part < 1) flight = requestAnimationFrame(fly);
    };
    fly(duration > 0 ? begin : begin + 1);
  }

  // The size is written down in px, because a page that measures itself tries other sizes on the way, and each of
  // them would lay out every text in the picture anew.
  let ratio = 0;
  new ResizeObserver(([{ contentRect }]) => {
    size = { width: Math.max(1, contentRect.width), height: Math.max(1, contentRect.height) };
    surface.style.width = `${size.width}px`;
    surface.style.height = `${size.height}px`;
    // A window of another form asks for another picture, not only for another scale.
    if (Math.abs(Math.log(size.height / size.width / ratio)) > 0.1) {
      ratio = size.height / size.width;
      onResize();
    }
    if (untouched) fit();
  }).observe(host);

  return {
    size: () => size,
    fit,
    goTo,
    /** @param {Size} size of a new picture */
    show(size) {
      picture = size;
      if (untouched) fit();
    },
    /** @param {number} factor */
    by: (factor) => {
      untouched = false;
      surfaceSelection.call(behaviour.scaleBy, factor);
    },
    actual: () => {
      untouched = false;
      surfaceSelection.call(behaviour.scaleTo, 1);
    },
  };
}
