/**
 * What the reader finds out before it is told: gradients to predict, which are covered until then, a backward pass and a
 * formula to write.
 * @typedef {{of: string, text: string, answer: import("../wire.d.ts").GradedFormula | null, refusal: string}} FormulaGrade
 * @typedef {{text: string, program: string, answer: import("../wire.d.ts").GradeAnswer | null, refusal: string}} Grading  refusal: why there is no answer
 */
import { computed, signal } from "@preact/signals-core";
import { cover, coveredIn, OFF } from "../predict.js";

/** @param {Pick<ReturnType<typeof import("./subject.js").createSubject>, "fullTrace">} subject */
export function createExercise({ fullTrace }) {
  /** Which gradients the reader wants to find out first. */
  const predict = signal(OFF);
  /** The nodes whose gradients are covered. */
  const covered = computed(() => coveredIn(fullTrace.value, predict.value));

  return {
    predict,
    covered,
    /** The trace without what is covered: the one that views read. */
    visibleTrace: computed(() => fullTrace.value && cover(fullTrace.value, covered.value)),
    /** Counts how often the reader asked for the question of the chosen node. */
    answering: signal(0),
    /** What leads to a wrong answer, and to which one; no parts where none is known. */
    slip: signal({
      of: /** @type {import("../predict.js").Revealed | null} */ (null),
      parts: /** @type {import("../wire.d.ts").SentencePart[]} */ ([]),
    }),
    /** The backward pass that the reader writes, and what the server says of it. */
    backward: signal(""),
    grading: signal(/** @type {Grading | null} */ (null)),
    /** The derivative that the reader writes as a formula: of which input, and the text. */
    formula: signal({ of: "", text: "" }),
    formulaGrade: signal(/** @type {FormulaGrade | null} */ (null)),
  };
}
