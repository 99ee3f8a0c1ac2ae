/** An effect for what is read, not watched: while steps fly by faster than anybody reads, it leaves some of them out. */
import { effect, signal } from "@preact/signals-core";
import { createRest } from "../../busy.js";

/** ms. At 500 nodes a step takes a tenth of a second, and typesetting its formulas longer than drawing its frames. */
const GAP = 200;

/**
 * @param {import("../../store.js").Store} store
 * @param {() => void} show  runs at once when one of the signals that it reads changes; while the clock plays, at most
 *   once in a gap, and for the last change for certain
 */
export function throttledEffect(store, show) {
  const due = signal(0);
  const rest = createRest("pace");
  let last = -Infinity;
  let shown = store.trace.peek();
  effect(() => {
    void due.value;
    // Other numbers are shown at once: what stands there must not be older than they are.
    const trace = store.trace.value;
    const wait = last + GAP - performance.now();
    if (wait > 0 && store.clock.peek().playing && trace === shown) {
      // Until then this effect follows nothing but these two.
      rest.start(wait, () => (due.value += 1));
      return;
    }
    last = performance.now();
    shown = trace;
    show();
  });
}
