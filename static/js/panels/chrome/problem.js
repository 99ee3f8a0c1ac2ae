/** The error message under the editor: position, explanation, advice, and a link to the line. */
import { batch, effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { fromWire, toWire } from "../../trace/tensor.js";
import { formatTensor } from "../../words/format.js";

/**
 * @param {HTMLElement} host
 * @param {import("../../store.js").Store} store
 * @param {import("../../session.js").Session} session
 * @param {(line: number, column: number | null) => void} goTo
 */
export function createProblem(host, store, session, goTo) {
  effect(() => {
    const problem = store.problem.value;
    host.hidden = problem === null;
    if (problem === null) {
      render(null, host);
      return;
    }
    const { missing } = problem;
    const elsewhere = store.undefinedNames.value;
    const places =
      problem.errors.length > 0 ? problem.errors : [{ message: problem.detail, line: null, column: null, hint: null }];
    // Suggested values are found for all names or for none; then the advice says what is in the way.
    const found = missing.flatMap(({ name, suggested }) =>
      suggested === null ? [] : [{ name, tensor: fromWire(suggested) }],
    );
    const adopt = () =>
      batch(() => {
        for (const { name, tensor } of found) session.setValue(name, toWire(tensor));
      });
    render(
      html`${places.slice(0, 4).map(
        ({ message, line, column, hint }) => html`<p>
          ${
            line === null
              ? null
              : html`<button class="place" @click=${() => goTo(line, column)}>line ${line}${column === null ? "" : `, column ${column}`}</button>`
          }
          ${message}${/[.?!]$/.test(message) ? "" : "."} ${
            hint && found.length === 0 ? html`<span class="hint">${hint}</span>` : null
          }
        </p>`,
      )}
      ${
        elsewhere.length > 0
          ? html`<p class="hint">In a notebook, an earlier cell may define ${elsewhere.join(", ")}: paste that cell first, then this one, or drop the whole notebook onto this page.</p>`
          : null
      }
      ${
        found.length > 0
          ? html`<button class="hot" @click=${adopt}>
            ${found.length === 1 ? "Give it a value" : "Give them values"}:
            ${found.map(({ name, tensor }) => `${name} = ${formatTensor(tensor, 4)}`).join(", ")}
          </button>`
          : null
      }`,
      host,
    );
  });
}
