/** A field for a number that is typed, or changed by the up and down arrow keys. */
import { html, nothing } from "lit-html";
import { format, parseNumber } from "../../words/format.js";

/**
 * @param {object} how
 * @param {number} how.x
 * @param {(x: number) => void} how.set
 * @param {(by: 1 | -1, shift: boolean) => number} how.next  the number after an arrow key
 * @param {(x: number) => number} [how.limit]  the nearest number allowed; NaN if there is none
 * @param {(x: number) => string} [how.show]
 * @param {string} [how.label]
 * @param {() => void} [how.onFocus]
 */
export function numberField({ x, set, next, limit = (to) => to, show = format, label, onFocus }) {
  /** @param {Event} event */
  const commit = (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const typed = parseNumber(input.value);
    const to = Number.isFinite(typed) ? limit(typed) : NaN;
    if (Number.isFinite(to)) set(to);
    input.value = show(Number.isFinite(to) ? to : x);
  };
  /** @param {KeyboardEvent} event */
  const step = (event) => {
    const by = /** @type {Record<string, 1 | -1>} */ ({ ArrowUp: 1, ArrowDown: -1 })[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(limit(next(by, event.shiftKey)));
  };
  // Not bound with live(): an answer that arrives meanwhile must not overwrite what is being typed.
  return html`<input class="field" inputmode="decimal" autocomplete="off" spellcheck="false"
    aria-label=${label ?? nothing}
    .value=${show(x)} @change=${commit} @keydown=${step} @focus=${onFocus ?? null} />`;
}
