/**
 * What the reader can order, one object each: its button, its shortcut and its help come from it.
 *
 * @typedef {"time" | "graph" | "view" | "program" | "present" | "page"} Family  the heading under which help lists it
 * @typedef {object} Command
 * @property {string} id
 * @property {Family} family
 * @property {string} label
 * @property {string[]} keys  as KeyboardEvent.key names them, "Mod+z" for Ctrl or Cmd; [] for none
 * @property {() => void} run
 * @property {boolean} [anywhere]  its keys hold in the editor and in fields, too
 * @property {() => boolean} [enabled]
 * @property {() => boolean} [pressed]  for what is switched on and off
 * @property {"header" | "stage" | "present" | "more"} [place]  where its button stands ("more": in the header's menu); without one it has none, or a panel draws it
 * @property {unknown} [picture]  an icon in the place of the button's text
 * @property {string} [short]  the button's text, where the label is too long for it
 * @property {() => boolean} [shown]  whether there is anything for it to do at all
 * @property {() => boolean} [only]  whether its keys mean it now; while they do, they mean nothing else
 * @property {() => void} [release]  for what lasts as long as its key is held
 */

const KEY_NAMES = /** @type {Record<string, string>} */ ({
  " ": "Space", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", PageUp: "Page Up", PageDown: "Page Down", Escape: "Esc", "-": "−",
});

/** Has the reader's keyboard a ⌘ where others have Ctrl? */
export const APPLE = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {string} key as a command names it @param {boolean} [apple] @returns {string} as a keyboard shows it */
export function keyName(key, apple = false) {
  const parts = key === "+" ? ["+"] : key.split("+");
  return parts.map((part) => (part === "Mod" ? (apple ? "⌘" : "Ctrl") : (KEY_NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)))).join("+");
}

/** @param {Command} command @param {string} [words] @returns {string} what a pointer that rests on its button is told */
export const tooltip = ({ label, keys }, words = label) => (keys.length > 0 ? `${words} (${keyName(keys[0])})` : words);

/** Controls that use these keys themselves. */
const OWN_KEYS = /** @type {Record<string, string[] | "all">} */ ({
  text: "all", number: "all", search: "all", textarea: "all", select: "all", editor: "all",
  range: ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"],
  button: [" ", "Enter"],
  radio: [" ", "Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
  tab: [" ", "Enter", "ArrowLeft", "ArrowRight", "Home", "End"],
  // Whatever stands in a dialog, only leaving it and what is written with Ctrl means the page behind it.
  dialog: "all",
  // What is written in a field and not yet said is the field's own to undo.
  unfinished: "all",
});

/**
 * @param {Record<string, Command>} commands
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean, defaultPrevented: boolean}} event
 * @param {string} kind of the control that has the focus, a key of OWN_KEYS or ""
 * @returns {Command | null}
 */
export function commandFor(commands, event, kind) {
  if (event.altKey || event.defaultPrevented) return null;
  const own = OWN_KEYS[kind];
  if (own !== "all" && own?.includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const modified = event.ctrlKey || event.metaKey;
  // A capital letter is another key only where Ctrl is held or a command says so: f and F are the same, Ctrl+Z and Ctrl+Shift+Z are not.
  const shifted = `Shift+${key}`;
  const wanted = modified ? [event.shiftKey ? `Mod+${shifted}` : `Mod+${key}`] : event.shiftKey ? [shifted, key] : [key];
  for (const name of wanted) {
    const meant = Object.values(commands).filter(({ keys, only }) => keys.includes(name) && (only?.() ?? true));
    const found = meant.find(({ only }) => only) ?? meant[0];
    if (!found) continue;
    const everywhere = event.key === "Escape" || (found.anywhere && kind !== "dialog" && kind !== "unfinished");
    return own === "all" && !everywhere ? null : found;
  }
  return null;
}
