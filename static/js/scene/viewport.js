/**
 * Pan and zoom: d3-zoom's immutable transform is the value, this applies it and says when it changes.
 * @typedef {{width: number, height: number}} Size
 * @typedef {{left: number, right: number, top: number, bottom: number}} Part
 * @typedef {import("../links/url.js").Camera} Camera
 */
import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
import { createGlide } from "./glide.js";
import { eased } from "./motion.js";

const MARGIN = { x: 28, top: 76, bottom: 70 };
const NARROW_MARGIN = { x: 18, top: 62, bottom: 66 };
/** Before a class there is more room to fill than before one reader. */
const SHOWN_MARGIN = { x: 28, top: 104, bottom: 30 };
/** Where no legend and no buttons stand over the picture. */
const BARE_MARGIN = { x: 24, top: 26, bottom: 26 };
const BARE_SHOWN_MARGIN = { x: 14, top: 20, bottom: 24 };
/** What of the margins is free of all that stands in them. */
const AROUND = { x: 20, y: 14 };
const LARGEST_FIT = 1.5;
const LARGEST_SHOWN = 2.4;
/** A small graph that is one picture of several need not be larger than this. */
const LARGEST_BARE_SHOWN = 1.8;
/** The scale from which a node can be read. */
const READABLE = 0.6;
const SMALLEST = 0.03;

/** How much a turn of the wheel zooms, as a power of two, by its unit: a px, a line, a page. */
const PER_UNIT = [0.002, 0.05, 1];
/** A pinch comes as a wheel with Ctrl, in turns so small that each counts tenfold, up to this. */
const PINCHED = 10;
const LARGEST_PINCH = 0.25;

/** @param {WheelEvent} event @returns {number} by which power of two it zooms */
export function turned({ deltaY, deltaMode, ctrlKey }) {
  const plain = -deltaY * PER_UNIT[deltaMode];
  if (!ctrlKey) return plain;
  // A wheel that is turned while Ctrl is held would else go from all to nothing in a notch.
  return Math.sign(plain) * Math.min(PINCHED * Math.abs(plain), Math.max(Math.abs(plain), LARGEST_PINCH));
}

/**
 * @param {HTMLElement} host   the window
 * @param {SVGSVGElement} surface  fills it, and may glide under it
 * @param {SVGGElement} content
 * @param {{onMove: (scale: number, camera: Camera | null) => void, onPaint: (scale: number) => void, onResize: () => void, presented: () => boolean, own?: ((event: any) => boolean) | undefined}} tell  no camera: the picture fits; own: which events of wheel, mouse and fingers are the picture's
 */
