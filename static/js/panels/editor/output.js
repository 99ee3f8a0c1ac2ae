/** What the program prints, and its own gradients (dX lines) compared with the true ones. */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { formatTensor } from "../../words/format.js";
import { calledAt } from "../../timeline/sentence.js";
import { fromWire } from "../../trace/tensor.js";
import { createCopyField } from "../kit/copy.js";
import { ownEngine } from "./own_engine.js";

/** @param {string | null | undefined} of the scalar that a gradient is of, where that is not the output */
const whose = (of) => (of ? `, of ${of}` : "");

/**
 * @param {HTMLElement} host
 * @param {import("../../store.js").Store} store
 * @param {(line: number) => void} goTo  leads to a line of the program
 */
export function createOutput(host, store, goTo) {
  // Each field confirms for itself.
  const copyField = memoOf(() => createCopyField());
  /** @param {string} label @param {string} text @param {boolean} multiline */
  const copy = (label, text, multiline) => copyField(text)(label, text, multiline);
  const ways = { goTo, choose: (/** @type {string} */ id) => (store.selection.value = id), copy };
  effect(() => {
    const trace = store.visibleTrace.value;
    const prints = trace?.prints ?? [];
    const manual = trace?.manual ?? [];
    const own = trace?.engine ? store.engine.value : null;
    render(
      html`${own === null ? null : ownEngine(own, ways)}<h2>Printed</h2>
        ${
          prints.length === 0
            ? html`<p class="dim">Nothing: the program has no <code>print(…)</code>.</p>`
            : html`<ol class="prints">${prints.map(
                ({ line, text }) => html`<li><span class="line-no">${line}</span><pre>${text}</pre></li>`,
              )}</ol>`
        }
        ${own !== null && manual.length === 0 ? nothing : html`<h2>Gradients written by hand</h2>`}
        ${
          manual.length === 0
            ? own !== null
              ? nothing
              : html`<p class="dim">None. A line such as <code>dW1 = …</code>, for a name in the graph, is compared with the true gradient.</p>`
            : html`<ul class="manual">${manual.map(
                ({ name, target, line, value, adjoint, agrees, note, of, covered }) =>
                  covered
                    ? html`<li><div><code>${name}</code><span class="dim">line ${line}, for ${calledAt(trace, target)}${whose(of)}</span><span class="dim">? (covered)</span></div></li>`
                    : html`<li class=${agrees ? "agrees" : "differs"}>
                <div><code>${name}</code><span class="dim">line ${line}, for ${calledAt(trace, target)}${whose(of)}</span><b>${agrees ? "✓ agrees" : "✗ differs"}</b></div>
                <div><span>yours</span><span>${value === null ? "no value" : formatTensor(fromWire(value), 6)}</span></div>
                ${
                  agrees
                    ? null
                    : html`<div><span>true</span><span class="say-grad">${adjoint === null ? "no path" : formatTensor(fromWire(adjoint), 6)}</span></div>`
                }
                ${note ? html`<p>${note}</p>` : null}
              </li>`,
              )}</ul>`
        }`,
      host,
    );
  });
}

/**
 * One thing for each text that is shown at a time.
 * @template T @param {() => T} make @returns {(key: string) => T}
 */
function memoOf(make) {
  /** @type {Map<string, T>} */
  const made = new Map();
  return (key) => {
    const known = made.get(key) ?? make();
    if (made.size > 50) made.clear();
    made.set(key, known);
    return known;
  };
}
