/** A tab list with keyboard support, by the ARIA practices. */
import { html } from "lit-html";

/**
 * @template {string} T
 * @param {string} label
 * @param {{id: T, title: string, panel: string}[]} tabs panel: the id of the tab's panel
 * @param {T} chosen
 * @param {(id: T) => void} choose
 */
export function tabList(label, tabs, chosen, choose) {
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const list = /** @type {HTMLElement} */ (event.currentTarget);
    choose(tabs[(to + tabs.length) % tabs.length].id);
    /** @type {HTMLElement | null} */ (list.querySelector('[aria-selected="true"]'))?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${onKey}>
    ${tabs.map(
      ({ id, title, panel }) => html`<button
        role="tab" id=${`tab-${id}`} aria-controls=${panel} aria-selected=${id === chosen} tabindex=${id === chosen ? 0 : -1}
        @click=${() => choose(id)}
      ><span>${title}</span></button>`,
    )}
  </div>`;
}
