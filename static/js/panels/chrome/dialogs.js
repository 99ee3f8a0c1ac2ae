/**
 * One <dialog> over the page with changing content. The browser traps the focus inside, restores it afterwards, and
 * closes it with Escape.
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { underWay } from "../../busy.js";
import { ICONS } from "../kit/icons.js";

/**
 * @typedef {object} Dialog
 * @property {string} title
 * @property {() => unknown} body  a template; rendered again when its signals change
 */

/**
 * @param {HTMLDialogElement} host
 * @param {import("../../store.js").Store} store
 * @param {Record<string, Dialog>} dialogs by the name that `store.dialog` holds while one is open
 */
export function createDialogs(host, store, dialogs) {
  const close = () => (store.dialog.value = "");
  host.addEventListener("close", close);
  // A click outside also closes it.
  host.addEventListener("click", (event) => event.target === host && close());
  effect(() => {
    const dialog = dialogs[store.dialog.value];
    if (!dialog) {
      if (host.open) host.close();
      return;
    }
    render(
      html`<div class="dialog">
        <header><h2 id="dialog-title">${dialog.title}</h2><button class="quiet" aria-label="Close" title="Close (Esc)"
          @click=${close}>${ICONS.close}</button></header>
        ${dialog.body()}
      </div>`,
      host,
    );
    if (!host.open) host.showModal();
  });
}

/**
 * A dialog whose body is loaded when it is first opened.
 * @param {string} title
 * @param {() => Promise<Dialog["body"]>} load
 * @returns {Dialog}
 */
export function later(title, load) {
  const body = signal(/** @type {Dialog["body"] | null} */ (null));
  let asked = false;
  return {
    title,
    body: () => {
      if (!asked) {
        asked = true;
        void underWay("part", load()).then((found) => (body.value = found));
      }
      return body.value ? body.value() : html`<p class="dim">One moment …</p>`;
    },
  };
}
