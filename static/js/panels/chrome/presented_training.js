/**
 * While presented, what a class sees of a training: the step with its loss, the curve, and what is predicted, in a
 * corner where little is drawn.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { div } from "../../dom.js";
import { placed, standing } from "../../layout/free_corner.js";
import { itemsIn } from "../../layout/in_window.js";
import { lossPlot } from "../../plots/losses.js";
import { format } from "../../words/format.js";
import { createSurfacePicture } from "../training/surface.js";
import { createWrites } from "../training/writes.js";
import { cornersOf } from "./stage_corners.js";

/** The size of the curve, px. */
const SIZE = { width: 300, height: 140 };

/**
 * What the card holds, the most first: where there is no room for all, what is predicted or written says more than the
 * curve.
 */
const FORMS = /** @type {const} */ (["all", "predicted", "curve", "line"]);

/**
 * @param {HTMLElement} card
 * @param {typeof FORMS[number]} form
 * @returns {import("../../layout/free_corner.js").Size} its size then
 */
function shown(card, form) {
  card.dataset.form = form;
  return { width: card.offsetWidth, height: card.offsetHeight };
}

/**
 * @param {HTMLElement} stage @param {Store} store
 * @returns {import("@preact/signals-core").ReadonlySignal<string>} where it stands, for what stands beside it; "" while
 *   it is hidden
 */
export function createPresentedTraining(stage, store) {
  const [card, line, curve, surface, writes] = [
    "now-training",
    "train-line",
    "train-curve",
    "train-surface",
    "train-writes",
  ].map(div);
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", "The training");
  card.hidden = true;
  card.append(line, curve, surface, writes);
  stage.append(card);
  createSurfacePicture(surface, store);
  createWrites(writes, store, { scrolls: false });
  const place = signal("");

  effect(() => {
    const [training, step, row] = [store.trained.value, store.trainStep.value, store.trainRow.value];
    const layout = store.layout.value;
    card.hidden = !store.present.value || training === null || step === null || row === null || layout === null;
    if (card.hidden || training === null || step === null || row === null || layout === null) {
      render(nothing, curve);
      place.value = "";
      return;
    }
    const last = training.rows[training.rows.length - 1].step;
    // What happens at this step; that it is the last one, the line says already.
    const here = store.trainEvents.value.filter(
      (event) => event.step === step && (step < last || training.ended !== null),
    );
    const changes = (training.run.changes ?? []).map((change) => change.step);
    render(
      html`<span>step <b>${step}</b> of ${last}</span> <span>loss <b class="say-value">${format(row.loss)}</b></span>
        ${
          store.shownExample.value === null
            ? nothing
            : html`<span class="dim">only example ${store.shownExample.value}</span>`
        }
        ${store.isStepping.value ? nothing : here.map(({ says }) => html`<span class="dim">${says}</span>`)}`,
      line,
    );
    render(lossPlot({ rows: training.rows, step, row, last, log: false, changes, size: SIZE }), curve);
    void store.surface.value;
    void store.visibleTrace.value;
    const seen = { zoom: store.zoom.value, origin: store.origin.value };
    const items = itemsIn(layout, seen, 0);
    const { form, corner } = placed(
      cornersOf(stage, store.window.value, layout, seen, [".now-value"]),
      FORMS.map((each) => shown(card, each)),
      items,
      items,
    );
    const { x, y } = standing(corner, shown(card, FORMS[form]));
    card.style.translate = `${x}px ${y}px`;
    place.value = `${x} ${y} ${FORMS[form]}`;
  });
  return place;
}
