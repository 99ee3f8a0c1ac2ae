/**
 * Takes steps of training, one of them or many, and goes back to the program's own values.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { ICONS } from "../kit/icons.js";
import { reseeded } from "../../training/reseed.js";
import { secondsLeft } from "../../training/rows.js";
import { numberField } from "../kit/numberfield.js";

/** Most steps that are taken at once. */
const MOST_STEPS = 100_000;

/** @param {number} x */
const stepsOf = (x) => Math.min(MOST_STEPS, Math.max(1, Math.round(x)));

/** @param {HTMLElement} host @param {Store} store @param {Trainer} trainer @returns {() => void} stops drawing */
export function createButtons(host, store, trainer) {
  return effect(() => {
    const busy = store.isTraining.value;
    const training = store.trained.value;
    const problem = store.trainProblem.value;
    const steps = store.trainSteps.value;
    const turns = store.fullTrace.value?.turns ?? 0;
    const own = store.trainRun.value.own ?? false;
    const fresh = reseeded(store.program.value);
    const itself = html`<p class="dim">The program trains itself, ${turns} steps.
      <button class="link" ?disabled=${busy} @click=${() => void trainer.own()}>Show its steps</button></p>`;
    render(
      html`${own || turns === 0 ? null : itself}${
        own
          ? html`<b>Its own training</b>`
          : html`<button class="hot" @click=${() => (busy ? trainer.pause() : void trainer.take(steps))}
          title=${
            busy ? "Pause the training" : `Take ${steps} steps of training`
          }>${busy ? ICONS.pause : ICONS.play} ${busy ? "Pause" : "Train"}</button>
        ${numberField({
          x: steps,
          set: (x) => (store.trainSteps.value = x),
          limit: stepsOf,
          label: "Steps to take",
          show: (x) => String(x),
          next: (by, far) => steps + by * (far ? 1000 : 100),
        })}
        <span class="dim">steps</span>`
      }
        <button class="one" ?disabled=${busy} @click=${() => void trainer.next()}
          title="Take one step, or show the next one" aria-label="One step of training">${ICONS.forward}</button>
        ${
          training === null || training.begins.epoch < 2
            ? null
            : html`<button class="one" ?disabled=${busy} @click=${() =>
                void trainer.take(
                  training.begins.epoch,
                )} title=${`Take ${training.begins.epoch} steps: each example once`}>One epoch</button>`
        }
        <button class="one" ?disabled=${training === null} @click=${() => trainer.reset()}
          title="Back to the program’s own values" aria-label="Back to the program’s own values">${ICONS.reset}</button>
        ${
          fresh === null
            ? null
            : html`<button class="one" ?disabled=${busy} @click=${() => (store.program.value = fresh)}
              title="The next seed in the program: other initial numbers, from the start">New weights</button>`
        }
        ${busy && store.trainAim.value ? progress(store.trainAim.value, store.trainLast.value) : null}
        ${
          problem
            ? html`<p class="refusal" role="alert">${problem.errors[0]?.message ?? problem.detail}${
                problem.errors[0]?.hint ? html` <span class="dim">${problem.errors[0].hint}</span>` : null
              }</p>`
            : null
        }`,
      host,
    );
  });
}

/**
 * @param {{from: number, to: number, since: number}} aim @param {number} last how far it is, with the time that is left
 */
function progress(aim, last) {
  const left = secondsLeft(aim, last, performance.now());
  return html`<label class="progress"><progress max=${aim.to - aim.from}
    .value=${Math.max(0, last - aim.from)}></progress>
    <span class="dim">step ${last} of ${aim.to}${left === null ? "" : `, about ${left} s left`}</span></label>`;
}
