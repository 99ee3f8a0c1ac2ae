/**
 * What is said to an answer. Pure: the same for the same question, answer and right number.
 * @typedef {import("../wire.d.ts").LessonQuestion} Question
 * @typedef {{right: boolean, text: string}} Verdict  text: what follows "Right" or "Not quite"
 */
import { format, parseNumber } from "../words/format.js";
import { signSlip } from "./slip.js";

/**
 * @param {Question} question
 * @param {string} given  what was typed, or the value of what was chosen
 * @param {number | null} expected  the right number for the values at hand
 * @returns {Verdict | null} null: nothing was said that could be judged
 */
export function judge(question, given, expected) {
  if (question.kind === "choice") {
    const chosen = question.choices[given === "" ? -1 : Number(given)];
    return chosen ? { right: chosen.right, text: "" } : null;
  }
  if (expected === null || given.trim() === "") return null;
  if (question.kind === "sign") return { right: Number(given) === Math.sign(expected), text: `It is ${format(expected)}.` };
  const said = parseNumber(given);
  if (Number.isNaN(said)) return null;
  const right = isClose(said, expected, question.tolerance ?? { kind: "relative", size: 0.02 });
  if (right && said === expected) return { right, text: "Exactly." };
  return { right, text: right ? `It is ${format(expected)}.` : `You said ${format(said)}; it is ${format(expected)}. ${signSlip(said, expected)}`.trim() };
}

/** Just close enough is close enough, whatever rounding makes of it. */
const SLACK = 1 + 1e-12;

/** @param {number} said @param {number} expected @param {import("../wire.d.ts").LessonTolerance} tolerance */
export function isClose(said, expected, { kind, size }) {
  if (said === expected) return true;
  if (kind === "factor") return said / expected > 0 && Math.max(said / expected, expected / said) <= size * SLACK;
  // A part of nothing is nothing: beside 0 the part counts as a difference.
  const scale = kind === "relative" && expected !== 0 ? Math.abs(expected) : 1;
  return Math.abs(said - expected) <= size * scale * SLACK;
}
