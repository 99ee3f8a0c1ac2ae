/**
 * Pointing at elements inside marks, by pointer or keys; highlights the elements that the one pointed at comes from.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../trace/elements.js").Pointed} Pointed
 */
import { effect } from "@preact/signals-core";
import { neighbour, placeOf, spread, tileOf } from "../trace/elements.js";

/** @param {SVGSVGElement} surface @param {Store} store */
export function createCellPointing(surface, store) {
  /** @param {string} id of an item @returns {import("../types.js").Node | null} the node whose tensors it shows */
  const nodeOf = (id) => {
    const [trace, drawing] = [store.visibleTrace.peek(), store.drawing.peek()];
    if (!trace || !drawing) return null;
    const item = drawing.items.find(({ key }) => key === id);
    // An array opened into scalars has no elements to explain: each is a node.
    if (!item || (item.kind === "group" && item.elements)) return null;
    return trace.nodes[item.kind === "node" ? item.node : item.result] ?? null;
  };

  /**
   * @param {Element} mark
   * @param {"value" | "grad"} of
   * @param {number} place
   * @param {number[]} shape
   * @returns {Element | null}
   */
  function cellIn(mark, of, place, shape) {
    const figure = /** @type {SVGElement | null} */ (mark.querySelector(`[data-of="${of}"]`));
    if (!figure) return null;
    const { rows, cols } = figure.dataset;
    if (rows === undefined)
      return figure.dataset.place !== undefined ? figure : figure.querySelector(`[data-place="${place}"]`);
    return figure.querySelectorAll(".tile")[tileOf(place, spread(shape), Number(rows), Number(cols))] ?? null;
  }

  /** @param {Element} cell @param {string} id @param {number} place @param {"value" | "grad"} of */
  function point(cell, id, place, of) {
    const { left, top, right, bottom } = cell.getBoundingClientRect();
    const before = store.pointed.peek();
    if (before?.id === id && before.place === place && before.of === of) return;
    store.pointed.value = { id, place, of, box: { left, top, right, bottom } };
  }

  surface.addEventListener("pointermove", (event) => {
    // A finger pans, and nothing is explained during a drag.
    if (event.pointerType === "touch" || event.buttons !== 0) return;
    const target = /** @type {Element} */ (event.target);
    const cell = /** @type {SVGElement | null} */ (target.closest("[data-place]"));
    const figure = /** @type {SVGElement | null} */ (cell?.closest("[data-of]") ?? null);
    const mark = /** @type {SVGElement | null} */ (cell?.closest(".node") ?? null);
    const node = mark && nodeOf(mark.dataset.id ?? "");
    if (!cell || !figure || !node) {
      if (store.pointed.peek() && !walking) store.pointed.value = null;
      return;
    }
    walking = false;
    point(cell, node.id, Number(cell.dataset.place), /** @type {"value" | "grad"} */ (figure.dataset.of));
  });
  surface.addEventListener("pointerleave", () => {
    if (!walking) store.pointed.value = null;
  });
  surface.addEventListener("wheel", () => (store.pointed.value = null), { passive: true });
  surface.addEventListener("focusout", () => (store.pointed.value = null));

  /** Whether arrow keys move between elements, not between nodes. */
  let walking = false;

  // The command enters the focused node, or else the node of the current step.
  let asked = store.walk.peek();
  effect(() => {
    if (store.walk.value === asked) return;
    asked = store.walk.value;
    const focused = document.activeElement?.closest(".node");
    const shown = store.shownNode.peek();
    const [trace, drawing] = [store.visibleTrace.peek(), store.drawing.peek()];
    const own = shown && drawing ? drawing.items[drawing.itemOf[shown.index]]?.key : undefined;
    const all = /** @type {SVGGElement[]} */ ([...surface.querySelectorAll(".node")]);
    const mark = all.find((each) => each === focused) ?? all.find((each) => each.dataset.id === own);
    const node = mark && nodeOf(mark.dataset.id ?? "");
    const cell = node && cellIn(mark, "value", 0, node.shape);
    if (!trace || !mark || !node || !cell) return;
    mark.focus();
    walking = true;
    point(cell, node.id, 0, "value");
  });

  surface.addEventListener(
    "keydown",
    (event) => {
      const mark = /** @type {SVGElement | null} */ (/** @type {Element} */ (event.target).closest(".node"));
      const node = mark && nodeOf(mark.dataset.id ?? "");
      const from = store.pointed.peek();
      if (!mark || !walking || from === null || from.id !== node?.id) return;
      if (event.key === "Escape") {
        store.pointed.value = null;
      } else if (event.key.startsWith("Arrow") && !event.shiftKey) {
        const to = neighbour(from, event.key, node.shape, node.grad !== null);
        const cell = cellIn(mark, to.of, to.place, node.shape);
        if (cell) point(cell, node.id, to.place, to.of);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  effect(() => {
    if (store.pointed.value === null) walking = false;
  });

  effect(() => {
    // After a redraw nothing is highlighted.
    void store.layout.value;
    const pointed = store.pointed.value;
    const account = store.account.value;
    for (const lit of surface.querySelectorAll("[data-made], [data-pointed], [data-part]")) {
      for (const name of ["data-made", "data-pointed", "data-part"]) lit.removeAttribute(name);
    }
    const [trace, drawing] = [store.visibleTrace.peek(), store.drawing.peek()];
    const sources = account?.answer?.sources ?? [];
    surface.classList.toggle("telling", sources.length > 0);
    if (!pointed || !trace || !drawing) {
      store.involved.value = [];
      return;
    }
    const marks = new Map(
      [...surface.querySelectorAll(".node")].map((mark) => [/** @type {SVGElement} */ (mark).dataset.id ?? "", mark]),
    );
    /**
     * @param {string} id
     * @returns {{mark: Element, own: boolean, shape: number[]} | null} own: whether the mark shows this node's own
     *   tensors
     */
    const shown = (id) => {
      const index = trace.byId.get(id);
      const item = index === undefined ? undefined : drawing.items[drawing.itemOf[index]];
      const mark = item && marks.get(item.key);
      if (index === undefined || !item || !mark) return null;
      return { mark, own: item.kind === "node" || item.result === index, shape: trace.nodes[index].shape };
    };
    const here = shown(pointed.id);
    here?.mark.setAttribute("data-part", "");
    if (here?.own) cellIn(here.mark, pointed.of, pointed.place, here.shape)?.setAttribute("data-pointed", pointed.of);
    for (const { id, index, of } of sources) {
      const there = shown(id);
      there?.mark.setAttribute("data-part", "");
      if (there?.own) cellIn(there.mark, of, placeOf(index, there.shape), there.shape)?.setAttribute("data-made", of);
    }
    store.involved.value = [...surface.querySelectorAll("[data-part] .body")].map((body) => {
      const { left, top, right, bottom } = body.getBoundingClientRect();
      return { left, top, right, bottom };
    });
  });
}
