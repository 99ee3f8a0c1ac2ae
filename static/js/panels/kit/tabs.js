/** A tab list with keyboard support, by the ARIA practices, and the panels it switches between. */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";

/**
 * @template {string} T
 * @param {HTMLElement} host
 * @param {string} label
 * @param {Record<T, HTMLElement>} panels  by tab; the id of each is "panel-" and that of its tab
 * @param {{titles: () => Record<T, string>, chosen: () => T, choose: (id: T) => void}} how  the functions read signals
 */
export function createTabs(host, label, panels, { titles, chosen, choose }) {
  effect(() => {
    const [shown, entries] = [chosen(), /** @type {[T, string][]} */ (Object.entries(titles()))];
    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      const at = entries.findIndex(([id]) => id === shown);
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: entries.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      choose(entries[(to + entries.length) % entries.length][0]);
      /** @type {HTMLElement | null} */ (host.querySelector('[aria-selected="true"]'))?.focus();
    };
    render(
      html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${onKey}>
        ${entries.map(
          ([id, title]) => html`<button
            role="tab" id=${`tab-${id}`} aria-controls=${`panel-${id}`} aria-selected=${id === shown}
            tabindex=${id === shown ? 0 : -1}
            @click=${() => choose(id)}
          ><span>${title}</span></button>`,
        )}
      </div>`,
      host,
    );
    for (const [id] of entries) panels[id].hidden = id !== shown;
  });
}
