/**
 * The reader's own backward pass, graded while it is written, as long as its tab stands open.
 * @typedef {import("../store.js").Store} Store
 */
import { computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "../api.js";
import { createRest } from "../busy.js";
import { isCovered } from "../trace/covered.js";
import { hidesAnything } from "../predict.js";
import { textOf } from "../trace/subject.js";

/** Typing is let settle this long, ms. */
const SETTLE = 250;

/** @param {Store} store */
export function createGrading(store) {
  const line = createLine();
  const rest = createRest("grade");
  let before = store.trace.peek();
  const shown = computed(() => store.leftTab.value === "backward");

  effect(() => {
    const [trace, text] = [store.trace.value, store.backward.value];
    rest.stop();
    // What was graded before it was covered still tells.
    if (trace !== before && trace !== null && hidesAnything(trace)) store.grading.value = null;
    before = trace;
    if (!shown.value || trace === null) return;
    // The first answer is waited for; after it there is always something to look at.
    rest.start(store.grading.peek() === null ? 0 : SETTLE, () => void ask(text, trace));
  });

  const formulas = createLine();
  const restOfFormula = createRest("grade");
  effect(() => {
    const [trace, { of, text }] = [store.trace.value, store.formula.value];
    restOfFormula.stop();
    if (!shown.value || trace === null) return;
    if (text.trim() === "") store.formulaGrade.value = null;
    else restOfFormula.start(SETTLE, () => void check(of, text));
  });

  /** @param {string} of @param {string} text */
  async function check(of, text) {
    if (store.traced.peek() === null) return;
    /** @param {import("../wire.d.ts").GradedFormula | null} answer @param {string} refusal */
    const keep = (answer, refusal) => {
      const now = store.formula.peek();
      if (now.of === of && now.text === text) store.formulaGrade.value = { of, text, answer, refusal };
    };
    try {
      keep((await formulas("grade", { ...textOf(store), formula: { of, text } })).formula, "");
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof ProblemError)) throw error;
      keep(null, error.problem.errors[0]?.message ?? error.problem.detail);
    }
  }

  /** @param {string} backward @param {import("../types.js").Trace} trace */
  async function ask(backward, trace) {
    const program = store.traced.peek();
    if (program === null) return;
    /** @param {import("../wire.d.ts").GradeAnswer | null} answer @param {string} refusal */
    const keep = (answer, refusal) => {
      if (store.traced.peek() === program) store.grading.value = { text: backward, program, answer, refusal };
    };
    try {
      const answer = await line("grade", { ...textOf(store), backward });
      if (store.trace.peek() === trace || !hidesAnything(trace)) keep(withoutCovered(answer, store.trace.peek() ?? trace), "");
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof ProblemError)) throw error;
      keep(null, error.problem.errors[0]?.message ?? error.problem.detail);
    }
  }
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
  const kept = answer.lines.filter(({ name, follows }) => !hidden.has(name) && !follows.some((other) => hidden.has(other)));
  const right = answer.lines.filter(({ agrees, name }) => agrees === true && hidden.has(name));
  return { ...answer, lines: kept, done: answer.done - new Set(right.map(({ name }) => name)).size };
}

/**
 * What stands beside each line of a text: right, wrong, wrong by an earlier mistake, or nothing to say yet.
 * @typedef {"right" | "wrong" | "follows"} Mark
 * @param {import("../store.js").Grading | null} grading
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
    if (mark !== null && (before === undefined || WORST.indexOf(mark) < WORST.indexOf(before))) found.set(one.line, mark);
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
