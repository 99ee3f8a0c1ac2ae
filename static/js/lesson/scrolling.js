/**
 * Scrolls the current step into view, as a whole if it fits, and also what is revealed later. If the reader has
 * scrolled, the position is left alone.
 */

/** Height of the previous step that stays visible, px. */
const ABOVE = 52;
/** Margin around a step that fills the text, px. */
const EDGE = 14;
/** A smaller difference in position is not a scroll by the reader, px. */
const SLACK = 2;

/**
 * The scroll position that shows a step, px: unchanged if it is in view already.
 * @param {{top: number, height: number}} step  in the text @param {number} room  the visible height of the text
 */
export function placeOf({ top, height }, room) {
  if (top + height <= room) return 0;
  return Math.max(0, top - Math.max(EDGE, Math.min(ABOVE, room - height - EDGE)));
}

/**
 * The scroll position that shows the end of a part without hiding its start.
 * @param {number} at  the current scroll position
 * @param {{top: number, bottom: number}} part  in the text
 * @param {number} room
 */
export function bringing(at, { top, bottom }, room) {
  return Math.max(at, Math.min(top - EDGE, bottom + EDGE - room));
}

/** @param {HTMLElement} text  the scrolling element @param {HTMLElement} item */
function within(text, item) {
  const [own, outer] = [item.getBoundingClientRect(), text.getBoundingClientRect()];
  const top = own.top - outer.top + text.scrollTop;
  return { top, height: own.height, bottom: top + own.height };
}

/** @param {HTMLElement} text @param {() => boolean} still  whether to scroll without animation */
export function createScrolling(text, still) {
  /** @type {HTMLElement | null} */
  let current = null;
  /** The position set by this module; null: the reader has scrolled. @type {number | null} */
  let put = null;

  /** @param {number} to @param {boolean} glide */
  function scroll(to, glide) {
    put = Math.min(to, Math.max(0, text.scrollHeight - text.clientHeight));
    text.scrollTo({ top: put, behavior: glide && !still() ? "smooth" : "instant" });
  }
  // Listen to input, not to scroll events: an animated scroll may still be running.
  for (const by of ["wheel", "touchmove", "pointerdown"])
    text.addEventListener(by, () => (put = null), { passive: true });
  text.addEventListener("scrollend", () => {
    if (put !== null && Math.abs(text.scrollTop - put) > SLACK) put = null;
  });
  // When formulas, goals and answers appear, keep the step in view.
  const grown = new ResizeObserver(() => {
    if (current === null || put === null) return;
    const to = Math.min(placeOf(within(text, current), text.clientHeight), text.scrollHeight - text.clientHeight);
    if (Math.abs(to - put) > SLACK) scroll(to, false);
  });
  grown.observe(text);
  return {
    /** @param {HTMLElement} item a step @param {boolean} glide */
    show(item, glide) {
      if (current) grown.unobserve(current);
      current = item;
      scroll(placeOf(within(text, item), text.clientHeight), glide);
      grown.observe(item);
    },
    /** @param {HTMLElement} part that has just grown */
    bring(part) {
      const to = bringing(text.scrollTop, within(text, part), text.clientHeight);
      put = null;
      text.scrollTo({ top: to, behavior: still() ? "instant" : "smooth" });
    },
  };
}
