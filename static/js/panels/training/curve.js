/**
 * The curve of the loss, which is the scrubber of the steps: by pointer, touch or keys.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { effect } from "@preact/signals-core";
import { render } from "lit-html";
import { dragging } from "../../plots/drag.js";
import { lossPlot, MARGIN } from "../../plots/losses.js";
import { sized } from "../../plots/sized.js";
import { bestAside } from "../../training/rows.js";
import { format } from "../../words/format.js";

/** @param {Store} store the last step that is known */
const lastOf = (store) => store.trained.peek()?.rows.at(-1)?.step ?? 0;

/**
 * @param {HTMLElement} host @param {Store} store @param {Trainer} trainer
 * @param {import("@preact/signals-core").ReadonlySignal<boolean>} log  whether the scale is logarithmic
 * @returns {() => void} stops drawing
 */
export function createLossCurve(host, store, trainer, log) {
  const { size, stop } = sized(host);
  host.setAttribute("role", "slider");
  host.setAttribute("aria-label", "Step of the training");
  host.setAttribute("aria-valuemin", "0");
  host.tabIndex = 0;
  host.addEventListener("keydown", (event) => {
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
  host.addEventListener("pointerdown", (event) => store.trained.peek() && drag().down(event));
  host.addEventListener("pointermove", (event) => drag().move(event));
  host.addEventListener("pointerup", (event) => host.hasPointerCapture(event.pointerId) && drag().up(event));

  const still = effect(() => {
    const [training, step, row] = [store.trained.value, store.trainStep.value, store.trainRow.value];
    host.hidden = training === null || training.rows.length < (training.begins.own ? 2 : 1);
    if (training === null || step === null || row === null || size.value.width === 0) return;
    const listed = store.comparedRuns.value;
    // Lines of a list keep their looks; else the shown run has the first.
    const others = store.otherRuns.value.map(({ rows, run }, k) => ({
      rows,
      look: listed.length > 0 ? listed.indexOf(run) : k + 1,
    }));
    const look = Math.max(0, listed.indexOf(training.run));
    const last = Math.max(...[training, ...others].map(({ rows }) => rows[rows.length - 1].step));
    const best = bestAside(training.rows);
    host.setAttribute("aria-valuemax", String(lastOf(store)));
    host.setAttribute("aria-valuenow", String(step));
    host.setAttribute("aria-valuetext", `step ${step}, loss ${format(row.loss)}`);
    const changes = (training.run.changes ?? []).map((change) => change.step);
    render(
      lossPlot({ rows: training.rows, step, row, last, log: log.value, changes, look, others, best, size: size.value }),
      host,
    );
  });

  return () => {
    still();
    stop();
  };
}
