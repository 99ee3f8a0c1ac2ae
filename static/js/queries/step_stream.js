/**
 * Steps of a training as the server takes them: asked for from the last known one on, and shown as they arrive, once a
 * frame.
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { outcome, stream } from "../api.js";
import { everyOf, readRow, withRows } from "../training/rows.js";
import { textWith } from "../trace/subject.js";

/** @param {Store} store */
export function createStepStream(store) {
  let work = /** @type {AbortController | null} */ (null);

  function pause() {
    work?.abort();
    work = null;
    store.isTraining.value = false;
    store.isStepping.value = false;
  }

  /** The step up to which rows are known; of the program's own training, the last one. */
  const reached = () => store.trainLast.peek();

  /** @param {number} steps @returns {Promise<boolean>} whether all were taken, as far as there are more */
  async function taking(steps) {
    pause();
    const own = (work = new AbortController());
    const [of, run, start] = [store.trainee.peek(), store.trainRun.peek(), reached()];
    const body = {
      ...textWith(of.program, of.given, of.output),
      run,
      ...(!run.own && { start, steps: start + steps }),
      every: everyOf(steps),
    };
    /** @type {import("../training/rows.js").Row[]} */
    let waiting = [];
    let frame = 0;
    const tell = () => {
      frame = 0;
      const known = store.known.peek();
      if (work !== own || known === null || waiting.length === 0) return;
      const rows = withRows(known.rows, waiting);
      waiting = [];
      batch(() => {
        store.known.value = { ...known, rows };
        store.chosenStep.value = rows[rows.length - 1].step;
      });
    };
    store.trainAim.value = run.own ? null : { from: start, to: start + steps, since: performance.now() };
    store.isTraining.value = true;
    store.trainProblem.value = null;
    const found = await outcome(
      stream("train", body, own.signal, (line) => {
        if (line.begins) {
          const rows = store.trained.peek()?.rows ?? [];
          batch(() => {
            store.known.value = { of, run, begins: line.begins, rows, ended: null };
            if (run.own) store.chosenStep.value = line.begins.steps;
          });
        } else if (line.step) {
          waiting.push(readRow(line.step));
          frame ||= requestAnimationFrame(tell);
        } else if (line.ends && line.ends.ended !== "steps") {
          tell();
          const known = store.known.peek();
          if (known && work === own) store.known.value = { ...known, ended: line.ends.ended };
        }
      }),
    );
    cancelAnimationFrame(frame);
    if (work !== own) return false;
    tell();
    work = null;
    batch(() => {
      store.isTraining.value = false;
      if (found?.problem) store.trainProblem.value = found.problem;
    });
    return !found?.problem;
  }

  return { pause, reached, taking };
}
