/** An effect for text: while steps play faster than anyone can read, it skips some of them. */
import { effect, signal } from "@preact/signals-core";
import { createRest } from "../../busy.js";

/**
 * Shortest time between two runs during playback, ms. With 500 nodes a step takes less than 0.1 s, and typesetting its
 * formulas takes longer than drawing its frames. Nobody reads two sentences in half a second.
 */
const GAP = 500;

/**
 * @param {import("../../store.js").Store} store
 * @param {() => void} show  runs when a signal that it reads changes; during playback at most
 *   once per gap, and always after the last change
 */
export function throttledEffect(store, show) {
  const due = signal(0);
  const rest = createRest("pace");
  let last = -Infinity;
  let shown = store.visibleTrace.peek();
  effect(() => {
    void due.value;
    // A new trace is shown at once, so that the text is never out of date.
    const trace = store.visibleTrace.value;
    const wait = last + GAP - performance.now();
    if (wait > 0 && store.clock.peek().playing && trace === shown) {
      // Until then this effect depends only on these two signals.
      rest.start(wait, () => (due.value += 1));
      return;
    }
    last = performance.now();
    shown = trace;
    show();
  });
}
