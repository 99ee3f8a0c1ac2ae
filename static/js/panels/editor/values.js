/**
 * The sliders of all leaves, and a hint of what to try.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../session.js").Session} Session
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { fillSliders } from "../kit/slider_track.js";
import { createLeafRows, editableLeaves, fitsBeside, shownLength } from "./leaf_sliders.js";

/** @param {HTMLElement} host @param {Store} store @param {Session} session */
export function createValues(host, store, session) {
  const rows = createLeafRows(session);
  effect(() => {
    const leaves = editableLeaves(store);
    if (!store.visibleTrace.value) return;
    render(
      html`<h2>Values</h2>
        ${leaves.length === 0 ? html`<p class="dim">This program has no values to change.</p>` : null}
        ${repeat(leaves, ({ id, tensor }) => `${id}:${tensor.shape.join("×")}`, rows)}
        ${store.hint.value ? html`<h2>Try this</h2><p class="dim">${store.hint.value}</p>` : null}`,
      host,
    );
    const longest = Math.max(0, ...leaves.filter(fitsBeside).map(shownLength));
    host.style.setProperty("--name-width", `${Math.min(6.5, Math.max(2.5, longest * 0.5125))}rem`);
    fillSliders(host);
  });
}
