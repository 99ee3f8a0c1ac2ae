/**
 * Keeps parts of a panel as tall as they have been, so that what stands below them stays where it is while their
 * content changes by itself.
 * @param {HTMLElement} host @param {string[]} parts  selectors
 */
export function createHold(host, parts) {
  /** The height that each has had, px. @type {Map<string, number>} */
  const heights = new Map();
  /** @param {(part: HTMLElement, selector: string) => void} act */
  const each = (act) =>
    parts.forEach((selector) => {
      const part = host.querySelector(selector);
      if (part instanceof HTMLElement) act(part, selector);
    });
  return {
    /** Nothing of what was shown may make it lower now. */
    hold: () =>
      each((part, selector) => {
        // One pass writes, the next reads: a height that is read is that of what is shown.
        const tall = Math.max(heights.get(selector) ?? 0, part.offsetHeight);
        heights.set(selector, tall);
        part.style.minHeight = `${tall}px`;
      }),
    release() {
      heights.clear();
      each((part) => part.style.removeProperty("min-height"));
    },
  };
}
