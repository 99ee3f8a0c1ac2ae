/**
 * What goes wrong in the training, as far as it has come: asked for when its steps pause.
 * @typedef {import("../store.js").Store} Store
 */
import { createQuery } from "../query.js";
import { pausedSteps } from "./paused_steps.js";

/**
 * @param {Store} store
 * @param {() => boolean} wanted  whether it is shown; reads signals
 * @returns {() => void} stops asking
 */
export function createFindings(store, wanted) {
  return createQuery("diagnosis", {
    ...pausedSteps(store, wanted),
    take: ({ findings }, { of, run }) => (store.diagnosed.value = { run, of, findings }),
    refuse: () => (store.diagnosed.value = null),
  });
}
