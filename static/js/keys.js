/** Keys become commands, unless the control that has the focus uses them itself. */
import { commandFor } from "./commands/command.js";

/** What a presenter's remote sends. It steps, whatever has the focus. */
const REMOTE = ["PageUp", "PageDown"];

/**
 * @param {Record<string, import("./commands/command.js").Command>} commands
 * @param {import("./store.js").Store} store
 */
export function createKeys(commands, store) {
  /** The field in which something is written that nobody has been told yet. @type {EventTarget | null} */
  let unfinished = null;
  /** What ends when its key is let go of. @type {Map<string, () => void>} */
  const held = new Map();
  addEventListener("input", ({ target }) => (unfinished = target));
  for (const end of ["change", "focusout"]) addEventListener(end, () => (unfinished = null));

  addEventListener("keydown", (event) => {
    const remote = store.present.peek() && REMOTE.includes(event.key);
    const kind = remote ? "" : event.target === unfinished && isField(event.target) ? "unfinished" : controlKind(event.target);
    const command = commandFor(commands, event, kind);
    if (!command || (command.enabled && !command.enabled())) return;
    event.preventDefault();
    // A key that is held repeats itself; what lasts as long as it is held has begun already.
    if (event.repeat && command.release) return;
    // Escape also leaves a field, so that keys mean commands again.
    if (command === commands.release && event.target instanceof HTMLElement) event.target.blur();
    command.run();
    if (command.release) held.set(event.key.toLowerCase(), command.release);
  });
  addEventListener("keyup", ({ key }) => {
    held.get(key.toLowerCase())?.();
    held.delete(key.toLowerCase());
  });
  // The key may be let go of where this page does not hear it.
  addEventListener("blur", () => {
    for (const release of held.values()) release();
    held.clear();
  });
}

/** @param {EventTarget | null} target */
const isField = (target) => target instanceof HTMLInputElement && target.type !== "range";

/** @param {EventTarget | null} target @returns {string} which kind of control has the focus, as command.js names them */
function controlKind(target) {
  if (!(target instanceof Element)) return "";
  if (target.closest("dialog")) return "dialog";
  if (target.closest(".cm-editor")) return "editor";
  if (target instanceof HTMLInputElement) return target.type;
  const role = target.getAttribute("role");
  if (role === "tab") return "tab";
  const tag = target.tagName.toLowerCase();
  return tag === "a" || tag === "summary" || role === "button" || role === "menuitem" ? "button" : tag;
}
