/**
 * What the program is trained with: the optimizer and its settings, from the shown step on, and what counts for the whole run.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { isOwnRule, ruleAt, ruleName } from "../../training/rule.js";
import { numberField } from "../kit/numberfield.js";

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

/** @param {HTMLElement} host @param {Store} store @param {Trainer} trainer @returns {() => void} stops drawing */
export function createSettings(host, store, trainer) {
  const further = signal(false);

  /** The optimizer at the shown step, and all its settings there. */
  function shownRule() {
    const { name, settings } = ruleAt(store.trainRun.value, store.trainStep.value ?? 0);
    const known = store.ops.value?.optimizers.find((each) => each.name === name) ?? null;
    // Those of a text are known from its training alone.
    const begins = store.trained.value?.begins;
    const defaults =
      known?.settings ?? (isOwnRule(name) && begins?.optimizer === ruleName(name) ? begins.settings : {});
    return { name, known, settings: /** @type {Record<string, number>} */ ({ ...defaults, ...settings }) };
  }

  /** Another one is read in place of what was written. @param {string} optimizer */
  const choose = (optimizer) => {
    store.rule.value = "";
    trainer.change({ optimizer });
  };

  /** @param {string} title @param {string} label @param {number} x @param {(x: number) => void} set @param {(x: number) => number} limit */
  const field = (title, label, x, set, limit) => html`<label class="row" title=${label}><span>${title}</span>
    ${numberField({ x, set, limit, label, next: (by, far) => nextOf(x, by, far) })}</label>`;

  return effect(() => {
    const run = store.trainRun.value;
    const { name, known, settings: own } = shownRule();
    // A program that trains itself has its own.
    host.hidden = run.own ?? false;
    const names = store.ops.value?.optimizers.map((each) => each.name) ?? [name];
    render(
      html`
        <label class="row"><span>Optimizer</span><select aria-label="Optimizer" @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
          ${names.map((each) => html`<option value=${each} .selected=${each === name}>${each}</option>`)}
          ${isOwnRule(name) ? html`<option value=${name} selected>${ruleName(name)}, your own</option>` : null}
        </select></label>
        ${known ? html`<p class="dim summary">${known.summary}</p>` : null}
        <div class="pairs">${Object.entries(own).map(([key, value]) =>
          field(
            key === "lr" ? "Rate (lr)" : key,
            `${key} of ${ruleName(name)}`,
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
      host,
    );
  });
}

/** The number after an arrow key: whole numbers by one, others by a tenth of their size. @param {number} x @param {1 | -1} by @param {boolean} far */
function nextOf(x, by, far) {
  if (Number.isInteger(x) && x !== 0) return x + by * (far ? 10 : 1);
  const unit = 10 ** Math.floor(Math.log10(Math.abs(x) || 0.1) + 1e-9) * (far ? 1 : 0.1);
  return Number((x + by * unit).toPrecision(6));
}
