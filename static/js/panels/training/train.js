/**
 * Training the program: what it is trained with, the curve of its loss, which is the scrubber of its steps, and how each
 * parameter fares at the shown one.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 * @typedef {import("../../wire.d.ts").OptimizerAnswer} Optimizer
 */
import { batch, effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { div } from "../../dom.js";
import { dragging } from "../../plots/drag.js";
import { lossPlot, MARGIN } from "../../plots/losses.js";
import { sized } from "../../plots/sized.js";
import { bestOf, remark, runName } from "../../training/rows.js";
import { format } from "../../words/format.js";
import { ICONS } from "../kit/icons.js";
import { numberField } from "../kit/numberfield.js";
import { createSurfacePicture } from "./surface.js";

/** Most steps that are taken at once. */
const MOST_STEPS = 100_000;
/** What may be set beside the optimizer's own settings, each for the whole run. */
const WHOLE = [
  {
    key: "batch",
    title: "Batch",
    what: "examples of a step; 0 takes all",
    limit: (/** @type {number} */ x) => Math.max(0, Math.round(x)),
  },
  {
    key: "validation",
    title: "Keep aside",
    what: "the share of the examples that is never learned from",
    limit: (/** @type {number} */ x) => Math.min(0.95, Math.max(0, x)),
  },
  {
    key: "decay",
    title: "Weight decay",
    what: "what of a weight is added to its gradient",
    limit: (/** @type {number} */ x) => Math.min(1e6, Math.max(0, x)),
  },
  {
    key: "clip",
    title: "Clip",
    what: "the largest norm of all gradients together; 0 for none",
    limit: (/** @type {number} */ x) => Math.max(0, x),
  },
  {
    key: "random_seed",
    title: "Random seed",
    what: "for shuffling",
    limit: (/** @type {number} */ x) => Math.min(99999, Math.max(0, Math.round(x))),
  },
];

/**
 * @param {HTMLElement} host @param {Store} store @param {Trainer} trainer
 * @param {{settings?: boolean}} [how]  whether what it is trained with can be changed
 * @returns {() => void} takes it away again
 */
export function createTrain(host, store, trainer, { settings: changeable = true } = {}) {
  /** @type {(() => void)[]} */
  const stops = [];
  const following = (/** @type {() => void} */ show) => stops.push(effect(show));
  const [buttons, curve, line, surface, told, settings] = [
    "train-buttons",
    "train-curve",
    "train-line",
    "train-surface",
    "train-told",
    "train-settings",
  ].map(div);
  host.append(buttons, curve, line, surface, told, settings);
  stops.push(createSurfacePicture(surface, store));
  settings.hidden = !changeable;
  const log = signal(false);
  const further = signal(false);

  /** The optimizer at the shown step, and its settings there. */
  function ruleAt() {
    const run = store.trainRun.value;
    const step = store.trainStep.value ?? 0;
    let [name, own] = [run.optimizer ?? "sgd", { ...run.settings }];
    for (const change of run.changes ?? []) {
      if (change.step > step) break;
      if (change.optimizer && change.optimizer !== name) [name, own] = [change.optimizer, {}];
      own = { ...own, ...change.settings };
    }
    const known = store.ops.value?.optimizers.find((each) => each.name === name) ?? null;
    return { name, known, settings: /** @type {Record<string, number>} */ ({ ...known?.settings, ...own }) };
  }

  /** @param {string} title @param {string} label @param {number} x @param {(x: number) => void} set @param {(x: number) => number} limit */
  const field = (title, label, x, set, limit) => html`<label class="row" title=${label}><span>${title}</span>
    ${numberField({ x, set, limit, label, next: (by, far) => nextOf(x, by, far) })}</label>`;

  following(() => {
    const busy = store.isTraining.value;
    const training = store.trained.value;
    const problem = store.trainProblem.value;
    const steps = store.trainSteps.value;
    const turns = store.fullTrace.value?.turns ?? 0;
    const own = store.trainRun.value.own ?? false;
    const itself = html`<p class="dim">The program trains itself, ${turns} steps.
      <button class="link" ?disabled=${busy} @click=${() => void trainer.own()}>Show its steps</button></p>`;
    render(
      html`${own || turns === 0 ? null : itself}${
        own
          ? html`<b>Its own training</b>`
          : html`<button class="hot" @click=${() => (busy ? trainer.pause() : void trainer.take(steps))}
          title=${busy ? "Pause the training" : `Take ${steps} steps of training`}>${busy ? ICONS.pause : ICONS.play} ${busy ? "Pause" : "Train"}</button>
        ${numberField({ x: steps, set: (x) => (store.trainSteps.value = x), limit: stepsOf, label: "Steps to take", show: (x) => String(x), next: (by, far) => steps + by * (far ? 1000 : 100) })}
        <span class="dim">steps</span>`
      }
        <button class="one" ?disabled=${busy} @click=${() => void trainer.next()} title="Take one step, or show the next one" aria-label="One step of training">${ICONS.forward}</button>
        <button class="one" ?disabled=${training === null} @click=${() => trainer.reset()} title="Back to the program’s own values" aria-label="Back to the program’s own values">${ICONS.reset}</button>
        ${problem ? html`<p class="refusal" role="alert">${problem.errors[0]?.message ?? problem.detail}${problem.errors[0]?.hint ? html` <span class="dim">${problem.errors[0].hint}</span>` : null}</p>` : null}`,
      buttons,
    );
  });

  following(() => {
    const { name, known, settings: own } = ruleAt();
    const run = store.trainRun.value;
    settings.hidden = run.own ?? false;
    const names = store.ops.value?.optimizers.map((each) => each.name) ?? [name];
    render(
      html`
        <label class="row"><span>Optimizer</span><select aria-label="Optimizer" @change=${(/** @type {Event} */ event) => trainer.change({ optimizer: /** @type {HTMLSelectElement} */ (event.target).value })}>
          ${names.map((each) => html`<option value=${each} .selected=${each === name}>${each}</option>`)}
        </select></label>
        ${known ? html`<p class="dim summary">${known.summary}</p>` : null}
        <div class="pairs">${Object.entries(own).map(([key, value]) =>
          field(
            key === "lr" ? "Rate (lr)" : key,
            `${key} of ${name}`,
            value,
            (x) => trainer.change({ settings: { [key]: x } }),
            (x) => x,
          ),
        )}</div>
        <details .open=${further.value} @toggle=${(/** @type {Event} */ event) => (further.value = /** @type {HTMLDetailsElement} */ (event.target).open)}>
          <summary>Batches, decay, clipping</summary>
          ${WHOLE.map(({ key, title, what, limit }) =>
            field(
              title,
              what,
              Number(run[/** @type {"batch"} */ (key)] ?? 0),
              (x) => trainer.set({ [key]: (key === "batch" || key === "clip") && x === 0 ? null : x }),
              limit,
            ),
          )}
          <label class="row check" title="A mistake that many make once: see what it does"><input type="checkbox" .checked=${run.accumulate ?? false}
            @change=${(/** @type {Event} */ event) => trainer.set({ accumulate: /** @type {HTMLInputElement} */ (event.target).checked })} /><span>Forget to set gradients to zero</span></label>
        </details>`,
      settings,
    );
  });

  const { size, stop } = sized(curve);
  stops.push(stop);
  curve.setAttribute("role", "slider");
  curve.setAttribute("aria-label", "Step of the training");
  curve.setAttribute("aria-valuemin", "0");
  curve.tabIndex = 0;
  curve.addEventListener("keydown", (event) => {
    const at = store.trainStep.peek();
    const last = lastOf(store);
    /** @type {Record<string, number>} */
    const to = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 10,
      PageDown: -10,
      Home: -Infinity,
      End: Infinity,
    };
    if (at === null || to[event.key] === undefined) return;
    event.preventDefault();
    trainer.pause();
    trainer.go(Math.max(0, Math.min(last, at + to[event.key])));
  });
  const drag = () =>
    dragging(
      { ...size.peek(), ...MARGIN },
      [0, Math.max(1, ...store.otherRuns.peek().map(({ rows }) => rows[rows.length - 1].step), lastOf(store))],
      (step) => {
        trainer.pause();
        trainer.go(step);
      },
    );
  curve.addEventListener("pointerdown", (event) => store.trained.peek() && drag().down(event));
  curve.addEventListener("pointermove", (event) => drag().move(event));
  curve.addEventListener("pointerup", (event) => curve.hasPointerCapture(event.pointerId) && drag().up(event));

  following(() => {
    const [training, step, row] = [store.trained.value, store.trainStep.value, store.trainRow.value];
    curve.hidden = training === null || training.rows.length < (training.begins.own ? 2 : 1);
    if (training === null || step === null || row === null || size.value.width === 0) return;
    const others = store.otherRuns.value.map(({ rows }) => rows);
    const last = Math.max(...[training.rows, ...others].map((rows) => rows[rows.length - 1].step));
    curve.setAttribute("aria-valuemax", String(lastOf(store)));
    curve.setAttribute("aria-valuenow", String(step));
    curve.setAttribute("aria-valuetext", `step ${step}, loss ${format(row.loss)}`);
    const changes = (training.run.changes ?? []).map((change) => change.step);
    render(
      lossPlot({ rows: training.rows, step, row, last, log: log.value, changes, others, size: size.value }),
      curve,
    );
  });

  /**
   * The step of the program's own training, with its loss as far as it is known.
   * @param {import("../../store/training.js").Trained} training @param {number} step @param {import("../../training/rows.js").Row | null} row
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
        ? html`<input type="range" min="0" max=${begins.steps} .value=${String(step)} aria-label="Step of the program’s own training"
            @input=${(/** @type {Event} */ event) => trainer.go(Number(/** @type {HTMLInputElement} */ (event.target).value))} />`
        : null
    }<p class="dim">Its steps change ${begins.parameters.map((name, i) => html`${i > 0 ? ", " : ""}<code>${name}</code>`)}. The picture is that of the text, left behind this step.</p>`;

  const logSwitch = () =>
    html`<label class="log"><input type="checkbox" .checked=${log.value} @change=${(/** @type {Event} */ event) => (log.value = /** @type {HTMLInputElement} */ (event.target).checked)} /> log</label>`;

  following(() => {
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
      html`<b>Step ${step}</b> of ${rows[rows.length - 1].step} · loss <b class="say-value">${format(row.loss)}</b>${row.validation === null ? null : html` · kept aside <b>${format(row.validation)}</b>`}
        ${logSwitch()}`,
      line,
    );
    const said = remark(rows, row, row === rows[rows.length - 1] ? ended : null, begins.parameters);
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
          <thead><tr><th scope="col">learned</th><th scope="col" title="The Euclidean norm of its gradient">|gradient|</th><th scope="col" title="Its Euclidean norm">|value|</th><td></td></tr></thead>
          <tbody>
            ${begins.parameters.map(
              (id, i) => html`<tr>
              <th scope="row"><button class="link" @click=${() => batch(() => (trainer.explain(""), (store.selection.value = id)))} title="Show its node">${id}</button> <span class="dim">${begins.shapes[i].join("×")}</span></th>
              <td><span class="with-bar"><i class="bar" data-share=${most > 0 ? row.gradients[i] / most : 0}></i><span>${format(row.gradients[i])}</span></span></td>
              <td>${format(row.parameters[i])}</td>
              <td><button class="link" aria-pressed=${String(store.shownUpdate.value === id)} aria-label=${`Why ${id} moves`} title="See how the optimizer moves it"
                @click=${() => trainer.explain(store.shownUpdate.peek() === id ? "" : id)}>why</button></td>
            </tr>`,
            )}
          </tbody>
        </table>
        ${
          store.otherRuns.value.length === 0
            ? null
            : html`<table class="runs">
                <caption>Runs of this program</caption>
                <thead><tr><th scope="col">trained with</th><th scope="col">steps</th><th scope="col">lowest loss</th></tr></thead>
                <tbody>
                  ${[training, ...store.otherRuns.value].map(
                    (each, k) => html`<tr class=${k === 0 ? "shown" : ""}>
                      <th scope="row"><i class=${k === 0 ? "loss-key" : `loss-key other-${k - 1}`}></i>${
                        k === 0
                          ? runName(each.run)
                          : html`<button class="link" title="Show this run" @click=${() => trainer.recall(each)}>${runName(each.run)}</button>`
                      }</th>
                      <td>${each.rows[each.rows.length - 1].step}</td><td>${format(bestOf(each.rows))}</td></tr>`,
                  )}
                </tbody>
              </table>`
        }
        ${
          // One input alone may hold its examples in columns.
          begins.data.length < 2
            ? null
            : html`<p class="dim">Examples: the rows of ${begins.data.map((id, i) => html`${i > 0 ? ", " : ""}<code>${id}</code>`)}, ${begins.examples} to learn from${begins.validation > 0 ? `, ${begins.validation} kept aside` : ""}.</p>`
        }`,
      told,
    );
    for (const bar of /** @type {NodeListOf<HTMLElement>} */ (told.querySelectorAll("[data-share]")))
      bar.style.setProperty("--share", bar.dataset.share ?? "0");
  });

  return () => {
    for (const each of stops) each();
    host.replaceChildren();
  };
}

/** @param {Store} store */
const lastOf = (store) => store.trained.peek()?.rows.at(-1)?.step ?? 0;

/** @param {number} x */
const stepsOf = (x) => Math.min(MOST_STEPS, Math.max(1, Math.round(x)));

/** The number after an arrow key: whole numbers by one, others by a tenth of their size. @param {number} x @param {1 | -1} by @param {boolean} far */
function nextOf(x, by, far) {
  if (Number.isInteger(x) && x !== 0) return x + by * (far ? 10 : 1);
  const unit = 10 ** Math.floor(Math.log10(Math.abs(x) || 0.1) + 1e-9) * (far ? 1 : 0.1);
  return Number((x + by * unit).toPrecision(6));
}
