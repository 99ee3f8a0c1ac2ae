/**
 * The runs that are compared, each with its line and its lowest loss: which of them is shown.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { bestOf, runLabels } from "../../training/rows.js";
import { format } from "../../words/format.js";

/**
 * How a run ends: the loss of what is kept aside, else the lowest of all.
 * @param {import("../../training/rows.js").Row[]} rows
 */
function result(rows) {
  const { validation } = rows[rows.length - 1];
  const [what, loss] = validation === null ? ["lowest", bestOf(rows)] : ["kept aside", validation];
  return html` <span class="dim">${what} <b>${format(loss)}</b></span>`;
}

/** @param {HTMLElement} host @param {Store} store @param {Trainer} trainer @returns {() => void} stops drawing */
export function createCompared(host, store, trainer) {
  host.setAttribute("role", "group");
  host.setAttribute("aria-label", "Runs that are compared");
  return effect(() => {
    const runs = store.comparedRuns.value;
    const [busy, shown] = [store.isTraining.value, store.trainRun.value];
    host.hidden = runs.length < 2;
    const known = [...(store.trained.value ? [store.trained.value] : []), ...store.otherRuns.value];
    const labels = runLabels(runs);
    render(
      runs.map((run, k) => {
        const rows = known.find((each) => each.run === run)?.rows ?? [];
        return html`<button aria-pressed=${String(run === shown)} ?disabled=${busy} @click=${() => trainer.show(run)}
          title="Show this run">
          <i class=${`loss-key look-${k}`}></i>${labels[k]}${rows.length < 2 ? null : result(rows)}</button>`;
      }),
      host,
    );
  });
}
