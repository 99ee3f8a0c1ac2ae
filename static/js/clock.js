/** Lets the clock run, frame by frame, while something plays, which the root says (`data-playing`); the rest of the time nothing runs. */
import { computed, effect } from "@preact/signals-core";
import { advance, pause } from "./timeline/player.js";

/** A frame that took longer than this, ms, does not make time jump. */
const LONGEST_FRAME = 100;

/** @param {import("./store.js").Store} store */
export function runClock(store) {
  let running = false;
  let before = 0;
  /** @param {number} now */
  const tick = (now) => {
    const cues = store.cues.peek();
    // The first frame may be dated before the order to play.
    const elapsed = Math.min(Math.max(0, now - before), LONGEST_FRAME);
    if (cues && !store.frozen.peek()) store.clock.value = advance(store.clock.peek(), cues, elapsed, store.halt.peek());
    before = now;
    running = store.clock.peek().playing && !store.frozen.peek();
    if (running) requestAnimationFrame(tick);
  };
  effect(() => {
    if (!store.clock.value.playing || store.frozen.value || running) return;
    running = true;
    before = performance.now();
    requestAnimationFrame(tick);
  });
  const playing = computed(() => store.clock.value.playing);
  effect(() => void document.documentElement.toggleAttribute("data-playing", playing.value));
  // Whoever comes back finds the moment that was left.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && store.clock.peek().playing) store.clock.value = pause(store.clock.peek());
  });
}
