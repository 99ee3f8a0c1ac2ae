/** The sheet beside the figures: where a number comes from. @typedef {import("../store.js").Store} Store */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { ICONS } from "../panels/icons.js";
import { createInspector } from "../panels/inspector.js";

/**
 * @param {HTMLElement} host @param {Store} store @param {import("../panels/maths.js").Maths} maths
 * @param {Record<string, import("../commands/command.js").Command>} commands
 */
export function createSheet(host, store, maths, commands) {
  const close = () => (store.sheet.value = "");
  render(
    html`<header class="sheet-head"><h2 tabindex="-1">Where it comes from</h2>
        <button class="quiet" aria-label="Close" title="Close (Esc)" @click=${close}>${ICONS.close}</button></header>
      <div id="panel-node"></div>`,
    host,
  );
  createInspector(/** @type {HTMLElement} */ (host.querySelector("#panel-node")), store, maths, commands);
  /** Who opened it gets the focus back. @type {Element | null} */
  let opener = null;
  effect(() => {
    const open = store.sheet.value !== "";
    if (host.hidden === !open) return;
    host.hidden = !open;
    if (open) opener = document.activeElement;
    else if (host.contains(document.activeElement) || document.activeElement === document.body) {
      if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
    }
  });
  return {
    /** Opens it and takes the focus there. */
    open() {
      store.sheet.value = "inspect";
      /** @type {HTMLElement | null} */ (host.querySelector("h2"))?.focus({ preventScroll: true });
    },
  };
}
