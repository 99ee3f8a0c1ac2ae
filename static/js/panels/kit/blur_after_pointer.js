/**
 * A select that was used by pointer lets go of the focus, so that space plays again; one that was used by keys keeps it.
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
