/** Moves x by dragging in a plot. Keyboard users move it with the slider beside every plot. */
import { clamp, linear } from "./scale.js";

/**
 * @param {import("./frame.js").Size} size of the plot, which fills the element with the listeners
 * @param {[number, number]} window of x
 * @param {(x: number) => void} set
 */
export function dragging({ width, left, right }, window, set) {
  const scale = linear(window, [left, width - right]);
  /** @param {PointerEvent} event */
  const go = (event) => {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    set(clamp(scale.invert(((event.clientX - box.left) / box.width) * width), ...window));
  };
  return {
    /** @param {PointerEvent} event */
    down(event) {
      if (event.button !== 0) return;
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
      go(event);
    },
    /** @param {PointerEvent} event */
    move(event) {
      if (/** @type {Element} */ (event.currentTarget).hasPointerCapture(event.pointerId)) go(event);
    },
    /** @param {PointerEvent} event */
    up(event) {
      /** @type {Element} */ (event.currentTarget).releasePointerCapture(event.pointerId);
    },
  };
}
