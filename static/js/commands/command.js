/**
 * A command: everything the reader can do is one object, from which its button, shortcut and help entry are made.
 *
 * @typedef {"time" | "graph" | "view" | "program" | "present" | "page"} Family  the heading under which the help lists
 *   it
 * @typedef {object} Command
 * @property {string} id
 * @property {Family} family
 * @property {string} label
 * @property {string[]} keys  as KeyboardEvent.key names them, "Mod+z" for Ctrl or Cmd; [] for none
 * @property {() => void} run
 * @property {boolean} [anywhere]  its keys also work in the editor and in fields
 * @property {() => boolean} [enabled]
 * @property {() => boolean} [pressed]  for toggles
 * @property {"header" | "stage" | "present" | "more"} [place]  where its button is ("more": in the header's menu); if
 *   absent it has none, or a panel draws it
 * @property {unknown} [picture]  an icon instead of the button's text
 * @property {string} [short]  the button's text if the label is too long
 * @property {() => boolean} [shown]  whether it has anything to do at all
 * @property {() => boolean} [only]  whether it has its keys to itself at the moment
 * @property {() => void} [release]  for commands that last as long as the key is held
 */

const KEY_NAMES = /** @type {Record<string, string>} */ ({
  " ": "Space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "Page Up",
  PageDown: "Page Down",
  Escape: "Esc",
  "-": "−",
});

/** Whether the keyboard has ⌘ instead of Ctrl. */
export const APPLE = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {string} key as in a command @param {boolean} [apple] @returns {string} as printed on a keyboard */
export function keyName(key, apple = false) {
  const parts = key === "+" ? ["+"] : key.split("+");
  return parts
    .map((part) =>
      part === "Mod" ? (apple ? "⌘" : "Ctrl") : (KEY_NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
    )
    .join("+");
}

/** @param {Command} command @param {string} [words] @returns {string} the tooltip of its button */
export const tooltip = ({ label, keys }, words = label) => (keys.length > 0 ? `${words} (${keyName(keys[0])})` : words);

/** Controls that use these keys themselves. */
const OWN_KEYS = /** @type {Record<string, string[] | "all">} */ ({
  text: "all",
  number: "all",
  search: "all",
  textarea: "all",
  select: "all",
  editor: "all",
  range: ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"],
  button: [" ", "Enter"],
  radio: [" ", "Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
  tab: [" ", "Enter", "ArrowLeft", "ArrowRight", "Home", "End"],
  // In a dialog, only Escape and shortcuts with Ctrl reach the page behind it.
  dialog: "all",
  // Uncommitted input in a field is undone by the field itself.
  unfinished: "all",
});

/**
 * @param {Record<string, Command>} commands
 * @param
 *   {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean, defaultPrevented: boolean}}
 *   event
 * @param {string} kind of the control that has the focus, a key of OWN_KEYS or ""
 * @returns {Command | null}
 */
export function commandFor(commands, event, kind) {
  if (event.altKey || event.defaultPrevented) return null;
  const own = OWN_KEYS[kind];
  if (own !== "all" && own?.includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const modified = event.ctrlKey || event.metaKey;
  // Case matters only with Ctrl or if a command asks for it: f and F are the same, Ctrl+Z and Ctrl+Shift+Z are not.
  const shifted = `Shift+${key}`;
  const wanted = modified
    ? [event.shiftKey ? `Mod+${shifted}` : `Mod+${key}`]
    : event.shiftKey
      ? [shifted, key]
      : [key];
  for (const name of wanted) {
    const meant = Object.values(commands).filter(({ keys, only }) => keys.includes(name) && (only?.() ?? true));
    const found = meant.find(({ only }) => only) ?? meant[0];
    if (!found) continue;
    const everywhere = event.key === "Escape" || (found.anywhere && kind !== "dialog" && kind !== "unfinished");
    return own === "all" && !everywhere ? null : found;
  }
  return null;
}
