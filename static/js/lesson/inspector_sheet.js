/** The sheet beside the figures: where a number comes from, and its line in the code. @typedef {import("../store.js").Store} Store */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { createCode } from "../panels/share/code.js";
import { ICONS } from "../panels/kit/icons.js";
import { createInspector } from "../panels/node/inspector.js";
import { tabList } from "../panels/kit/tabs.js";
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
  const [tabs, node, code] = [".sheet-tabs", "#panel-node", "#panel-code"].map((which) => /** @type {HTMLElement} */ (host.querySelector(which)));
  createInspector(node, store, maths, commands);
  createCode(code, store, { shown: () => store.sheet.value !== "" && store.rightTab.value === "code", commands });
  effect(() => {
    const chosen = store.rightTab.value === "code" ? "code" : "node";
    const shown = store.shownNode.value;
    render(
      tabList(
        "Node or code",
        [{ id: "node", title: shown ? `Node ${called(shown)}` : "Node", panel: "panel-node" }, { id: "code", title: "Code", panel: "panel-code" }],
        chosen,
        (id) => (store.rightTab.value = id),
      ),
      tabs,
    );
    node.hidden = chosen !== "node";
    code.hidden = chosen !== "code";
  });
  const heading = () => /** @type {HTMLElement} */ (host.querySelector("h2"));
  /** Who opened it gets the focus back. @type {Element | null} */
  let opener = null;
  effect(() => {
    const open = store.sheet.value !== "";
    if (host.hidden === !open) return;
    host.hidden = !open;
    if (open) {
      opener = document.activeElement;
      // Who has chosen a node by keys reads on here; a pointer chooses without the focus.
      if (opener instanceof SVGElement) heading().focus({ preventScroll: true });
    }
    else if (host.contains(document.activeElement) || document.activeElement === document.body) {
      if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
    }
  });
  return {
    /** Opens it and takes the focus there. */
    open() {
      store.sheet.value = "inspect";
      heading().focus({ preventScroll: true });
    },
  };
}
