/**
 * What the program is trained with: the optimizer and its settings, from the shown step on, and what counts for the
 * whole run.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { batch, effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { isOwnRule, ruleAt, ruleName } from "../../training/rule.js";
import { format } from "../../words/format.js";
import { numberField } from "../kit/numberfield.js";

/** What may be set beside the optimizer's own settings, each for the whole run. */
const WHOLE = [
  {
    key: "batch",
    zero: "all",
    title: "Batch",
    what: "examples of a step; 0 takes all",
    limit: (/** @type {number} */ x) => Math.max(0, Math.round(x)),
  },
  {
    key: "validation",
    zero: "none",
    title: "Keep aside",
    what: "the share of the examples that is never learned from",
    limit: (/** @type {number} */ x) => Math.min(0.95, Math.max(0, x)),
  },
  {
    key: "decay",
    zero: "none",
    title: "Weight decay",
    what: "what of a weight is added to its gradient",
    limit: (/** @type {number} */ x) => Math.min(1e6, Math.max(0, x)),
  },
  {
    key: "clip",
    zero: "none",
    title: "Clip",
    what: "the largest norm of all gradients together; 0 for none",
    limit: (/** @type {number} */ x) => Math.max(0, x),
  },
  {
    key: "random_seed",
    zero: "0",
    title: "Random seed",
    what: "for shuffling",
    limit: (/** @type {number} */ x) => Math.min(99999, Math.max(0, Math.round(x))),
  },
];

/** How the rate changes, as the API calls it, and in words. */
const COURSES = /** @type {const} */ ([
  ["constant", "stays"],
  ["steps", "falls in steps"],
  ["exponential", "falls smoothly"],
  ["cosine", "falls along a cosine"],
  ["warmup", "warms up"],
]);

/** @param {number} x */
const whole = (x) => Math.min(1e6, Math.max(0, Math.round(x)));

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
    batch(() => {
      store.rule.value = "";
      trainer.change({ optimizer });
    });
  };

  /**
   * @param {string} title @param {string} label @param {number} x @param {(x: number) => void} set
   *   @param {(x: number) => number} limit
   * @param {string} [zero]  what 0 means
   */
  const field = (title, label, x, set, limit, zero) => {
    const show = (/** @type {number} */ to) => (to === 0 && zero ? zero : format(to));
    return html`<label class="row" title=${label}><span>${title}</span>
      ${numberField({ x, set, limit, label, show, next: (by, far) => nextOf(x, by, far) })}</label>`;
  };

  /** @param {import("../../store/training.js").Rate} rate */
  const schedule = (rate) => {
    const { course = "constant", over = 100, factor = 0.1 } = rate;
    return html`<label class="row" title="How the rate changes from step to step"><span>The rate</span><select aria-label="Course of the rate"
        @change=${(/** @type {Event} */ event) =>
          trainer.set({
            rate: {
              ...rate,
              course: /** @type {typeof course} */ (/** @type {HTMLSelectElement} */ (event.target).value),
            },
          })}>
        ${COURSES.map(
          ([name, said]) => html`<option value=${name} .selected=${name === course}>${said}</option>`,
        )}</select></label>
      ${
        course === "constant"
          ? null
          : field(
              course === "steps" ? "every … steps" : "in … steps",
              "Steps of the course of the rate",
              over,
              (x) => trainer.set({ rate: { ...rate, over: x } }),
              (x) => Math.max(1, whole(x)),
            )
      }
      ${
        course === "constant" || course === "warmup"
          ? null
          : field(
              course === "cosine" ? "down to its … part" : "by a factor of",
              "Factor of the rate",
              factor,
              (x) => trainer.set({ rate: { ...rate, factor: x } }),
              (x) => Math.min(1000, Math.max(0, x)),
            )
      }`;
  };

  /** @param {import("../../store/training.js").Stops} stops */
  const ends = (stops) => html`
    ${field(
      "Stop below",
      "A loss that is good enough; 0 for none",
      stops.below ?? 0,
      (x) => trainer.set({ stops: { ...stops, below: x === 0 ? null : x } }),
      (x) => x,
      "never",
    )}
    ${field(
      "Patience",
      "Steps without a lower loss before it stops; 0 for no end",
      stops.patience ?? 0,
      (x) => trainer.set({ stops: { ...stops, patience: x === 0 ? null : x } }),
      whole,
      "endless",
    )}`;

  return effect(() => {
    const run = store.trainRun.value;
    const { name, known, settings: own } = shownRule();
    // A program that trains itself has its own.
    host.hidden = run.own ?? false;
    const names = store.ops.value?.optimizers.map((each) => each.name) ?? [name];
    render(
      html`
        <label class="row"><span>Optimizer</span><select aria-label="Optimizer" @change=${(
          /** @type {Event} */ event,
        ) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
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
        <details .open=${further.value} @toggle=${(/** @type {Event} */ event) =>
          (further.value = /** @type {HTMLDetailsElement} */ (event.target).open)}>
          <summary>Batches, schedule, clipping, stopping</summary>
          ${"lr" in own ? schedule(run.rate ?? {}) : null}
          ${WHOLE.map(({ key, zero, title, what, limit }) =>
            field(
              title,
              what,
              Number(run[/** @type {"batch"} */ (key)] ?? 0),
              (x) => trainer.set({ [key]: (key === "batch" || key === "clip") && x === 0 ? null : x }),
              limit,
              zero,
            ),
          )}
          ${ends(run.stops ?? {})}
          <label class="row check" title="A mistake that many make once: see what it does"><input type="checkbox"
            .checked=${run.accumulate ?? false}
            @change=${(/** @type {Event} */ event) =>
              trainer.set({
                accumulate: /** @type {HTMLInputElement} */ (event.target).checked,
              })} /><span>Forget to set gradients to zero</span></label>
        </details>`,
      host,
    );
  });
}

/**
 * The number after an arrow key: whole numbers by one, others by a tenth of their size.
 * @param {number} x
 * @param {1 | -1} by
 * @param {boolean} far
 */
function nextOf(x, by, far) {
  if (Number.isInteger(x) && x !== 0) return x + by * (far ? 10 : 1);
  const unit = 10 ** Math.floor(Math.log10(Math.abs(x) || 0.1) + 1e-9) * (far ? 1 : 0.1);
  return Number((x + by * unit).toPrecision(6));
}
