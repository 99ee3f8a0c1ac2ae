/**
 * Beside the program: what its gradients are gradients of, to be chosen, and what the server notes about it.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../session.js").Session} Session
 */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { blurAfterPointer } from "../kit/blur_after_pointer.js";

/** @param {HTMLElement} host @param {Store} store @param {Session} session */
export function createAbout(host, store, session) {
  const chooser = createChooser(store, session);
  effect(() => {
    const notes = store.visibleTrace.value?.notes ?? [];
    render(
      html`${chooser()}${
        notes.length === 0 ? nothing : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`
      }`,
      host,
    );
  });
}

/** @param {Store} store @param {Session} session @returns {() => unknown} a template; reads signals */
export function createChooser(store, session) {
  const pick = blurAfterPointer((event) =>
    session.differentiate(/** @type {HTMLSelectElement} */ (event.target).value),
  );
  return () => {
    const trace = store.visibleTrace.value;
    if (!trace) return nothing;
    const node = trace.nodes[trace.outputIndex];
    const shown = node.name ?? node.title;
    const choices = trace.choices.includes(shown) ? trace.choices : [...trace.choices, shown];
    return choices.length === 1
      ? html`<p class="gradient-of">gradient of <code>${shown}</code></p>`
      : html`<label class="gradient-of">gradient of
          <select ?disabled=${store.frozen.value} @pointerdown=${pick.down} @change=${pick.change}>
            ${choices.map((name) => html`<option value=${name} .selected=${live(name === shown)}>${name}</option>`)}
          </select></label>`;
  };
}
