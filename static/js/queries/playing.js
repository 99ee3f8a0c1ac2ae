/** Plays over the steps of a training that are known, marked on the root as `data-stepping`; otherwise nothing runs. */
import { effect } from "@preact/signals-core";
import { advanced, from } from "../training/pace.js";

/** Longest time that one frame may advance, so that a slow frame does not skip steps, ms. */
const LONGEST_FRAME = 100;

/**
 * @param {import("../store.js").Store} store @param {(step: number) => void} show
 * @returns {() => void} begins, at the first step if the last one is shown
 */
export function createPlaying(store, show) {
  let running = false;
  let before = 0;
  let pace = from(0);

  /** @param {number} now */
  function tick(now) {
    const [at, last] = [store.trainStep.peek(), store.trainLast.peek()];
    if (at === null || at >= last || document.hidden) store.isStepping.value = false;
    running = store.isStepping.peek();
    if (!running || at === null) return;
    const elapsed = Math.min(Math.max(0, now - before), LONGEST_FRAME);
    before = now;
    // Whoever moved to another step meanwhile goes on from there.
    if (pace.step !== at) pace = from(at);
    pace = advanced(pace, elapsed, store.stepPace.peek(), last, store.reducedMotion.peek());
    if (pace.step !== at) show(pace.step);
    requestAnimationFrame(tick);
  }

  effect(() => {
    document.documentElement.toggleAttribute("data-stepping", store.isStepping.value);
    if (!store.isStepping.value || running) return;
    running = true;
    before = performance.now();
    requestAnimationFrame(tick);
  });

  return () => {
    const [at, last] = [store.trainStep.peek(), store.trainLast.peek()];
    if (at === null || last === 0) return;
    if (at >= last) show(0);
    store.isStepping.value = true;
  };
}
