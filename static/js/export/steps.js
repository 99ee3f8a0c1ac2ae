/**
 * The frames of a film over the steps of a training: some of its steps, evenly spread, each with the numbers of its own
 * trace. Steps are asked for one by one, while the film is drawn.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./span.js").Shot} Shot
 */
import { post } from "../api.js";
import { subjectOf } from "../trace/subject.js";
import { withNumbers } from "../trace/trace.js";
import { sizeOf } from "../training/rows.js";
import { HOLD } from "./span.js";

/** Most steps of a film: each is a request. */
const MOST = 60;

/**
 * @param {Store} store
 * @returns {number[]} the steps that a film shows, the first and the last among them: those whose batches are as large
 *   as that of the shown one. None where no training is shown, or each step has a graph of its own.
 */
export function filmedSteps({ trained, trainStep, trainRun, shownUpdate, trainLast }) {
  const [training, shown, last] = [trained.value, trainStep.value, trainLast.value];
  if (training === null || shown === null || trainRun.value.own || shownUpdate.value !== "") return [];
  const alike = Array.from({ length: last + 1 }, (_, step) => step).filter(
    (step) => sizeOf(training, step) === sizeOf(training, shown),
  );
  const count = Math.min(MOST, alike.length);
  return Array.from({ length: count }, (_, i) => alike[Math.round((i * (alike.length - 1)) / Math.max(1, count - 1))]);
}

/**
 * @param {number[]} steps @param {number} time of the end of the passes @param {number} speed steps a second, as a part
 *   of ten
 * @returns {Shot[]} the last one is shown for longer
 */
export const shotsOfSteps = (steps, time, speed) =>
  steps.map((step, i) => ({ time, step, duration: i === steps.length - 1 ? HOLD : 100 / speed }));

/**
 * @param {Store} store @param {Trace} trace the shown one, whose structure all steps have
 * @param {AbortSignal} signal
 * @returns {(step: number) => Promise<Trace>} rejects where a step has another structure
 */
export function traceAt(store, trace, signal) {
  /** @type {Map<number, Promise<Trace>>} */
  const known = new Map();
  const subject = subjectOf(store, trace);
  return (step) => {
    const found =
      known.get(step) ??
      post("trace", { ...subject, step, include: ["numbers"] }, signal).then((answer) => {
        if ((answer.course ?? "") !== trace.course)
          throw new Error(`step ${step} takes another course than the shown one`);
        return withNumbers(trace, answer);
      });
    known.set(step, found);
    return found;
  };
}
