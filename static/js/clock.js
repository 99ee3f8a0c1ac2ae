/** Advances the clock frame by frame during playback, marked on the root as `data-playing`; otherwise nothing runs. */
import { computed, effect } from "@preact/signals-core";
import { advance, pause } from "./timeline/player.js";

/** Longest time that one frame may advance, so that a slow frame does not make time jump, ms. */
const LONGEST_FRAME = 100;

/** @param {import("./store.js").Store} store */
export function runClock(store) {
  let running = false;
  let before = 0;
  /** @param {number} now */
  const tick = (now) => {
    const cues = store.cues.peek();
    // The timestamp of the first frame may be earlier than the play command.
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
  // A reader who returns to the tab finds the moment unchanged.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && store.clock.peek().playing) store.clock.value = pause(store.clock.peek());
  });
}
