/** The head of the page: what is open, what else there is, theme and Present. */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { EXAMPLES } from "../examples.js";
import { ICONS } from "./icons.js";
import { pointed } from "./pointed.js";

/**
 * @param {HTMLElement} host
 * @param {import("../store.js").Store} store
 * @param {import("../session.js").Session} session
 * @param {Record<string, import("../commands.js").Command>} commands
 */
export function createHeader(host, store, session, commands) {
  /** @param {Event} event */
  const choose = (event) => {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    const example = EXAMPLES.find(({ id }) => id === select.value);
    select.value = "";
    if (!example) return;
    store.leftTab.value = "program";
    session.open(example);
  };
  const pick = pointed(choose);
  /** @param {"edit" | "inspect"} sheet */
  const toggle = (sheet) => () => (store.sheet.value = store.sheet.peek() === sheet ? "" : sheet);

  effect(() => {
    const theme = store.theme.value;
    const present = store.present.value;
    const sheet = store.sheet.value;
    render(
      html`<a class="brand" href="/" aria-label="Backlit, start anew"><span class="mark" aria-hidden="true"></span>Back<b>lit</b></a>
        <h1 class="crumb">${store.title.value}</h1>
        <span class="space"></span>
        <button class="only-narrow" aria-expanded=${sheet === "edit"} aria-controls="left" @click=${toggle("edit")}>Edit</button>
        <button class="only-narrow" aria-expanded=${sheet === "inspect"} aria-controls="right" @click=${toggle("inspect")}>Inspect</button>
        <select class="menu only-wide" aria-label="Open an example" @pointerdown=${pick.down} @change=${pick.change}>
          <option value="" selected>Examples</option>
          ${EXAMPLES.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}
        </select>
        <button
          class="quiet" @click=${commands.theme.run}
          title=${`Theme: ${theme === "auto" ? "as the system" : theme} (T)`} aria-label=${`Theme: ${theme === "auto" ? "as the system" : theme}. Change`}
        >${ICONS[theme]}</button>
        <button class="hot only-wide" aria-pressed=${present} title="Present (P)" @click=${commands.present.run}>
          ${present ? "Leave" : "Present"} ${ICONS.present}
        </button>`,
      host,
    );
  });
}
