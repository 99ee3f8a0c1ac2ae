/** The page header: the open program, the list of examples, and buttons. Buttons without room go into a menu. */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { EXAMPLES } from "../../examples.js";
import { commandButton, placed, presentButton, themeButton } from "../kit/button.js";
import { ICONS } from "../kit/icons.js";
import { createChooser } from "../editor/about.js";
import { createMenu } from "../kit/menu.js";
import { blurAfterPointer } from "../kit/blur_after_pointer.js";

/** @param {import("../../commands/command.js").Command} command a command with an icon needs no text */
function iconOf({ id }) {
  const picture = /** @type {Record<string, unknown>} */ (ICONS)[id];
  return picture ? { picture, kind: "quiet" } : {};
}

/** Minimum width of the title if there is room, px. */
const TITLE = 150;

/**
 * @param {HTMLElement} host
 * @param {import("../../store.js").Store} store
 * @param {import("../../session.js").Session} session
 * @param {Record<string, import("../../commands/command.js").Command>} commands
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
  const pick = blurAfterPointer(choose);
  const chooser = createChooser(store, session);
  /** @param {"edit" | "inspect"} sheet */
  const toggle = (sheet) => () => (store.sheet.value = store.sheet.peek() === sheet ? "" : sheet);
  /** @param {MouseEvent} event */
  const startOver = (event) => {
    // Switching to another tab keeps the sheet open.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    commands.startOver.run();
  };
  const menuOpen = signal(false);
  const menu = createMenu("More", menuOpen);
  /** How many buttons, counted from the last, are in the menu. */
  const folded = signal(0);

  effect(() => {
    const theme = store.theme.value;
    const present = store.present.value;
    const sheet = store.sheet.value;
    const buttons = [...placed(commands, "header"), commands.theme];
    // While presenting, the audience sees the graph, not its tools.
    const shown = present ? [] : buttons.slice(0, Math.max(0, buttons.length - folded.value));
    render(
      html`<a class="brand" href="/" aria-label="Backlit, start over" title="Start over"
        @click=${startOver}><span class="mark"
        aria-hidden="true"></span><span class="wordmark">Back<b>lit</b></span></a>
        <h1 class="crumbs">${store.title.value}</h1>
        ${present ? chooser() : null}
        <span class="space"></span>
        <a class="lessons only-wide" href="/lessons">Lessons</a>
        <button class="only-narrow" aria-expanded=${sheet === "edit"} aria-controls="left"
          @click=${toggle("edit")}>Edit</button>
        <button class="only-narrow" aria-expanded=${sheet === "inspect"} aria-controls="right"
          @click=${toggle("inspect")}>Inspect</button>
        <select class="menu" aria-label="Open an example" @pointerdown=${pick.down} @change=${pick.change}>
          <option value="" selected>Examples</option>
          ${EXAMPLES.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}
        </select>
        ${shown.map((command) =>
          command === commands.theme ? themeButton(command, theme) : commandButton(command, iconOf(command)),
        )}
        ${menu([...buttons.slice(shown.length), ...placed(commands, "more")])}
        ${presentButton(commands.present, present)}`,
      host,
    );
  });

  /** Whether everything fits. */
  const fits = () => {
    const title = /** @type {HTMLElement} */ (host.querySelector(".crumbs"));
    const cramped =
      getComputedStyle(title).position === "static" && title.clientWidth < Math.min(TITLE, title.scrollWidth);
    return host.scrollWidth <= host.clientWidth && !cramped;
  };
  const fit = () => {
    folded.value = 0;
    const most = placed(commands, "header").length + 1;
    while (folded.peek() < most && !fits()) folded.value++;
  };
  new ResizeObserver(fit).observe(host);
  effect(() => {
    // The content has changed, and so may the room it needs.
    void [store.present.value, store.title.value, placed(commands, "header").length];
    queueMicrotask(fit);
  });
}
