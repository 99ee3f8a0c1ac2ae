/**
 * Pan and zoom: d3-zoom's immutable transform is the state; this module applies it and reports changes.
 * @typedef {{width: number, height: number}} Size
 * @typedef {{left: number, right: number, top: number, bottom: number}} Part
 * @typedef {import("../links/url.js").Camera} Camera
 */
import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
import { div } from "../dom.js";
import { createGlide } from "./glide.js";
import { inView } from "./in_view.js";
import { eased } from "./motion.js";

/** A window narrower than this is a phone's, px. */
const NARROW = 500;

const MARGIN = { x: 28, top: 76, bottom: 70 };
const NARROW_MARGIN = { x: 18, top: 62, bottom: 66 };
/** Margins when presented: the controls, and a value that is changed, stand below the drawing. */
const SHOWN_MARGIN = { x: 28, top: 104, bottom: 74 };
/** Margin without a legend or buttons over the drawing. */
const BARE_MARGIN = { x: 24, top: 26, bottom: 26 };
/** On a phone every px counts. */
const BARE_NARROW_MARGIN = { x: 10, top: 14, bottom: 16 };
const BARE_SHOWN_MARGIN = { x: 14, top: 20, bottom: 24 };
/** Between the drawing and what lies over it, px. */
const CLEAR = 12;
/** The part of the margins that stays free. */
const AROUND = { x: 20, y: 14 };
const LARGEST_FIT = 1.5;
const LARGEST_SHOWN = 2.4;
/** Largest scale of a small graph that is one figure among several. */
const LARGEST_BARE_SHOWN = 1.8;
/** Smallest scale at which a node is legible. */
const READABLE = 0.6;
const SMALLEST = 0.03;

/** Zoom per wheel unit (px, line, page), as a power of two. */
const PER_UNIT = [0.002, 0.05, 1];
/** A pinch arrives as wheel events with Ctrl and small deltas: each counts tenfold, up to this limit. */
const PINCHED = 10;
const LARGEST_PINCH = 0.25;

/** @param {WheelEvent} event @returns {number} zoom as a power of two */
export function turned({ deltaY, deltaMode, ctrlKey }) {
  const plain = -deltaY * PER_UNIT[deltaMode];
  if (!ctrlKey) return plain;
  // Without the limit, one notch of a real wheel with Ctrl would zoom from one extreme to the other.
  return Math.sign(plain) * Math.min(PINCHED * Math.abs(plain), Math.max(Math.abs(plain), LARGEST_PINCH));
}

/**
 * @param {HTMLElement} host   the window
 * @param {import("./glide.js").Sheet} sheet  fills the window, and may glide in it
 * @param {import("./glide.js").Sheet} overlay  lies over it, and moves as it does
 * @param
 *   {{onMove: (transform: {x: number, y: number, k: number}, camera: Camera | null) => void, onPaint: (scale: number) => void, onResize: () => void, presented: () => boolean, aside: (scale: number) => boolean, own?: ((event: any) => boolean) | undefined, least?: (() => number) | undefined, at?: () => Part | null}}
 *   tell  camera null: the drawing fits the window; aside: whether a fitted drawing of this scale stands at the left,
 *   so that there is room beside it; least: the smallest scale at which it is fitted, which may be too large for all of
 *   it; at: the part of it that is in view then; own: which wheel, mouse and touch events the drawing handles
 */
