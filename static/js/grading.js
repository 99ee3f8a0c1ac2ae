/**
 * The reader's own backward pass, graded while it is written, as long as its tab stands open.
 * @typedef {import("./store.js").Store} Store
 */
import { computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "./api.js";
import { valuesFor } from "./values.js";

/** Typing is let settle this long, ms. */
const SETTLE = 250;

/** @param {Store} store */
export function createGrading(store) {
  const line = createLine();
  let timer = 0;
  const shown = computed(() => store.leftTab.value === "backward");

  effect(() => {
    const [trace, text] = [store.trace.value, store.backward.value];
    clearTimeout(timer);
    if (!shown.value || trace === null) return;
    // The first answer is waited for; after it there is always something to look at.
    timer = window.setTimeout(() => void ask(text, trace), store.grading.peek() === null ? 0 : SETTLE);
  });

  const formulas = createLine();
  let waiting = 0;
  effect(() => {
    const [trace, { of, text }] = [store.trace.value, store.formula.value];
    clearTimeout(waiting);
    if (!shown.value || trace === null) return;
    if (text.trim() === "") store.formulaGrade.value = null;
    else waiting = window.setTimeout(() => void check(of, text, trace), SETTLE);
  });

  /** @param {string} of @param {string} text @param {import("./types.js").Trace} trace */
  async function check(of, text, trace) {
    const program = store.traced.peek();
    if (program === null) return;
    const subject = { program, values: valuesFor(program, store.given.peek()), ignore_unknown: true, output: trace.output };
    /** @param {import("./wire.d.ts").GradedFormula | null} answer @param {string} refusal */
    const keep = (answer, refusal) => {
      const now = store.formula.peek();
      if (now.of === of && now.text === text) store.formulaGrade.value = { of, text, answer, refusal };
    };
    try {
      keep((await formulas("grade", { ...subject, formula: { of, text } })).formula, "");
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof ProblemError)) throw error;
      keep(null, error.problem.errors[0]?.message ?? error.problem.detail);
    }
  }

  /** @param {string} backward @param {import("./types.js").Trace} trace */
  async function ask(backward, trace) {
    const program = store.traced.peek();
    if (program === null) return;
    const values = valuesFor(program, store.given.peek());
    /** @param {import("./wire.d.ts").GradeAnswer | null} answer @param {string} refusal */
    const keep = (answer, refusal) => {
      if (store.traced.peek() === program) store.grading.value = { text: backward, program, answer, refusal };
    };
    try {
      keep(await line("grade", { program, values, ignore_unknown: true, output: trace.output, backward }), "");
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof ProblemError)) throw error;
      keep(null, error.problem.errors[0]?.message ?? error.problem.detail);
    }
  }
}

/**
 * What stands beside each line of a text: right, wrong, wrong by an earlier mistake, or nothing to say yet.
 * @typedef {"right" | "wrong" | "follows"} Mark
 * @param {import("./store.js").Grading | null} grading
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
    // Of a line that assigns several names the worst counts.
    if (mark !== null && found.get(one.line) !== "wrong") found.set(one.line, mark);
  }
  return found;
}

/** @param {import("./wire.d.ts").GradedLineAnswer} line @returns {Mark | null} */
export function markOf({ agrees, error, follows }) {
  if (agrees === true) return "right";
  if (follows.length > 0) return "follows";
  return error !== null || agrees === false ? "wrong" : null;
}
