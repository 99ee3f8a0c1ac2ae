/**
 * What is asked about the steps of a training, as far as it has come: when they pause.
 * @typedef {import("../store.js").Store} Store
 */
import { textWith } from "../trace/subject.js";

/**
 * The `about` and `ask` of such a query.
 * @param {Store} store @param {() => boolean} wanted  whether the answer is shown; reads signals
 */
export const pausedSteps = (store, wanted) => ({
  about: () => {
    const training = store.trained.value;
    if (!wanted() || training === null || training.run.own || store.isTraining.value) return null;
    const last = training.rows.at(-1)?.step;
    return last === undefined ? null : { of: store.trainee.value, run: training.run, last };
  },
  /**
   * @param {{of: Store["trainee"]["value"], run: import("../store/training.js").Run, last: number}} about
   * @param {import("../query.js").Post} post
   */
  ask: ({ of, run, last }, post) => post(textWith(of.program, of.given, of.output, { run, step: last })),
});