export function createViewport(
  host,
  sheet,
  overlay,
  { onMove, onPaint, onResize, presented, aside, own, least = () => SMALLEST, at = () => null },
) {
  /** @type {Size} */
  let picture = { width: 1, height: 1 };
  /** Until the reader moves it, the drawing keeps fitting its window. */
  let untouched = true;
  let flight = 0;
  // Pointer positions are measured against an element that does not move.
  const frame = div("window");
  const { surface } = sheet;
  surface.replaceWith(frame);
  frame.append(surface, overlay.surface);
  const show = createGlide([sheet, overlay], onPaint);
  const behaviour = /** @type {import("d3-zoom").ZoomBehavior<HTMLElement, unknown>} */ (zoom())
    .scaleExtent([SMALLEST, 4])
    .wheelDelta(turned)
    .on("zoom", ({ transform, sourceEvent }) => {
      if (sourceEvent) {
        untouched = false;
        cancelAnimationFrame(flight);
      }
      // A large drawing has no blur, and no time to spare in a frame.
      show(transform, Boolean(sourceEvent) && surface.classList.contains("plain"));
      const [x, y] = transform.invert([size.width / 2, size.height / 2]);
      camera = untouched ? null : { x, y, k: transform.k };
      onMove(transform, camera);
    });
  if (own) behaviour.filter(own);
  /** @type {Size} */
  let size = { width: 1, height: 1 };
  /** The part in view, which stays centred when the window changes; null: everything. @type {Camera | null} */
  let camera = null;
  let sized = false;
  /** Lower edge of the legend over the drawing, which may take several lines. */
  let under = 0;
  /** Height of the buttons over the drawing, with the gap below them, px. */
  let above = 0;
  const selection = select(/** @type {HTMLElement} */ (frame))
    .call(behaviour)
    .on("dblclick.zoom", null);

  const legend = host.querySelector("[role=note]");
  const margins = () => {
    const narrow = size.width < NARROW;
    if (legend === null) return presented() ? BARE_SHOWN_MARGIN : narrow ? BARE_NARROW_MARGIN : BARE_MARGIN;
    const margin = narrow ? NARROW_MARGIN : presented() ? SHOWN_MARGIN : MARGIN;
    return { ...margin, top: Math.max(margin.top, under), bottom: Math.max(margin.bottom, above) };
  };
  /** The area that nothing covers. */
  const room = () => ({
    width: Math.max(1, size.width - 2 * margins().x),
    height: Math.max(1, size.height - margins().top - margins().bottom),
  });

  /** @param {number} x @param {number} y @param {number} k @param {number} duration ms; 0 goes there at once */
  function fly(x, y, k, duration) {
    cancelAnimationFrame(flight);
    const from = zoomTransform(frame);
    const begin = performance.now();
    /** @param {number} t fraction of the way */
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
  /** @param {Size} whole @returns {number} the scale at which the whole drawing is visible */
  const fitting = (whole) =>
    Math.max(least(), Math.min(largest(), room().width / whole.width, room().height / whole.height));

  /** @param {number} k @returns {boolean} whether the fitted drawing stands at the left, and not in the middle */
  const atLeft = (k) => legend !== null && aside(k);

  function fit(duration = 0) {
    const { width, height } = room();
    const k = fitting(picture);
    const { left, right, top, bottom } = at() ?? { left: 0, right: 0, top: 0, bottom: 0 };
    const x = atLeft(k)
      ? margins().x
      : inView(picture.width * k, { start: margins().x, room: width }, (k * (left + right)) / 2);
    const y = inView(picture.height * k, { start: margins().top, room: height }, (k * (top + bottom)) / 2);
    untouched = true;
    fly(x, y, k, duration);
  }

  /** @param {Camera | null} at the part to show from now on; null: everything */
  function look(at) {
    cancelAnimationFrame(flight);
    untouched = at === null;
    camera = at;
    if (at === null) fit();
    else if (sized)
      selection.call(
        behaviour.transform,
        zoomIdentity.translate(size.width / 2 - at.k * at.x, size.height / 2 - at.k * at.y).scale(at.k),
      );
  }

  /**
   * Moves until a part of the drawing fills the window, at most at scale 1.
   * @param {Part} part
   * @param {number} duration ms; 0 goes there at once
   */
  function goTo(part, duration) {
    untouched = false;
    const around = legend === null ? BARE_MARGIN : MARGIN;
    const k = Math.min(
      1,
      (size.width - 2 * around.x) / (part.right - part.left),
      (size.height - around.top - around.bottom) / (part.bottom - part.top),
    );
    const x = size.width / 2 - (k * (part.left + part.right)) / 2;
    const y = size.height / 2 - (k * (part.top + part.bottom)) / 2;
    fly(x, y, k, duration);
  }

  // The size is fixed in px: a page that measures itself tries other sizes on the way, and each would lay out every
  // text in the drawing again.
  let ratio = 0;
  new ResizeObserver(([{ contentRect }]) => {
    size = { width: Math.max(1, contentRect.width), height: Math.max(1, contentRect.height) };
    for (const { style } of [surface, overlay.surface]) {
      style.width = `${size.width}px`;
      style.height = `${size.height}px`;
    }
    // A window of other proportions needs another layout, not only another scale.
    if (Math.abs(Math.log(size.height / size.width / ratio)) > 0.1) {
      ratio = size.height / size.width;
      onResize();
    }
    sized = true;
    if (camera) look(camera);
    else if (untouched) fit();
  }).observe(host);

  /**
   * Keeps clear of what lies over the drawing and may take several lines.
   * @param {Element | null} over
   * @param {(box: HTMLElement) => boolean} changed
   */
  function keepClear(over, changed) {
    if (over instanceof HTMLElement)
      new ResizeObserver(() => {
        if (changed(over) && untouched && sized) fit();
      }).observe(over);
  }
  keepClear(legend, ({ offsetTop, offsetHeight }) => under !== (under = offsetTop + offsetHeight + CLEAR));
  keepClear(host.querySelector(":scope > [role=group]"), ({ offsetTop, offsetHeight }) => {
    return above !== (above = offsetHeight === 0 ? 0 : host.clientHeight - offsetTop + CLEAR);
  });

  return {
    free: room,
    largest,
    /**
     * @param {Size} whole
     * @returns {{x: number, y: number}} the free room on each side of a fitted drawing, in its own px
     */
    spare(whole) {
      const k = fitting(whole);
      return {
        x: (atLeft(k) ? 0 : Math.max(0, room().width / k - whole.width) / 2) + Math.min(AROUND.x, margins().x - 4) / k,
        y: Math.max(0, room().height / k - whole.height) / 2 + AROUND.y / k,
      };
    },
    fit: () => fit(),
    /** From now on the drawing fits its window again. */
    forget: () => void ([untouched, camera] = [true, null]),
    /** Brings the step into view if the drawing fits its window but for its size. @param {number} duration ms */
    follow(duration) {
      const { width, height } = room();
      const k = fitting(picture);
      if (untouched && (picture.width * k > width || picture.height * k > height)) fit(duration);
    },
    look,
    goTo,
    /**
     * Whether this part is in the window and legible.
     * @param {Part} part
     */
    shows({ left, top, right, bottom }) {
      const { x, y, k } = zoomTransform(frame);
      return (
        k >= READABLE &&
        left * k + x >= 0 &&
        right * k + x <= size.width &&
        top * k + y >= 0 &&
        bottom * k + y <= size.height
      );
    },
    /**
     * @param {Size} size of the new drawing @param {number} duration  of the transition, ms
     * @param {{x: number, y: number} | null} shift how far the item moves that should stay at its position in the
     *   window
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
