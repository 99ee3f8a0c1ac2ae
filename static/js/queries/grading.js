/**
 * Grades of the reader's own backward pass, requested while it is written and its tab is open.
 * @typedef {import("../store.js").Store} Store
 */
import { computed, effect } from "@preact/signals-core";
import { reasonOf } from "../api.js";
import { createQuery } from "../query.js";
import { isCovered } from "../trace/covered.js";
import { hidesAnything } from "../predict.js";
import { textOf } from "../trace/subject.js";

/** Delay after typing, ms. */
const SETTLE = 250;

/** @param {Store} store */
export function createGrading(store) {
  let before = store.visibleTrace.peek();
  const shown = computed(() => (store.leftTab.value === "backward" ? store.visibleTrace.value : null));

  effect(() => {
    const trace = store.visibleTrace.value;
    // Grades from before covering would reveal the answers.
    if (trace !== before && trace !== null && hidesAnything(trace)) store.grading.value = null;
    before = trace;
  });
  createQuery("grade", {
    about: () => shown.value && { trace: shown.value, text: store.backward.value, program: store.traced.peek() ?? "" },
    // No delay before the first answer; after it there is always something to show.
    rest: () => (store.grading.peek() === null ? 0 : SETTLE),
    ask: ({ text }, post) => post({ ...textOf(store), backward: text }),
    take: (answer, { trace, text, program }) => {
      store.grading.value = {
        text,
        program,
        answer: withoutCovered(answer, store.visibleTrace.peek() ?? trace),
        refusal: "",
      };
    },
    refuse: (problem, { text, program }) =>
      (store.grading.value = { text, program, answer: null, refusal: reasonOf(problem) }),
    // Unchanged lines stay marked.
    holds: ({ trace, program }) =>
      store.traced.peek() === program && (store.visibleTrace.peek() === trace || !hidesAnything(trace)),
  });

  effect(() => {
    if (store.formula.value.text.trim() === "") store.formulaGrade.value = null;
  });
  createQuery("grade", {
    about: () => {
      const { of, text } = store.formula.value;
      return text.trim() === "" ? null : shown.value && { trace: shown.value, of, text };
    },
    rest: () => SETTLE,
    ask: ({ of, text }, post) => post({ ...textOf(store), formula: { of, text } }),
    take: ({ formula: answer }, { of, text }) => (store.formulaGrade.value = { of, text, answer, refusal: "" }),
    refuse: (problem, { of, text }) =>
      (store.formulaGrade.value = { of, text, answer: null, refusal: reasonOf(problem) }),
    holds: ({ of, text }, now) => now?.of === of && now.text === text,
  });
}

/**
 * Removes the lines for covered gradients: their grades would reveal the answers.
 * @param {import("../wire.d.ts").GradeAnswer} answer @param {import("../types.js").Trace} trace as it is shown
 * @returns {import("../wire.d.ts").GradeAnswer}
 */
export function withoutCovered(answer, { nodes, byId }) {
  const grad = (/** @type {string | null} */ id) => (id === null ? null : (nodes[byId.get(id) ?? -1]?.grad ?? null));
  const hidden = new Set(answer.lines.filter(({ target }) => isCovered(grad(target))).map(({ name }) => name));
  if (hidden.size === 0) return answer;
  // A line that follows from a hidden one would reveal that the hidden one is wrong.
  const kept = answer.lines.filter(
    ({ name, follows }) => !hidden.has(name) && !follows.some((other) => hidden.has(other)),
  );
  const right = answer.lines.filter(({ agrees, name }) => agrees === true && hidden.has(name));
  return { ...answer, lines: kept, done: answer.done - new Set(right.map(({ name }) => name)).size };
}

/**
 * The mark beside each line of a text: right, wrong, or wrong only because of an earlier mistake.
 * @typedef {"right" | "wrong" | "follows"} Mark
 * @param {import("../store/exercise.js").Grading | null} grading
 * @param {string} text  the current text; lines changed since it was graded are not marked
 * @returns {Map<number, Mark>} by line, from 1
 */
export function marksOf(grading, text) {
  /** @type {Map<number, Mark>} */
  const found = new Map();
  if (!grading?.answer) return found;
  const [now, then] = [text.split("\n"), grading.text.split("\n")];
  for (const one of grading.answer.lines) {
    if (now[one.line - 1] !== then[one.line - 1]) continue;
    const mark = markOf(one);
    // If a line assigns several names, or is in a loop, its worst mark counts.
    const before = found.get(one.line);
    if (mark !== null && (before === undefined || WORST.indexOf(mark) < WORST.indexOf(before)))
      found.set(one.line, mark);
  }
  return found;
}

/** The character of each mark, the worst first. @type {Record<Mark, string>} */
export const SIGNS = { wrong: "✗", follows: "↳", right: "✓" };
const WORST = Object.keys(SIGNS);

/** @param {import("../wire.d.ts").GradedLineAnswer} line @returns {Mark | null} */
export function markOf({ agrees, error, follows }) {
  if (agrees === true) return "right";
  if (follows.length > 0) return "follows";
  return error !== null || agrees === false ? "wrong" : null;
}
