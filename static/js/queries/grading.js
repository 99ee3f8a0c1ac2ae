/**
 * The reader's own backward pass, graded while it is written, as long as its tab stands open.
 * @typedef {import("../store.js").Store} Store
 */
import { computed, effect } from "@preact/signals-core";
import { reasonOf } from "../api.js";
import { createQuery } from "../query.js";
import { isCovered } from "../trace/covered.js";
import { hidesAnything } from "../predict.js";
import { textOf } from "../trace/subject.js";

/** Typing is let settle this long, ms. */
const SETTLE = 250;

/** @param {Store} store */
export function createGrading(store) {
  let before = store.visibleTrace.peek();
  const shown = computed(() => (store.leftTab.value === "backward" ? store.visibleTrace.value : null));

  effect(() => {
    const trace = store.visibleTrace.value;
    // What was graded before it was covered still tells.
    if (trace !== before && trace !== null && hidesAnything(trace)) store.grading.value = null;
    before = trace;
  });
  createQuery("grade", {
    about: () => shown.value && { trace: shown.value, text: store.backward.value, program: store.traced.peek() ?? "" },
    // The first answer is waited for; after it there is always something to look at.
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
    // Lines that did not change since are marked all the same.
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
 * Without the lines for gradients that are to be predicted: to see one graded would be an answer.
 * @param {import("../wire.d.ts").GradeAnswer} answer @param {import("../types.js").Trace} trace as it is shown
 * @returns {import("../wire.d.ts").GradeAnswer}
 */
export function withoutCovered(answer, { nodes, byId }) {
  const grad = (/** @type {string | null} */ id) => (id === null ? null : (nodes[byId.get(id) ?? -1]?.grad ?? null));
  const hidden = new Set(answer.lines.filter(({ target }) => isCovered(grad(target))).map(({ name }) => name));
  if (hidden.size === 0) return answer;
  // That a line follows from one of these says that it is wrong.
  const kept = answer.lines.filter(
    ({ name, follows }) => !hidden.has(name) && !follows.some((other) => hidden.has(other)),
  );
  const right = answer.lines.filter(({ agrees, name }) => agrees === true && hidden.has(name));
  return { ...answer, lines: kept, done: answer.done - new Set(right.map(({ name }) => name)).size };
}

/**
 * What stands beside each line of a text: right, wrong, wrong by an earlier mistake, or nothing to say yet.
 * @typedef {"right" | "wrong" | "follows"} Mark
 * @param {import("../store/exercise.js").Grading | null} grading
 * @param {string} text  as it stands now: lines that have changed since are not marked
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
    // Of a line that assigns several names, or stands in a loop, the worst counts.
    const before = found.get(one.line);
    if (mark !== null && (before === undefined || WORST.indexOf(mark) < WORST.indexOf(before)))
      found.set(one.line, mark);
  }
  return found;
}

/** @type {Mark[]} */
const WORST = ["wrong", "follows", "right"];

/** @param {import("../wire.d.ts").GradedLineAnswer} line @returns {Mark | null} */
export function markOf({ agrees, error, follows }) {
  if (agrees === true) return "right";
  if (follows.length > 0) return "follows";
  return error !== null || agrees === false ? "wrong" : null;
}
