import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import { fillScreen } from "../../static/js/panels/chrome/whole_screen.js";

/** A page whose browser does what it was asked to when `grant` is called, or refuses. */
function page({ refuses = false } = {}) {
  /** @type {any} */
  const document = Object.assign(new EventTarget(), { fullscreenElement: null, exitFullscreen: () => asked(null) });
  /** @type {any} */
  const root = { ownerDocument: document, requestFullscreen: () => asked(root) };
  /** @type {unknown[]} */
  const waiting = [];
  const asked = (/** @type {unknown} */ element) => {
    if (refuses) return Promise.reject(new TypeError("no"));
    waiting.push(element);
    return Promise.resolve();
  };
  const grant = () => {
    const next = waiting.shift();
    if (next === undefined) return false;
    if (document.fullscreenElement !== next) {
      document.fullscreenElement = next;
      document.dispatchEvent(new Event("fullscreenchange"));
    }
    return true;
  };
  const store = { present: signal(false) };
  fillScreen(root, store);
  const settle = () => {
    while (grant());
    return [store.present.value, document.fullscreenElement === root];
  };
  return { store, document, grant, settle };
}

test("Present fills the screen and gives it back", () => {
  const { store, settle } = page();
  store.present.value = true;
  assert.deepEqual(settle(), [true, true]);
  store.present.value = false;
  assert.deepEqual(settle(), [false, false]);
});

test("leaving the full screen leaves Present", () => {
  const { store, document, settle } = page();
  store.present.value = true;
  settle();
  document.fullscreenElement = null;
  document.dispatchEvent(new Event("fullscreenchange"));
  assert.deepEqual(settle(), [false, false]);
});

test("begun again before the screen was given back, it goes on", () => {
  const { store, settle } = page();
  store.present.value = true;
  settle();
  store.present.value = false;
  store.present.value = true;
  assert.deepEqual(settle(), [true, true]);
});

test("left before the screen was taken, it gives it back", () => {
  const { store, settle } = page();
  store.present.value = true;
  store.present.value = false;
  assert.deepEqual(settle(), [false, false]);
});

test("refused the screen, the window does", async () => {
  const { store, settle } = page({ refuses: true });
  store.present.value = true;
  await Promise.resolve();
  assert.deepEqual(settle(), [true, false]);
  store.present.value = false;
  assert.deepEqual(settle(), [false, false]);
});
