/**
 * Where the current step stands in the text: all of it in view where it has room, and what is revealed as well. Who has
 * scrolled is left where he is.
 */

/** So much of the step before stays in view, px. */
const ABOVE = 52;
/** Around a step that fills the text, px. */
const EDGE = 14;
/** A place that differs by less was not chosen by the reader, px. */
const SLACK = 2;

/**
 * How far the text is scrolled so that a step stands in it, px: not at all where it is in view anyway.
 * @param {{top: number, height: number}} step  in the text @param {number} room  the text's own height
 */
export function placeOf({ top, height }, room) {
  if (top + height <= room) return 0;
  return Math.max(0, top - Math.max(EDGE, Math.min(ABOVE, room - height - EDGE)));
}

/**
 * Where to scroll to so that the end of something is seen, but its beginning stays.
 * @param {number} at  how far it is scrolled now @param {{top: number, bottom: number}} part  in the text @param {number} room
 */
export function bringing(at, { top, bottom }, room) {
  return Math.max(at, Math.min(top - EDGE, bottom + EDGE - room));
}

/** @param {HTMLElement} text  what scrolls @param {HTMLElement} item */
function within(text, item) {
  const [own, outer] = [item.getBoundingClientRect(), text.getBoundingClientRect()];
  const top = own.top - outer.top + text.scrollTop;
  return { top, height: own.height, bottom: top + own.height };
}

/** @param {HTMLElement} text @param {() => boolean} still  nothing may glide */
export function createPlace(text, still) {
  /** @type {HTMLElement | null} */
  let current = null;
  /** Where this put the text; null: the reader has chosen a place. @type {number | null} */
  let put = null;

  /** @param {number} to @param {boolean} glide */
  function scroll(to, glide) {
    put = Math.min(to, Math.max(0, text.scrollHeight - text.clientHeight));
    text.scrollTo({ top: put, behavior: glide && !still() ? "smooth" : "instant" });
  }
  // Only hands move it away: what was put may be gliding yet.
  for (const by of ["wheel", "touchmove", "pointerdown"]) text.addEventListener(by, () => (put = null), { passive: true });
  text.addEventListener("scrollend", () => {
    if (put !== null && Math.abs(text.scrollTop - put) > SLACK) put = null;
  });
  // Formulas are typeset, goals and answers come: what was in view stays in view.
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
