/**
 * What goes wrong in the training, as far as it has come: asked for when its steps pause.
 * @typedef {import("../store.js").Store} Store
 */
import { createQuery } from "../query.js";
import { textWith } from "../trace/subject.js";

/**
 * @param {Store} store
 * @param {() => boolean} wanted  whether it is shown; reads signals
 * @returns {() => void} stops asking
 */
export function createFindings(store, wanted) {
  return createQuery("diagnosis", {
    about: () => {
      const training = store.trained.value;
      if (!wanted() || training === null || training.run.own || store.isTraining.value) return null;
      const last = training.rows.at(-1)?.step;
      return last === undefined ? null : { of: store.trainee.value, run: training.run, last };
    },
    ask: ({ of, run, last }, post) => post(textWith(of.program, of.given, of.output, { run, step: last })),
    take: ({ findings }, { of, run }) => (store.diagnosed.value = { run, of, findings }),
    refuse: () => (store.diagnosed.value = null),
  });
}
