/**
 * What the program predicts over a grid, at the shown step of a training: asked for while it is shown.
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { createQuery, inTurn } from "../query.js";
import { readSurface } from "../plots/surface.js";
import { textWith } from "../trace/subject.js";

/** Points along each axis. */
const RESOLUTION = 36;

/**
 * @param {Store} store
 * @param {() => boolean} wanted  whether it is shown; reads signals
 * @returns {() => void} stops asking
 */
export function createSurfaces(store, wanted) {
  return createQuery("surface", {
    about: () => {
      const trace = store.fullTrace.value;
      if (!wanted() || trace === null || !store.current.value) return null;
      const chosen = store.trainRun.value;
      // Which examples it keeps aside is told before its first step.
      const step = store.trainStep.value ?? ((chosen.validation ?? 0) > 0 ? 0 : null);
      // Of an update, it is still about the loss.
      const run = step === null ? null : chosen;
      return { ...store.trainee.value, run, step, of: store.surfaceOf.value };
    },
    ask: ({ program, given, output, run, step, of }, post) =>
      post({
        ...textWith(program, given, output, run === null || step === null ? null : { run, step }),
        ...(of !== "" && { of }),
        resolution: RESOLUTION,
      }),
    take: (answer) => (store.surface.value = readSurface(answer)),
    refuse: () =>
      batch(() => {
        store.surface.value = null;
        store.surfaceOf.value = "";
      }),
    waits: inTurn,
  });
}