export function createViewport(host, surface, content, { onMove, onPaint, onResize, presented, own }) {
  /** @type {Size} */
  let picture = { width: 1, height: 1 };
  /** As long as the reader has not moved it himself, the picture keeps fitting its window. */
  let untouched = true;
  let flight = 0;
  // Hands are measured against what stays where it is.
  const frame = document.createElement("div");
  frame.className = "window";
  surface.replaceWith(frame);
  frame.append(surface);
  const show = createGlide(surface, content, onPaint);
  const behaviour = /** @type {import("d3-zoom").ZoomBehavior<HTMLElement, unknown>} */ (zoom())
    .scaleExtent([SMALLEST, 4])
    .wheelDelta(turned)
    .on("zoom", ({ transform, sourceEvent }) => {
      if (sourceEvent) {
        untouched = false;
        cancelAnimationFrame(flight);
      }
      // A large picture has no blur, and no frame to spare.
      show(transform, Boolean(sourceEvent) && surface.classList.contains("plain"));
      const [x, y] = transform.invert([size.width / 2, size.height / 2]);
      camera = untouched ? null : { x, y, k: transform.k };
      onMove(transform.k, camera);
    });
  if (own) behaviour.filter(own);
  /** @type {Size} */
  let size = { width: 1, height: 1 };
  /** What the reader looks at, which stays in the middle when the window changes; null: all of it. @type {Camera | null} */
  let camera = null;
  let sized = false;
  /** Where what stands over the picture ends: it may take more lines than one. */
  let under = 0;
  const selection = select(/** @type {HTMLElement} */ (frame)).call(behaviour).on("dblclick.zoom", null);

  const legend = host.querySelector("[role=note]");
  const margins = () => {
    if (legend === null) return presented() ? BARE_SHOWN_MARGIN : BARE_MARGIN;
    const margin = size.width < 500 ? NARROW_MARGIN : presented() ? SHOWN_MARGIN : MARGIN;
    return { ...margin, top: Math.max(margin.top, under) };
  };
  /** What nothing stands over. */
  const room = () => ({ width: Math.max(1, size.width - 2 * margins().x), height: Math.max(1, size.height - margins().top - margins().bottom) });

  /** @param {number} x @param {number} y @param {number} k @param {number} duration ms; 0 goes there at once */
  function fly(x, y, k, duration) {
    cancelAnimationFrame(flight);
    const from = zoomTransform(frame);
    const begin = performance.now();
    /** @param {number} t of the way */
    const go = (t) => {
      const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * t;
      selection.call(behaviour.transform, zoomIdentity.translate(mix(from.x, x), mix(from.y, y)).scale(mix(from.k, k)));
    };
    /** @param {number} now */
    const tick = (now) => {
      const part = (now - begin) / duration;
      go(eased(part));
      if (part < 1) flight = requestAnimationFrame(tick);
    };
    if (duration > 0) flight = requestAnimationFrame(tick);
    else go(1);
  }

  const largest = () => (!presented() ? LARGEST_FIT : legend === null ? LARGEST_BARE_SHOWN : LARGEST_SHOWN);
  /** @param {Size} whole @returns {number} the scale at which all of a picture is seen */
  const fitting = (whole) => Math.max(SMALLEST, Math.min(largest(), room().width / whole.width, room().height / whole.height));

  function fit(duration = 0) {
    const { width } = size;
    const free = room();
    const k = fitting(picture);
    const x = (width - picture.width * k) / 2;
    const y = margins().top + (free.height - picture.height * k) / 2;
    untouched = true;
    fly(x, y, k, duration);
  }

  /** @param {Camera | null} at what to show from now on; null: all of it */
  function look(at) {
    cancelAnimationFrame(flight);
    untouched = at === null;
    camera = at;
    if (at === null) fit();
    else if (sized) selection.call(behaviour.transform, zoomIdentity.translate(size.width / 2 - at.k * at.x, size.height / 2 - at.k * at.y).scale(at.k));
  }

  /**
   * Moves until a part of the picture fills the window, but no larger than life.
   * @param {Part} part
   * @param {number} duration ms; 0 goes there at once
   */
  function goTo(part, duration) {
    untouched = false;
    const around = legend === null ? BARE_MARGIN : MARGIN;
    const k = Math.min(1, (size.width - 2 * around.x) / (part.right - part.left), (size.height - around.top - around.bottom) / (part.bottom - part.top));
    const x = size.width / 2 - (k * (part.left + part.right)) / 2;
    const y = size.height / 2 - (k * (part.top + part.bottom)) / 2;
    fly(x, y, k, duration);
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
    sized = true;
    if (camera) look(camera);
    else if (untouched) fit();
  }).observe(host);

  if (legend instanceof HTMLElement) {
    new ResizeObserver(() => {
      const end = legend.offsetTop + legend.offsetHeight + 12;
      if (end === under) return;
      under = end;
      if (untouched && sized) fit();
    }).observe(legend);
  }

  return {
    free: room,
    largest,
    /** @param {Size} whole @returns {{x: number, y: number}} how much room a picture that fits has on each side, in its own px */
    spare(whole) {
      const k = fitting(whole);
      return { x: (room().width / k - whole.width) / 2 + Math.min(AROUND.x, margins().x - 4) / k, y: (room().height / k - whole.height) / 2 + AROUND.y / k };
    },
    fit: () => fit(),
    look,
    goTo,
    /**
     * Is this part in the window, large enough to be read?
     * @param {Part} part
     */
    shows({ left, top, right, bottom }) {
      const { x, y, k } = zoomTransform(frame);
      return k >= READABLE && left * k + x >= 0 && right * k + x <= size.width && top * k + y >= 0 && bottom * k + y <= size.height;
    },
    /**
     * @param {Size} size of a new picture @param {number} duration how long it takes to get there, ms
     * @param {{x: number, y: number} | null} shift how far that moves in it which should stay where it is in the window
     */
    show(size, duration, shift) {
      picture = size;
      const { x, y, k } = zoomTransform(frame);
      if (untouched) fit(duration);
      else if (shift !== null) fly(x - shift.x * k, y - shift.y * k, k, duration);
    },
    /** @param {number} factor */
    by: (factor) => {
      untouched = false;
      selection.call(behaviour.scaleBy, factor);
    },
    actual: () => {
      untouched = false;
      selection.call(behaviour.scaleTo, 1);
    },
  };
}
