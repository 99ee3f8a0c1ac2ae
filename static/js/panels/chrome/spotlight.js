/** A circle of light that follows the pointer while the rest is dimmed, for presenting. */
import { effect } from "@preact/signals-core";

/** @param {HTMLElement} host covers the page @param {import("../../store.js").Store} store */
export function createSpotlight(host, store) {
  let at = { x: innerWidth / 2, y: innerHeight / 2 };
  const place = () => {
    host.style.setProperty("--x", `${at.x}px`);
    host.style.setProperty("--y", `${at.y}px`);
  };
  addEventListener("pointermove", ({ clientX, clientY }) => {
    at = { x: clientX, y: clientY };
    if (store.spotlight.peek()) place();
  });
  effect(() => {
    if (store.spotlight.value) place();
    host.hidden = !store.spotlight.value;
  });
}
