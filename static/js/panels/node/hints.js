/**
 * Highlights the terms of formulas together with the drawing: pointing at a term highlights its node and edge, pointing
 * at a node highlights its terms.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";

/** @param {HTMLElement} host @param {Store} store @returns {() => void} marks the terms again after a render */
export function createHints(host, store) {
  const mark = () => {
    const hinted = store.hinted.peek();
    for (const term of host.querySelectorAll(".hinted")) term.classList.remove("hinted");
    if (hinted?.node === undefined || hinted.node === null) return;
    for (const term of host.querySelectorAll(`[data-node="${hinted.node}"]`)) term.classList.add("hinted");
  };
  /** @param {Event} event */
  const point = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const term = /** @type {HTMLElement | null} */ (target?.closest("[data-node]") ?? null);
    const block = /** @type {HTMLElement | null} */ (target?.closest("[data-edge]") ?? null);
    const next =
      term || block
        ? { node: term ? Number(term.dataset.node) : null, edge: block ? Number(block.dataset.edge) : null }
        : null;
    const now = store.hinted.peek();
    if (now?.node !== next?.node || now?.edge !== next?.edge) store.hinted.value = next;
  };
  host.addEventListener("pointerover", point);
  host.addEventListener("focusin", point);
  host.addEventListener("pointerleave", () => (store.hinted.value = null));
  host.addEventListener("focusout", () => (store.hinted.value = null));
  effect(() => {
    void store.hinted.value;
    mark();
  });
  return mark;
}
