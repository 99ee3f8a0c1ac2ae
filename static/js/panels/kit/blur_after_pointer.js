/**
 * Blurs a select after use by pointer, so that the space bar plays again; after use by keys it keeps the focus.
 * @param {(event: Event) => void} change
 */
export function blurAfterPointer(change) {
  let byPointer = false;
  return {
    down: () => (byPointer = true),
    /** @param {Event} event */
    change: (event) => {
      change(event);
      if (byPointer) /** @type {HTMLElement} */ (event.target).blur();
      byPointer = false;
    },
  };
}
