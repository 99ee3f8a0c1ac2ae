/**
 * The grade of the program's own engine, for one trace. of: its gradients by node; refusal: why there is no answer.
 * @typedef {{trace: import("../types.js").Trace, answer: import("../wire.d.ts").EngineAnswer | null,
 *   of: Map<number, import("../wire.d.ts").EngineGradient>, refusal: string}} EngineGrade
 */
/**
 * Exercises: gradients to predict, which stay covered until then, and the reader's own backward pass and formula.
 * @typedef {{of: string, text: string, answer: import("../wire.d.ts").GradedFormula | null, refusal: string}}
 *   FormulaGrade
 * @typedef {{text: string, program: string, answer: import("../wire.d.ts").GradeAnswer | null, refusal: string}}
 *   Grading  refusal: why there is no answer
 */
import { computed, signal } from "@preact/signals-core";
import { cover, coveredIn, OFF } from "../predict.js";

/** @param {Pick<ReturnType<typeof import("./subject.js").createSubject>, "fullTrace">} subject */
export function createExercise({ fullTrace }) {
  const engine = signal(/** @type {EngineGrade | null} */ (null));
  /** Which gradients are to be predicted, and the answers so far. */
  const predict = signal(OFF);
  /** The nodes whose gradients are covered. */
  const covered = computed(() => coveredIn(fullTrace.value, predict.value));
  const visibleTrace = computed(() => fullTrace.value && cover(fullTrace.value, covered.value));

  return {
    /** The grade of the program's own engine, possibly of a trace that is no longer shown. */
    engine,
    /** The same for the current values; null until it is known. */
    engineGrade: computed(() => (engine.value?.trace === visibleTrace.value ? engine.value : null)),
    predict,
    covered,
    /** The trace that views read: `fullTrace` without what is covered. It stands here, and not beside `fullTrace`,
     * since exercises alone decide what is covered. */
    visibleTrace,
    /** Counts requests to answer the question about the selected node. */
    answering: signal(0),
    /** The likely slip behind a wrong answer, and which answer; no parts if none is known. */
    slip: signal({
      of: /** @type {import("../predict.js").Revealed | null} */ (null),
      parts: /** @type {import("../wire.d.ts").SentencePart[]} */ ([]),
    }),
    /** The reader's backward pass, and the server's grades for it. */
    backward: signal(""),
    grading: signal(/** @type {Grading | null} */ (null)),
    /** The reader's derivative as a formula, and the input it is for. */
    formula: signal({ of: "", text: "" }),
    formulaGrade: signal(/** @type {FormulaGrade | null} */ (null)),
  };
}
