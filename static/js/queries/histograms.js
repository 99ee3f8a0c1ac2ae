/**
 * How parameters and gradients are distributed over the steps of the training: asked for when its steps pause.
 * @typedef {import("../store.js").Store} Store
 */
import { readHistograms } from "../plots/histograms.js";
import { createQuery } from "../query.js";
import { textWith } from "../trace/subject.js";

/** @param {Store} store @param {() => boolean} wanted  whether they are shown; reads signals @returns {() => void} stops asking */
export function createHistogramsQuery(store, wanted) {
  return createQuery("histograms", {
    about: () => {
      const training = store.trained.value;
      if (!wanted() || training === null || training.run.own || store.isTraining.value) return null;
      const last = training.rows.at(-1)?.step;
      return last === undefined ? null : { of: store.trainee.value, run: training.run, last };
    },
    ask: ({ of, run, last }, post) => post(textWith(of.program, of.given, of.output, { run, step: last })),
    take: (answer) => (store.histograms.value = readHistograms(answer)),
    refuse: () => (store.histograms.value = null),
  });
}
