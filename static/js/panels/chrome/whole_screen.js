/**
 * Present fills the screen if the browser allows it, otherwise the window. Leaving full screen also leaves Present.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";

/**
 * The browser takes and gives back the screen a moment after it was asked to; who changes their mind meanwhile gets
 * what they asked for last.
 * @param {HTMLElement} root @param {Pick<Store, "present">} store @param {Document} document
 */
export function fillScreen(root, store, document = root.ownerDocument) {
  let leaving = false;
  const ask = () => {
    const full = document.fullscreenElement !== null;
    if (store.present.peek() === full) return;
    leaving = full;
    // Refused without a recent key or click, or inside a frame; then the window is used.
    const asked = full ? document.exitFullscreen() : root.requestFullscreen?.({ navigationUI: "hide" });
    asked?.catch(() => (leaving = false));
  };
  effect(() => {
    void store.present.value;
    ask();
  });
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && !leaving) store.present.value = false;
    leaving = false;
    ask();
  });
}
