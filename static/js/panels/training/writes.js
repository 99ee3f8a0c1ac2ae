/**
 * What the program prints with the parameters of the shown step: of a model that samples, the text that it writes so
 * far.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";

/**
 * @param {HTMLElement} host @param {Store} store
 * @param {{scrolls?: boolean}} form  scrolls: what is long is scrolled, also by keys
 * @returns {() => void} stops drawing
 */
export function createWrites(host, store, { scrolls = true } = {}) {
  return effect(() => {
    const [step, trace] = [store.trainStep.value, store.visibleTrace.value];
    const prints = trace?.prints ?? [];
    // The picture of an update prints nothing, and belongs to no step alone.
    host.hidden = step === null || prints.length === 0;
    if (host.hidden) return;
    render(
      html`<section aria-label="What it writes">
        <h2>What it writes at step <b>${step}</b></h2>
        <div class="written" tabindex=${scrolls ? "0" : nothing}>${prints.map(({ text }) => html`<pre>${text}</pre>`)}</div></section>`,
      host,
    );
  });
}
