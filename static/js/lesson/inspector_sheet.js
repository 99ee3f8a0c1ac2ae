/**
 * The sheet with the inspector and the code, which shows where a number comes from.
 * @typedef {import("../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { createCode } from "../panels/share/code.js";
import { ICONS } from "../panels/kit/icons.js";
import { createInspector } from "../panels/node/inspector.js";
import { createTabs } from "../panels/kit/tabs.js";
import { called } from "../timeline/sentence.js";

/**
 * @param {HTMLElement} host @param {Store} store @param {import("../panels/kit/maths.js").Maths} maths
 * @param {Record<string, import("../commands/command.js").Command>} commands
 */
export function createInspectorSheet(host, store, maths, commands) {
  const close = () => (store.sheet.value = "");
  render(
    html`<header class="sheet-head"><h2 tabindex="-1">Where it comes from</h2>
        <button class="quiet" aria-label="Close" title="Close (Esc)" @click=${close}>${ICONS.close}</button></header>
      <div class="sheet-tabs"></div>
      <div id="panel-node" role="tabpanel" aria-labelledby="tab-node"></div>
      <div id="panel-code" role="tabpanel" aria-labelledby="tab-code" hidden></div>`,
    host,
  );
  const [tabs, node, code] = [".sheet-tabs", "#panel-node", "#panel-code"].map(
    (which) => /** @type {HTMLElement} */ (host.querySelector(which)),
  );
  createInspector(node, store, maths, commands);
  createCode(code, store, { shown: () => store.sheet.value !== "" && store.rightTab.value === "code", commands });
  createTabs(
    tabs,
    "Node or code",
    { node, code },
    {
      titles: () => ({ node: store.shownNode.value ? `Node ${called(store.shownNode.value)}` : "Node", code: "Code" }),
      chosen: () => (store.rightTab.value === "code" ? "code" : "node"),
      choose: (id) => (store.rightTab.value = id),
    },
  );
  const heading = () => /** @type {HTMLElement} */ (host.querySelector("h2"));
  /** The element that opened the sheet gets the focus back. @type {Element | null} */
  let opener = null;
  effect(() => {
    const open = store.sheet.value !== "";
    if (host.hidden === !open) return;
    host.hidden = !open;
    if (open) {
      opener = document.activeElement;
      // After selecting a node by keys, the focus moves here; a pointer selects without moving it.
      if (opener instanceof SVGElement) heading().focus({ preventScroll: true });
    } else if (host.contains(document.activeElement) || document.activeElement === document.body) {
      if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
    }
  });
  return {
    /** Opens the sheet and moves the focus to it. */
    open() {
      store.sheet.value = "inspect";
      heading().focus({ preventScroll: true });
    },
  };
}
