/** A field to copy from: one click copies and confirms it in words. */
import { signal } from "@preact/signals-core";
import { html } from "lit-html";
import { REFUSED, toClipboard } from "../../export/clipboard.js";

/** How long the confirmation is shown, ms. */
const SAID = 4000;

/** @returns {(label: string, text: string, multiline?: boolean) => unknown} a template of the field */
export function createCopyField() {
  const said = signal("");
  let timer = 0;

  /** @param {MouseEvent} event */
  const copy = async (event) => {
    const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (
      /** @type {HTMLElement} */ (event.currentTarget).parentElement?.querySelector("input, textarea")
    );
    const done = await toClipboard(field);
    said.value = done ? "Copied." : `${REFUSED} It is selected: press Ctrl+C.`;
    clearTimeout(timer);
    if (done) timer = window.setTimeout(() => (said.value = ""), SAID);
  };
  /** @param {Event} event */
  const selectAll = (event) => /** @type {HTMLInputElement} */ (event.target).select();

  return (label, text, multiline = false) => html`<div class="copy">
    ${
      multiline
        ? html`<textarea readonly rows=${Math.max(3, text.split("\n").length)} spellcheck="false" aria-label=${label}
          .value=${text} @focus=${selectAll}></textarea>`
        : html`<input type="text" readonly spellcheck="false" aria-label=${label} .value=${text} @focus=${selectAll} />`
    }
    <button class="hot" aria-label=${`Copy: ${label}`} @click=${copy}>Copy</button>
    <p class="said" role="status">${said.value}</p>
  </div>`;
}
