/**
 * The inner edge of a side panel: drag it, or focus it and use the arrow keys, to make the panel wider or narrower; its
 * handle folds the panel away. Both are kept for the next visit.
 * @typedef {import("../../store/page.js").Side} Side
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { tooltip } from "../../commands/command.js";
import { forget, recall, remember } from "../../edits/storage.js";
import { fold } from "../../store/page.js";

/** Widths in px at letters of normal size: least, and the part of the window that one panel may take. */
const LEAST = 220;
const MOST = 0.45;
/** By one press of an arrow key, px. */
const STEP = 24;

/** Dragged narrower than this part of the least width, it folds. */
const FOLDS = 0.5;

/** Points to where the panel goes. @type {Record<"left" | "right", string>} */
const CHEVRON = { left: "M7 3L3 7L7 11", right: "M3 3L7 7L3 11" };

/**
 * @param {HTMLElement} host  on the stage's border
 * @param {HTMLElement} panel
 * @param {Side} side
 * @param {Pick<import("../../store.js").Store, "folded" | "leftTab" | "rightTab">} store
 * @param {import("../../commands/command.js").Command} command  folds and unfolds it
 */
export function createEdge(host, panel, side, store, command) {
  const key = `backlit-${side}`;
  const columns = /** @type {HTMLElement} */ (panel.parentElement);
  const most = () => Math.round(innerWidth * MOST);
  host.className = "panel-edge";
  host.tabIndex = 0;
  host.title = "Drag to make the panel wider; double-click for its usual width, Enter to fold it";
  for (const [name, value] of Object.entries({
    role: "separator",
    "aria-orientation": "vertical",
    "aria-controls": panel.id,
    "aria-label": `Width of the ${side} panel`,
    "aria-valuemin": String(LEAST),
  }))
    host.setAttribute(name, value);

  /** @param {number | null} width px; null: the usual one */
  function put(width) {
    const kept = width === null ? null : Math.round(Math.max(LEAST, Math.min(most(), width)));
    if (kept === null) columns.style.removeProperty(`--${side}`);
    else columns.style.setProperty(`--${side}`, `${kept}px`);
    if (kept === null) forget(key);
    else remember(key, String(kept));
  }
  new ResizeObserver(() => {
    host.setAttribute("aria-valuenow", String(Math.round(panel.offsetWidth)));
    host.setAttribute("aria-valuemax", String(most()));
  }).observe(panel);

  const outward = side === "left" ? 1 : -1;
  let from = 0;
  host.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    host.setPointerCapture(event.pointerId);
    from = panel.offsetWidth - outward * event.clientX;
  });
  host.addEventListener("pointermove", (event) => {
    if (!host.hasPointerCapture(event.pointerId)) return;
    const wanted = from + outward * event.clientX;
    fold(store, side, wanted < LEAST * FOLDS);
    if (wanted >= LEAST * FOLDS) put(wanted);
  });
  host.addEventListener("dblclick", () => put(null));
  host.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      command.run();
      return;
    }
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    const to = by === undefined ? { Home: LEAST, End: most() }[event.key] : panel.offsetWidth + outward * by;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    put(to);
  });

  const kept = Number(recall(key));
  if (kept > 0) put(kept);

  const handle = document.createElement("div");
  handle.className = `fold-handle ${side}`;
  host.after(handle);
  if (recall(`${key}-folded`) !== null) fold(store, side, true);
  effect(() => {
    const folded = store.folded.value.has(side);
    document.documentElement.toggleAttribute(`data-folded-${side}`, folded);
    if (folded) remember(`${key}-folded`, "1");
    else forget(`${key}-folded`);
    const path = CHEVRON[folded === (side === "left") ? "right" : "left"];
    render(
      html`<button aria-label=${command.label} aria-expanded=${String(!folded)} aria-controls=${panel.id}
        title=${tooltip(command)} @click=${command.run}>
        <svg viewBox="0 0 10 14" aria-hidden="true"><path d=${path} /></svg></button>`,
      handle,
    );
  });
  // What is opened in a folded panel is meant to be seen.
  let tab = "";
  effect(() => {
    const now = (side === "left" ? store.leftTab : store.rightTab).value;
    if (tab !== "" && tab !== now) fold(store, side, false);
    tab = now;
  });
}
