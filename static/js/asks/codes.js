/**
 * The program as code, asked for while somebody looks at it. It belongs to one trace: beside other values it says that it
 * is being renewed.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {NonNullable<import("../wire.d.ts").CodeRequest["target"]>} Target
 * @typedef {{trace: Trace, target: Target, source: string, ties: import("../timeline/codelines.js").Ties, problem: import("../types.js").Problem | null}} Code
 */
import { effect } from "@preact/signals-core";
import { createLine, isAbort, post, ProblemError } from "../api.js";
import { createRest } from "../busy.js";
import { tie } from "../timeline/codelines.js";
import { subjectOf } from "../trace/subject.js";

/** @type {{id: Target, title: string}[]} */
export const TARGETS = [
  { id: "numpy", title: "NumPy" },
  { id: "torch", title: "PyTorch" },
  { id: "jax", title: "JAX" },
  { id: "micrograd", title: "micrograd" },
];

/** A value that is being dragged is let come to rest, ms. */
const REST = 150;

/**
 * Keeps `store.code` in step with the trace.
 * @param {Store} store @param {() => boolean} wanted does anybody look at it
 */
export function createCodes(store, wanted) {
  const line = createLine();
  const rest = createRest("code");

  effect(() => {
    const [trace, target, looked] = [store.actual.value, store.codeTarget.value, wanted()];
    rest.stop();
    const held = store.code.peek();
    if (!looked || !trace || (held?.trace === trace && held.target === target)) return;
    rest.start(held?.target === target && held.trace.key === trace.key ? REST : 0, () => void ask(trace, target));
  });

  /** @param {Trace} trace @param {Target} target */
  async function ask(trace, target) {
    const code = { trace, target, source: "", ties: tie([]), problem: null };
    try {
      const { source, lines } = await line("code", { ...subjectOf(store, trace), target });
      tell({ ...code, source, ties: tie(lines) });
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof ProblemError)) throw error;
      tell({ ...code, problem: error.problem });
    }
  }

  /** @param {Code} code */
  function tell(code) {
    if (store.actual.peek() === code.trace && store.codeTarget.peek() === code.target) store.code.value = code;
  }
}

/** @param {Store} store @returns {Promise<string>} the notebook of what stands in the panel, as the text of its file */
export async function notebookText(store) {
  const trace = store.actual.peek();
  if (trace === null) throw new Error("there is no program yet");
  const { notebook } = await post("code", { ...subjectOf(store, trace), target: store.codeTarget.peek(), format: "ipynb" });
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
