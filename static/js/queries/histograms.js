/**
 * How parameters and gradients are distributed over the steps of the training: asked for when its steps pause.
 * @typedef {import("../store.js").Store} Store
 */
import { readHistograms } from "../plots/histograms.js";
import { createQuery } from "../query.js";
import { pausedSteps } from "./paused_steps.js";

/**
 * @param {Store} store @param {() => boolean} wanted  whether they are shown; reads signals
 * @returns {() => void} stops asking
 */
export function createHistogramsQuery(store, wanted) {
  return createQuery("histograms", {
    ...pausedSteps(store, wanted),
    take: (answer) => (store.histograms.value = readHistograms(answer)),
    refuse: () => (store.histograms.value = null),
  });
}
