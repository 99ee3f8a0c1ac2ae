/**
 * The inner edge of a side panel: drag it, or focus it and use the arrow keys, to make the panel wider or narrower. The
 * width is kept for the next visit.
 */
import { forget, recall, remember } from "../../edits/storage.js";

/** Widths in px at letters of normal size: least, and the part of the window that one panel may take. */
const LEAST = 220;
const MOST = 0.45;
/** By one press of an arrow key, px. */
const STEP = 24;

/**
 * @param {HTMLElement} host  on the stage's border
 * @param {HTMLElement} panel
 * @param {"left" | "right"} side
 */
export function createEdge(host, panel, side) {
  const key = `backlit-${side}`;
  const columns = /** @type {HTMLElement} */ (panel.parentElement);
  const most = () => Math.round(innerWidth * MOST);
  host.className = "panel-edge";
  host.tabIndex = 0;
  host.title = "Drag to make the panel wider; double-click for its usual width";
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
    if (host.hasPointerCapture(event.pointerId)) put(from + outward * event.clientX);
  });
  host.addEventListener("dblclick", () => put(null));
  host.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    const to = by === undefined ? { Home: LEAST, End: most() }[event.key] : panel.offsetWidth + outward * by;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    put(to);
  });

  const kept = Number(recall(key));
  if (kept > 0) put(kept);
}
