/**
 * A menu button by the ARIA practices: arrow keys move, letters jump, Escape and Tab close, and the focus returns.
 * @typedef {import("../../commands/command.js").Command} Command
 */
import { html, nothing } from "lit-html";
import { keyName } from "../../commands/command.js";
import { ICONS } from "./icons.js";

/**
 * @param {string} label
 * @param {import("@preact/signals-core").Signal<boolean>} open
 * @returns {(commands: Command[]) => unknown} a template of the button and, while open, its menu
 */
export function createMenu(label, open) {
  /** @param {HTMLElement} from */
  const items = (from) =>
    /** @type {HTMLElement[]} */ ([
      ...(from.closest(".menu-button")?.querySelectorAll('[role="menuitem"]:not([disabled])') ?? []),
    ]);
  /** @param {HTMLElement} from @param {boolean} [back] */
  const close = (from, back = true) => {
    open.value = false;
    if (back)
      /** @type {HTMLElement | null | undefined} */ (
        from.closest(".menu-button")?.querySelector(":scope > button")
      )?.focus();
  };
  /** @param {MouseEvent} event */
  const toggle = (event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    open.value = !open.peek();
    // If opened by a key, the first item gets the focus at once.
    if (open.peek() && event.detail === 0) items(button)[0]?.focus();
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const host = /** @type {HTMLElement} */ (event.currentTarget);
    if (!open.peek()) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      open.value = true;
    } else if (event.key === "Tab") {
      open.value = false;
      return;
    } else if (event.key === "Escape") {
      event.preventDefault();
      close(host.querySelector("button") ?? host);
      return;
    }
    const all = items(host.querySelector("button") ?? host);
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const letter =
      event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey ? event.key.toLowerCase() : null;
    const to = letter
      ? all.findIndex((item, i) => i > at && item.textContent?.trim().toLowerCase().startsWith(letter))
      : ({ ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[event.key] ??
        -2);
    if (to === -2) return;
    // A letter typed in an open menu is never a shortcut of the page.
    event.preventDefault();
    if (letter && to < 0) return;
    all[(to + all.length) % all.length]?.focus();
  };
  /** @param {FocusEvent} event */
  const onLeave = (event) => {
    const host = /** @type {HTMLElement} */ (event.currentTarget);
    if (event.relatedTarget && !host.contains(/** @type {Node} */ (event.relatedTarget))) open.value = false;
  };

  return (commands) => html`<div class="menu-button" @keydown=${onKey} @focusout=${onLeave}>
    <button aria-haspopup="menu" aria-expanded=${open.value} aria-label=${label} title=${label}
      @click=${toggle}>${ICONS.more}</button>
    ${
      open.value
        ? html`<div class="menu-veil" @click=${() => (open.value = false)}></div>
          <div role="menu" aria-label=${label}>
            ${commands.map(
              (command) => html`<button role="menuitem" tabindex="-1" data-command=${command.id}
                ?disabled=${command.enabled ? !command.enabled() : false}
              @click=${(/** @type {MouseEvent} */ event) => {
                close(/** @type {HTMLElement} */ (event.currentTarget));
                command.run();
              }}><span>${command.label}</span>${
                command.keys.length > 0 ? html`<kbd>${keyName(command.keys[0])}</kbd>` : nothing
              }</button>`,
            )}
          </div>`
        : nothing
    }
  </div>`;
}
