/** Maps keys to commands, unless the focused control uses them itself. */
import { commandFor } from "./commands/command.js";

/** Keys sent by a presentation remote; they always step, whatever has the focus. */
const REMOTE = ["PageUp", "PageDown"];

/**
 * @param {Record<string, import("./commands/command.js").Command>} commands
 * @param {import("./store.js").Store} store
 */
export function createKeys(commands, store) {
  /** The field with uncommitted input. @type {EventTarget | null} */
  let unfinished = null;
  /** What to end when its key is released. @type {Map<string, () => void>} */
  const held = new Map();
  addEventListener("input", ({ target }) => (unfinished = target));
  for (const end of ["change", "focusout"]) addEventListener(end, () => (unfinished = null));

  addEventListener("keydown", (event) => {
    const remote = store.present.peek() && REMOTE.includes(event.key);
    const kind = remote
      ? ""
      : event.target === unfinished && isField(event.target)
        ? "unfinished"
        : controlKind(event.target);
    const command = commandFor(commands, event, kind);
    if (!command || (command.enabled && !command.enabled())) return;
    event.preventDefault();
    // A held key repeats; a command that lasts while it is held has already started.
    if (event.repeat && command.release) return;
    // Escape also leaves a field, so that keys are commands again.
    if (command === commands.release && event.target instanceof HTMLElement) event.target.blur();
    command.run();
    if (command.release) held.set(event.key.toLowerCase(), command.release);
  });
  addEventListener("keyup", ({ key }) => {
    held.get(key.toLowerCase())?.();
    held.delete(key.toLowerCase());
  });
  // The key may be released outside this page.
  addEventListener("blur", () => {
    for (const release of held.values()) release();
    held.clear();
  });
}

/** @param {EventTarget | null} target */
const isField = (target) => target instanceof HTMLInputElement && target.type !== "range";

/** @param {EventTarget | null} target @returns {string} the kind of focused control, a key of OWN_KEYS in command.js */
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
