/**
 * What opens over the page: one <dialog>, and who stands in it. The browser keeps the focus inside, gives it back
 * afterwards, and lets Escape close it.
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { underWay } from "../../busy.js";
import { ICONS } from "../kit/icons.js";

/**
 * @typedef {object} Dialog
 * @property {string} title
 * @property {() => unknown} body  a template; follows the signals that it reads
 */

/**
 * @param {HTMLDialogElement} host
 * @param {import("../../store.js").Store} store
 * @param {Record<string, Dialog>} dialogs by the name that `store.dialog` holds while one is open
 */
export function createDialogs(host, store, dialogs) {
  const close = () => (store.dialog.value = "");
  host.addEventListener("close", close);
  // A click beside it closes it as well.
  host.addEventListener("click", (event) => event.target === host && close());
  effect(() => {
    const dialog = dialogs[store.dialog.value];
    if (!dialog) {
      if (host.open) host.close();
      return;
    }
    render(
      html`<div class="dialog">
        <header><h2 id="dialog-title">${dialog.title}</h2><button class="quiet" aria-label="Close" title="Close (Esc)" @click=${close}>${ICONS.close}</button></header>
        ${dialog.body()}
      </div>`,
      host,
    );
    if (!host.open) host.showModal();
  });
}

/**
 * A dialog whose body comes when it is first wanted.
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
