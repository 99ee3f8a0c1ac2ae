/**
 * When presented, a step is set in the largest type in which all of it fits. If some of it is still hidden below, a
 * button says so and scrolls there.
 */
import { effect } from "@preact/signals-core";

/** Font sizes, largest first, rem. */
const SIZES = [1.5, 1.375, 1.25, 1.125, 1.0625];
/** Hidden height from which the button appears, px. */
const WORTH = 12;
/** Fraction of its height by which the text scrolls. */
const PAGE = 0.8;

/**
 * The largest size that fits; the smallest if none does.
 * @param {readonly number[]} sizes  largest first @param {(size: number) => boolean} fits
 */
export const largest = (sizes, fits) => sizes.find(fits) ?? sizes[sizes.length - 1];

/**
 * @param {HTMLElement} text  what scrolls
 * @param {HTMLElement[]} items  its steps
 * @param {HTMLButtonElement} more  scrolls to what is hidden below
 * @param {import("../store.js").Store} store
 * @param {import("@preact/signals-core").ReadonlySignal<number>} at  the current step
 */
export function createFitting(text, items, more, store, at) {
  let shown = items[at.peek()];

  function fit() {
    if (!store.present.peek()) text.style.removeProperty("--letters");
    else
      largest(SIZES, (size) => {
        text.style.setProperty("--letters", `${size}rem`);
        return text.scrollHeight <= text.clientHeight;
      });
    tell();
  }
  const tell = () =>
    (more.hidden = shown.getBoundingClientRect().bottom - text.getBoundingClientRect().bottom <= WORTH);
  text.addEventListener("scroll", tell, { passive: true });
  more.addEventListener("click", () =>
    text.scrollBy({ top: PAGE * text.clientHeight, behavior: store.reducedMotion.peek() ? "instant" : "smooth" }),
  );
  const sized = new ResizeObserver(fit);
  sized.observe(text);
  effect(() => {
    void store.present.value;
    const item = items[at.value];
    sized.unobserve(shown);
    sized.observe(item);
    shown = item;
  });
}
