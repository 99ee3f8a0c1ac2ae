/**
 * The program as code, requested while its panel is visible. It belongs to one trace; with other values it is marked as
 * outdated. `steps`: those of the training that it writes out, null where it is the code of the trace.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {NonNullable<import("../wire.d.ts").CodeRequest["target"]>} Target
 * @typedef
 *   {{trace: Trace, target: Target, steps: number | null, source: string, ties: import("../timeline/codelines.js").Ties, problem: import("../types.js").Problem | null}}
 *   Code
 */
import { post } from "../api.js";
import { createQuery } from "../query.js";
import { tie } from "../timeline/codelines.js";
import { subjectOf } from "../trace/subject.js";

/** @type {{id: Target, title: string}[]} */
export const TARGETS = [
  { id: "numpy", title: "NumPy" },
  { id: "torch", title: "PyTorch" },
  { id: "jax", title: "JAX" },
  { id: "micrograd", title: "micrograd" },
];

/**
 * How many steps of a training the code is wanted of; null for the code of the trace.
 * @param {Pick<Store, "trained" | "trainStep" | "codeScope">} store
 */
export const stepsWanted = ({ trained, trainStep, codeScope }) =>
  trainStep.value === null || codeScope.value === "step" ? null : (trained.value?.begins.steps ?? null);

/** Delay after a change of values, ms. */
const REST = 150;

/**
 * Keeps `store.code` in step with the trace.
 * @param {Store} store @param {() => boolean} wanted whether the panel is visible
 */
export function createCodes(store, wanted) {
  createQuery("code", {
    about: () => {
      const [trace, target, steps, looked, held] = [
        store.fullTrace.value,
        store.codeTarget.value,
        stepsWanted(store),
        wanted(),
        store.code.peek(),
      ];
      const known = held?.trace === trace && held?.target === target && held?.steps === steps;
      return !looked || !trace || known ? null : { trace, target, steps };
    },
    rest: ({ trace, target }) => {
      const held = store.code.peek();
      return held?.target === target && held.trace.key === trace.key ? REST : 0;
    },
    ask: ({ trace, target, steps }, send) =>
      send({ ...subjectOf(store, trace), target, ...(steps !== null && { scope: "training", steps }) }),
    take: ({ source, lines }, about) => {
      // The nodes of an update are others than those of the loss, though some are called alike.
      const strange = about.steps !== null && store.shownUpdate.peek() !== "";
      store.code.value = { ...about, source, ties: tie(strange ? [] : lines), problem: null };
    },
    refuse: (problem, about) => (store.code.value = { ...about, source: "", ties: tie([]), problem }),
  });
}

/** @param {Store} store @returns {Promise<string>} the program as the text of a notebook file */
export async function notebookText(store) {
  const trace = store.fullTrace.peek();
  if (trace === null) throw new Error("there is no program yet");
  const { notebook } = await post("code", {
    ...subjectOf(store, trace),
    target: store.codeTarget.peek(),
    format: "ipynb",
  });
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
