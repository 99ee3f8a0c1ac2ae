/**
 * Selecting items by pointer and keys, and opening and closing groups. One item at a time is in the tab order; arrow
 * keys follow lines.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../graph/drawing.js").Drawing} Drawing
 */
import { toggleGroup } from "../commands/groups.js";
import { itemFor } from "../graph/drawing.js";
import { requestView } from "../store/view.js";
import { called } from "../timeline/sentence.js";
import { ARROWS, walk, whereabouts } from "./walk.js";

/** @param {SVGSVGElement} surface @param {Store} store @param {import("./scene.js").Form} form */
export function createKeys(surface, store, { narrow, table = true }) {
  /** By item. @type {SVGGElement[]} */
  let elements = [];
  /** @type {{trace: Trace, drawing: Drawing} | null} */
  let shown = null;
  let home = 0;
  /** How the current item was reached. @type {import("./walk.js").Path | null} */
  let path = null;

  /** @param {number} index */
  function rove(index) {
    elements[home]?.setAttribute("tabindex", "-1");
    elements[home]?.removeAttribute("aria-description");
    home = index;
    elements[home]?.setAttribute("tabindex", "0");
  }

  /** Pans, without zooming, if the focused item is outside the window. @param {number} item */
  function bring(item) {
    const place = store.layout.peek()?.places[item];
    const [own, around] = [elements[item].getBoundingClientRect(), surface.getBoundingClientRect()];
    if (
      !place ||
      (own.left >= around.left && own.right <= around.right && own.top >= around.top && own.bottom <= around.bottom)
    )
      return;
    store.camera.value = { ...place, k: store.zoom.peek() };
    requestView(store, "look");
  }

  /** @param {number} item */
  function nameOf(item) {
    const { items } = /** @type {{trace: Trace, drawing: Drawing}} */ (shown).drawing;
    const { groups, nodes } = /** @type {{trace: Trace, drawing: Drawing}} */ (shown).trace;
    const it = items[item];
    return it.kind === "node" ? called(nodes[it.node]) : groups[it.group].name;
  }

  /** @param {EventTarget | null} target */
  const indexOf = (target) => {
    const element = target instanceof Element ? target.closest(".node") : null;
    return elements.indexOf(/** @type {SVGGElement} */ (element));
  };

  /**
   * @param {EventTarget | null} target
   * @returns {{id: string, opens: boolean} | null} the group that a press here opens or closes
   */
  const handle = (target) => {
    const element = target instanceof Element ? target.closest("[data-open], [data-close]") : null;
    if (!(element instanceof SVGElement)) return null;
    const { open, close } = element.dataset;
    return open !== undefined ? { id: open, opens: true } : { id: close ?? "", opens: false };
  };

  // Arrow keys have their own meaning here, which a screen reader must leave to the page.
  surface.setAttribute("role", "application");
  surface.setAttribute(
    "aria-description",
    `Arrow keys move along edges and between neighbours, Enter selects or opens, Space selects.${table ? " V shows the same as a table." : ""}`,
  );
  surface.addEventListener("keydown", (event) => {
    const pressed = event.key === "Enter" || event.key === " ";
    const box = handle(event.target);
    if (box !== null && pressed) {
      toggleGroup(store, box.id, box.opens);
      event.preventDefault();
      return;
    }
    const from = indexOf(event.target);
    if (from < 0) return;
    // Shift with an arrow key pans.
    const way =
      event.shiftKey || event.ctrlKey || event.metaKey || event.altKey
        ? undefined
        : ARROWS[store.layout.peek()?.layout.direction ?? "LR"][event.key];
    if (way !== undefined && shown !== null) {
      const to = walk(shown.drawing, { item: from, path: from === home ? path : null }, way);
      if (to !== null) {
        rove(to.item);
        path = to.path;
        const where = whereabouts(shown.drawing, to, nameOf);
        if (where) elements[to.item]?.setAttribute("aria-description", where);
        elements[to.item]?.focus({ preventScroll: true });
        bring(to.item);
      }
      event.preventDefault();
    } else if (pressed) {
      if (event.key === "Enter" && !openItem(from)) choose(from);
      else if (event.key === " ") choose(from);
      event.preventDefault();
    }
  });
  // Selecting by pointer does not move the focus, so the arrow keys still step through time.
  surface.addEventListener("mousedown", (event) => {
    if (indexOf(event.target) >= 0 || handle(event.target)) event.preventDefault();
  });
  surface.addEventListener("click", (event) => {
    const box = handle(event.target);
    const index = indexOf(event.target);
    if (box !== null) toggleGroup(store, box.id, box.opens);
    else if (index >= 0) choose(index);
    else if (store.sheet.peek()) store.sheet.value = "";
    else store.selection.value = null;
  });
  surface.addEventListener("dblclick", (event) => {
    if (!handle(event.target)) openItem(indexOf(event.target));
  });

  /** @param {number} index @returns {boolean} whether there was a closed group to open */
  function openItem(index) {
    const item = shown?.drawing.items[index];
    if (item?.kind !== "group") return false;
    toggleGroup(store, item.key, true);
    return true;
  }

  /** @param {number} index */
  function choose(index) {
    const id = shown?.drawing.items[index].key ?? null;
    // Selecting the same node again still opens its panel.
    const again = store.selection.peek() === id && !(narrow.matches && store.sheet.peek() === "");
    store.selection.value = again ? null : id;
    store.rightTab.value = "node";
    if (narrow.matches && store.selection.peek() !== null) store.sheet.value = "inspect";
  }

  return {
    /** @param {SVGGElement[]} next by item @param {Trace} trace @param {Drawing} drawing */
    attach(next, trace, drawing) {
      elements = next;
      shown = { trace, drawing };
      path = null;
      elements.forEach((element, i) => {
        const closed = drawing.items[i].kind === "group";
        // An image with a fixed name: what it shows changes too often to be in the name.
        element.setAttribute("role", closed ? "button" : "img");
        if (closed) element.setAttribute("aria-expanded", "false");
        else element.setAttribute("aria-roledescription", "node");
        element.setAttribute("tabindex", "-1");
      });
      rove(Math.max(0, drawing.itemOf[trace.outputIndex]));
    },
    /** @returns {string | null} the id of the item, or of the box whose title, has the focus */
    focused() {
      const { activeElement } = document;
      if (!(activeElement instanceof SVGElement) || !surface.contains(activeElement)) return null;
      return activeElement.dataset.id ?? activeElement.dataset.close ?? null;
    },
    /**
     * Restores the focus after a redraw: to the same item, or to the one that replaces it.
     * @param {string | null} id
     */
    focus(id) {
      if (id === null || shown === null) return;
      const { trace, drawing } = shown;
      const title = [...surface.querySelectorAll(".box-title")].find(
        (each) => /** @type {SVGElement} */ (each).dataset.close === id,
      );
      const index = itemFor(drawing, trace, id);
      if (index >= 0) rove(index);
      /** @type {SVGElement | undefined} */ (index >= 0 ? elements[index] : title)?.focus({ preventScroll: true });
    },
    /** @param {number} index @param {string} words */
    describe: (index, words) => elements[index]?.setAttribute("aria-label", words),
    /** @param {number} chosen -1: none */
    select(chosen) {
      elements.forEach((element, i) => {
        element.toggleAttribute("data-selected", i === chosen);
        element.setAttribute("aria-current", String(i === chosen));
      });
    },
  };
}
