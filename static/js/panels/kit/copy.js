/** A field to copy from: one click copies and confirms it in words. */
import { signal } from "@preact/signals-core";
import { html } from "lit-html";

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
    said.value = done ? "Copied." : "Your browser does not let this page copy. It is selected: press Ctrl+C.";
    clearTimeout(timer);
    if (done) timer = window.setTimeout(() => (said.value = ""), SAID);
  };
  /** @param {Event} event */
  const selectAll = (event) => /** @type {HTMLInputElement} */ (event.target).select();

  return (label, text, multiline = false) => html`<div class="copy">
    ${
      multiline
        ? html`<textarea readonly rows="3" spellcheck="false" aria-label=${label} .value=${text} @focus=${selectAll}></textarea>`
        : html`<input type="text" readonly spellcheck="false" aria-label=${label} .value=${text} @focus=${selectAll} />`
    }
    <button class="hot" aria-label=${`Copy: ${label}`} @click=${copy}>Copy</button>
    <p class="said" role="status">${said.value}</p>
  </div>`;
}

/** @param {string} text @returns {Promise<boolean>} whether it was copied */
export async function copyText(text) {
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = text;
  const before = document.activeElement;
  document.body.append(field);
  const done = await toClipboard(field);
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
async function toClipboard(field) {
  field.select();
  try {
    // A page served without HTTPS, for example from a teacher's machine, has no Clipboard API; the older command still
    // works.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else if (!document.execCommand("copy")) return false;
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
