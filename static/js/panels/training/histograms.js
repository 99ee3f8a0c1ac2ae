/**
 * How parameters and gradients are distributed over the steps: a strip for each parameter, stronger where more of its
 * numbers are. A click goes to the step.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { div } from "../../dom.js";
import { paintStrip, toldAt } from "../../plots/histograms.js";
import { clamp } from "../../plots/scale.js";
import { createHistogramsQuery } from "../../queries/histograms.js";
import { format } from "../../words/format.js";
import { colour } from "../kit/colour.js";

/** Pixels of a strip, from the first step to the last; the style sheet stretches them. */
const ACROSS = 260;

/** What is said while the pointer is elsewhere. */
const HINT = "From left to right the steps; stronger where more of the numbers are. A click goes to the step.";

/** @param {HTMLElement} host @param {Store} store @param {Trainer} trainer @returns {() => void} stops drawing */
export function createHistogramsPicture(host, store, trainer) {
  const [head, strips, told] = ["histograms-head", "histograms-strips", "histograms-told"].map(div);
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Weights and gradients over the steps";
  told.textContent = HINT;
  details.append(summary, head, strips, told);
  host.append(details);
  details.addEventListener("toggle", () => (store.histogramsOpen.value = details.open));

  /** @param {PointerEvent | MouseEvent} event @returns {{step: number, says: string} | null} */
  function place(event) {
    const canvas = /** @type {Element} */ (event.target).closest("canvas");
    const found = store.histograms.peek();
    const of = found?.distributions.find(({ parameter }) => parameter === canvas?.dataset.of);
    if (!canvas || !found || !of) return null;
    const box = canvas.getBoundingClientRect();
    const [across, up] = [(event.clientX - box.left) / box.width, (box.bottom - event.clientY) / box.height];
    return toldAt(found, of, store.histogramsOf.peek(), clamp(across, 0, 1), up);
  }
  strips.addEventListener("pointermove", (event) => (told.textContent = place(event)?.says ?? HINT));
  strips.addEventListener("pointerleave", () => (told.textContent = HINT));
  strips.addEventListener("click", (event) => {
    const found = place(event);
    if (!found) return;
    told.textContent = found.says;
    trainer.pause();
    trainer.go(found.step);
  });

  const stops = [
    createHistogramsQuery(store, () => store.leftTab.value === "train" && store.histogramsOpen.value),
    effect(() => {
      const training = store.trained.value;
      host.hidden = training === null || training.begins.own;
      const found = store.histograms.value;
      const kind = store.histogramsOf.value;
      if (host.hidden || !store.histogramsOpen.value) return;
      render(
        html`<select aria-label="Of what" @change=${(/** @type {Event} */ event) =>
          (store.histogramsOf.value = /** @type {"values"} */ (/** @type {HTMLSelectElement} */ (event.target).value))}>
          <option value="values" .selected=${kind === "values"}>the numbers</option>
          <option value="gradients" .selected=${kind === "gradients"}>their gradients</option></select>`,
        head,
      );
      render(
        (found?.distributions ?? []).map((each) => {
          const { low, high } = each[kind];
          const says = `${kind === "values" ? "The numbers" : "The gradients"} of ${each.parameter} over the steps, from ${format(low, 3)} to ${format(high, 3)}`;
          return html`<div class="strip"><span class="name">${each.parameter}</span>
            <span class="ends"><span>${format(high, 2)}</span><span>${format(low, 2)}</span></span>
            <span class="shades"><canvas data-of=${each.parameter} role="img"
              aria-label=${says}></canvas><i class="now"></i></span></div>`;
        }),
        strips,
      );
      if (found === null) return;
      void store.theme.value;
      const tone = colour(host, kind === "values" ? "--fwd" : "--bwd");
      for (const canvas of strips.querySelectorAll("canvas")) {
        const of = found.distributions.find(({ parameter }) => parameter === canvas.dataset.of);
        if (of) paintStrip(canvas, found.steps, of[kind], ACROSS, tone);
      }
    }),
    effect(() => {
      const [step, last] = [store.trainStep.value, store.histograms.value?.steps.at(-1) ?? 0];
      strips.style.setProperty("--now", String(last > 0 ? clamp((step ?? 0) / last, 0, 1) : 0));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
