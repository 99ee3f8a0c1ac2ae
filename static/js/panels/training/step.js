/**
 * What is told of the shown step: its loss, how each parameter fares, what is remarkable, and the other runs.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { batch, effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { bestAside, bestOf, remark, runName, sampled } from "../../training/rows.js";
import { fileName } from "../../export/filename.js";
import { plotPng } from "../../export/plot.js";
import { save } from "../../export/save.js";
import { stepsAsCsv } from "../../table/training_csv.js";
import { format } from "../../words/format.js";

/**
 * @param {HTMLElement} line @param {HTMLElement} told @param {Store} store @param {Trainer} trainer
 * @param {import("@preact/signals-core").Signal<boolean>} log  whether the scale of the curve is logarithmic
 * @returns {() => void} stops drawing
 */
export function createStepTold(line, told, store, trainer, log) {
  /**
   * The step of the program's own training, with its loss as far as it is known.
   * @param {import("../../store/training.js").Trained} training
   * @param {number} step
   * @param {import("../../training/rows.js").Row | null} row
   */
  const ownLine = ({ begins, rows }, step, row) =>
    html`<b>Step ${step}</b> of ${begins.steps}${
      row === null
        ? null
        : html` · loss${row.step === step ? null : ` at step ${row.step}`} <b class="say-value">${format(row.loss)}</b>`
    }${rows.length < 2 ? null : logSwitch()}`;

  /** @param {import("../../store/training.js").Trained} training @param {number} step */
  const ownTold = ({ begins, rows }, step) =>
    html`${
      rows.length < 2
        ? html`<input type="range" min="0" max=${begins.steps} .value=${String(step)}
          aria-label="Step of the program’s own training"
            @input=${(/** @type {Event} */ event) =>
              trainer.go(Number(/** @type {HTMLInputElement} */ (event.target).value))} />`
        : null
    }<p class="dim">Its steps change ${begins.parameters.map(
      (name, i) => html`${i > 0 ? ", " : ""}<code>${name}</code>`,
    )}. The picture is that of the text, left behind this step.</p>`;

  /** @param {import("../../training/rows.js").Row[]} rows */
  const lowest = (rows) => {
    const best = bestAside(rows);
    return best === null
      ? null
      : html` <span class="dim lowest">(lowest at <button class="link" @click=${() => trainer.go(best.step)}
        title="Show this step">step ${best.step}</button>)</span>`;
  };

  const logSwitch = () =>
    html`<label class="log"><input type="checkbox" .checked=${log.value} @change=${(/** @type {Event} */ event) =>
      (log.value = /** @type {HTMLInputElement} */ (event.target).checked)} /> log</label>`;

  /** @param {import("../../store/training.js").Trained} training */
  const download = (training) =>
    save(new Blob([stepsAsCsv(training)], { type: "text/csv" }), fileName(store.title.peek(), "steps", "csv"));

  const tabled = signal(false);
  /**
   * The run in numbers, for whoever does not see the curve.
   * @param {import("../../store/training.js").Trained} training @param {number} shown
   */
  function asTable({ rows }, shown) {
    const aside = rows.some(({ validation }) => validation !== null);
    return html`<details class="part" ?open=${tabled.value} @toggle=${(/** @type {Event} */ event) =>
      (tabled.value = /** @type {HTMLDetailsElement} */ (event.target).open)}>
      <summary><span class="part-head"><h2>The run as a table</h2></span></summary>
      ${
        tabled.value
          ? html`<table class="runs"><caption class="visually-hidden">Some steps of the training</caption>
              <thead><tr><th scope="col">step</th><th scope="col">loss</th>${
                aside ? html`<th scope="col">kept aside</th>` : null
              }</tr></thead>
              <tbody>${sampled(rows).map(
                ({ step, loss, validation }) => html`<tr class=${step === shown ? "shown" : ""}>
                  <th scope="row"><button class="link" title="Show this step"
                    @click=${() => trainer.go(step)}>${step}</button></th>
                  <td>${format(loss)}</td>${
                    aside ? html`<td>${validation === null ? "" : format(validation)}</td>` : null
                  }</tr>`,
              )}</tbody></table>`
          : null
      }
    </details>`;
  }

  /** @param {string} plot a selector in the panel @param {string} name */
  async function picture(plot, name) {
    const shown = told.parentElement?.querySelector(plot);
    if (shown instanceof HTMLElement)
      save(await plotPng(shown), fileName(store.title.peek(), `${name}-${store.trainStep.peek()}`, "png"));
  }

  return effect(() => {
    const [training, step, row] = [store.trained.value, store.trainStep.value, store.trainRow.value];
    line.hidden = training === null || (row === null && !training.begins.own);
    if (training?.begins.own && step !== null) {
      render(ownLine(training, step, row), line);
      render(ownTold(training, step), told);
      return;
    }
    if (training === null || step === null || row === null) {
      render(
        html`<p class="dim">Train takes steps against the gradient. Each step opens: drag the curve, and the whole picture shows its values and gradients.</p>`,
        told,
      );
      return;
    }
    const { begins, rows, ended } = training;
    render(
      html`<b>Step ${step}</b> of ${rows[rows.length - 1].step} · loss <b class="say-value">${format(row.loss)}</b>${
        row.validation === null
          ? null
          : html` · <span><i class=${`loss-key aside look-${Math.max(0, store.comparedRuns.value.indexOf(training.run))}`}></i>kept aside <b>${format(row.validation)}</b></span>${lowest(rows)}`
      }
        ${logSwitch()}`,
      line,
    );
    // What is found in the whole run says it with the step at which it began.
    const said =
      store.findings.value.length > 0
        ? ""
        : remark(rows, row, row === rows[rows.length - 1] ? ended : null, begins.parameters);
    const most = Math.max(...row.gradients.filter(Number.isFinite), 0);
    render(
      html`${said ? html`<p class="notice" role="status">${said}</p>` : null}
        ${
          store.shownUpdate.value === ""
            ? null
            : html`<p class="notice">The picture shows how <code>${store.shownUpdate.value}</code> moves from step ${step} to ${step + 1}.
              <button class="link" @click=${() => trainer.explain("")}>Back to the loss</button></p>`
        }
        <table class="norms">
          <caption class="visually-hidden">The parameters at step ${row.step}</caption>
          <thead><tr><th scope="col">learned</th><th scope="col"
            title="The Euclidean norm of its gradient">|gradient|</th><th scope="col"
            title="Its Euclidean norm">|value|</th><td></td></tr></thead>
          <tbody>
            ${begins.parameters.map(
              (id, i) => html`<tr>
              <th scope="row"><button class="link" @click=${() =>
                batch(
                  () => (trainer.explain(""), (store.selection.value = id)),
                )} title="Show its node">${id}</button> <span class="dim">${begins.shapes[i].join("×")}</span></th>
              <td><span class="with-bar"><i class="bar"
                data-share=${most > 0 ? row.gradients[i] / most : 0}></i><span>${format(row.gradients[i])}</span></span></td>
              <td>${format(row.parameters[i])}</td>
              <td><button class="link" aria-pressed=${String(store.shownUpdate.value === id)}
                aria-label=${`Why ${id} moves`} title="See how the optimizer moves it"
                @click=${() => trainer.explain(store.shownUpdate.peek() === id ? "" : id)}>why</button></td>
            </tr>`,
            )}
          </tbody>
        </table>
        ${
          store.otherRuns.value.length === 0 || store.comparedRuns.value.length > 0
            ? null
            : html`<table class="runs">
                <caption>Runs of this program</caption>
                <thead><tr><th scope="col">trained with</th><th scope="col">steps</th><th scope="col">lowest loss</th>${
                  row.validation === null
                    ? null
                    : html`<th scope="col" title="The dotted line in the colour of the run">kept aside, dotted</th>`
                }</tr></thead>
                <tbody>
                  ${[training, ...store.otherRuns.value].map(
                    (each, k) => html`<tr class=${k === 0 ? "shown" : ""}>
                      <th scope="row"><i class=${`loss-key look-${k}`}></i>${
                        k === 0
                          ? runName(each.run)
                          : html`<button class="link" title="Show this run"
                            @click=${() => trainer.recall(each)}>${runName(each.run)}</button>`
                      }</th>
                      <td>${each.rows[each.rows.length - 1].step}</td><td>${format(bestOf(each.rows))}</td>${
                        row.validation === null
                          ? null
                          : html`<td>${format(each.rows[each.rows.length - 1].validation)}</td>`
                      }</tr>`,
                  )}
                </tbody>
              </table>`
        }
        ${
          // One input alone may hold its examples in columns.
          begins.data.length < 2
            ? null
            : html`<p class="dim">Examples: the rows of ${begins.data.map(
                (id, i) => html`${i > 0 ? ", " : ""}<code>${id}</code>`,
              )}, ${begins.examples} to learn from${
                begins.validation > 0 ? `, ${begins.validation} kept aside` : ""
              }.</p>`
        }
        ${asTable(training, step)}
        <p class="dim"><button class="link" @click=${() => download(training)}
          title="Loss, rate and norms of each step, for a spreadsheet">Save the steps as CSV</button>,
          <button class="link" @click=${() => void picture(".train-curve", "curve")}>the curve</button>${
            store.surface.value === null
              ? null
              : html`, <button class="link" @click=${() =>
                  void picture(".surface-picture", "predicted")}>what is predicted</button>`
          } as PNG</p>`,
      told,
    );
    for (const bar of /** @type {NodeListOf<HTMLElement>} */ (told.querySelectorAll("[data-share]")))
      bar.style.setProperty("--share", bar.dataset.share ?? "0");
  });
}
