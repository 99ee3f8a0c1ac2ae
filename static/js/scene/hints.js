/**
 * Links formulas and drawing: highlights the node and edge of the term pointed at, and reports the node under the
 * pointer, so that its terms are highlighted.
 * @typedef {import("../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";

/**
 * @param {SVGSVGElement} surface @param {Store} store
 * @param {() => import("./picture.js").Drawn | null} drawn
 */
export function createHints(surface, store, drawn) {
  surface.addEventListener("pointerover", (event) => {
    const mark = /** @type {SVGElement | null} */ (/** @type {Element} */ (event.target).closest(".node"));
    const [trace, drawing] = [store.visibleTrace.peek(), store.drawing.peek()];
    const item = mark && drawing?.items.find(({ key }) => key === mark.dataset.id);
    const node = !item || !trace ? null : item.kind === "node" ? item.node : item.result;
    if (store.hinted.peek()?.node !== node) store.hinted.value = node === null ? null : { node, edge: null };
  });
  surface.addEventListener("pointerleave", () => (store.hinted.value = null));
  effect(() => {
    // After a redraw nothing is highlighted.
    void store.layout.value;
    const hinted = store.hinted.value;
    for (const element of surface.querySelectorAll("[data-hinted]")) element.removeAttribute("data-hinted");
    const now = drawn();
    if (!hinted || !now) return;
    const item = hinted.node === null ? undefined : now.drawing.itemOf[hinted.node];
    if (item !== undefined && item >= 0) now.marks[item]?.element.setAttribute("data-hinted", "");
    const line =
      hinted.edge === null
        ? -1
        : now.drawing.lines.findIndex(({ edges }) => edges.includes(/** @type {number} */ (hinted.edge)));
    now.lines[line]?.element.setAttribute("data-hinted", "");
  });
}
