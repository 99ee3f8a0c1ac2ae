/**
 * The help dialog, generated from the commands and the forms of the language so that it is always complete. Loaded when
 * first opened.
 */
import { html, nothing } from "lit-html";
import { APPLE, keyName } from "../../commands/command.js";

/** @type {[import("../../commands/command.js").Family, string][]} */
const FAMILIES = [
  ["time", "Time"],
  ["graph", "Graph"],
  ["view", "View"],
  ["program", "Program"],
  ["present", "While presenting"],
  ["page", "Page"],
];

/** Actions by pointer and touch. */
const POINTERS = [
  ["Drag a slider", "change a value, at any moment"],
  ["Drag the timeline", "go to any moment, also between steps"],
  ["Drag the curve of a training", "go to any of its steps"],
  ["Click a node", "see its rule, its numbers, and where its gradient came from"],
  ["Click a function’s box", "open or close it"],
  ["Drag the graph, turn the wheel, or pinch", "move and zoom"],
  ["Drop a file", "open a Python program or a notebook"],
];

/**
 * @param {Record<string, import("../../commands/command.js").Command>} commands
 * @param {import("../../store.js").Store} store
 * @returns {() => unknown} the dialog's body; reads signals
 */
export function createHelp(commands, store) {
  /** @param {string} key */
  const kbd = (key) => html`<kbd>${keyName(key, APPLE)}</kbd>`;
  return () => html`<div class="help">
    ${FAMILIES.map(([family, title]) => {
      const all = Object.values(commands).filter((command) => command.family === family);
      if (all.length === 0) return nothing;
      return html`<section><h3>${title}</h3><dl>
        ${all.map(
          ({ label, keys }) =>
            html`<div><dt>${label}</dt><dd>${
              keys.length > 0 ? keys.map(kbd) : html`<span class="dim">in the menu</span>`
            }</dd></div>`,
        )}
      </dl></section>`;
    })}
    <section class="pointers"><h3>Mouse and touch</h3><dl>
      ${POINTERS.map(([how, what]) => html`<div><dt>${how}</dt><dd class="dim">${what}</dd></div>`)}
    </dl></section>
    ${language(store.ops.value?.syntax ?? [])}
  </div>`;
}

/** @param {import("../../wire.d.ts").SyntaxAnswer[]} forms of the language */
const language = (forms) =>
  forms.length === 0
    ? nothing
    : html`<section class="forms"><h3>What a program can say</h3>
        <p>Ordinary Python with NumPy. The page runs it once, as Python would, and shows what a gradient passes through.</p>
        <dl>${forms.map(
          ({ form, summary }) => html`<div><dt><code>${form}</code></dt><dd class="dim">${summary}</dd></div>`,
        )}</dl>
      </section>`;
