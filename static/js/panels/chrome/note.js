/**
 * A message that stays until it is dismissed, or where values lead the program another way. Its live region exists
 * beforehand, so that screen readers announce it.
 */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { ICONS } from "../kit/icons.js";

/** @param {HTMLElement} host @param {import("../../store.js").Store} store */
export function createNote(host, store) {
  effect(() => {
    const about = store.note.value === "" ? store.branched : store.note;
    const text = about.value;
    render(
      text === ""
        ? nothing
        : html`<p>${text}</p><button class="quiet" aria-label="Dismiss" title="Dismiss"
          @click=${() => (about.value = "")}>${ICONS.close}</button>`,
      host,
    );
  });
}
