/** What is wrong with the program, under the editor: place, words, advice, and a way there. */
import { effect } from "@preact/signals-core";
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
    const places = problem.errors.length > 0 ? problem.errors : [{ message: problem.detail, line: null, column: null, hint: null }];
    const adopt = () => {
      for (const { name, suggested } of missing) session.setValue(name, toWire(fromWire(suggested)));
    };
    render(
      html`${places.slice(0, 4).map(
        ({ message, line, column, hint }) => html`<p>
          ${line === null ? null : html`<button class="place" @click=${() => goTo(line, column)}>line ${line}${column === null ? "" : `, column ${column}`}</button>`}
          ${message}${/[.?!]$/.test(message) ? "" : "."} ${hint && missing.length === 0 ? html`<span class="hint">${hint}</span>` : null}
        </p>`,
      )}
      ${missing.length > 0
        ? html`<button class="hot" @click=${adopt}>
            ${missing.length === 1 ? "Give it a value" : "Give them values"}:
            ${missing.map(({ name, suggested }) => `${name} = ${formatTensor(fromWire(suggested), 4)}`).join(", ")}
          </button>`
        : null}`,
      host,
    );
  });
}
