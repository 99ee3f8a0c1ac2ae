/**
 * Judges an answer. Pure.
 * @typedef {import("../wire.d.ts").LessonQuestion} Question
 * @typedef {{right: boolean, text: string}} Verdict  text: what follows "Right" or "Not quite"
 */
import { format, parseNumber } from "../words/format.js";
import { signSlip } from "./slip.js";

/**
 * @param {Question} question
 * @param {string} given  the typed text, or the value of the selected option
 * @param {number | null} expected  the right number for the current values
 * @returns {Verdict | null} null if there is nothing to judge
 */
export function judge(question, given, expected) {
  if (question.kind === "choice") {
    const chosen = question.choices[given === "" ? -1 : Number(given)];
    return chosen ? { right: chosen.right, text: "" } : null;
  }
  if (expected === null || given.trim() === "") return null;
  if (question.kind === "sign")
    return { right: Number(given) === Math.sign(expected), text: `It is ${format(expected)}.` };
  const said = parseNumber(given);
  if (Number.isNaN(said)) return null;
  const right = isClose(said, expected, question.tolerance ?? { kind: "relative", size: 0.02 });
  if (right && said === expected) return { right, text: "Exactly." };
  return {
    right,
    text: right
      ? `It is ${format(expected)}.`
      : `You said ${format(said)}; it is ${format(expected)}. ${signSlip(said, expected)}`.trim(),
  };
}

/** Slack for round-off, so that an answer exactly at the tolerance counts. */
const SLACK = 1 + 1e-12;

/** @param {number} said @param {number} expected @param {import("../wire.d.ts").LessonTolerance} tolerance */
export function isClose(said, expected, { kind, size }) {
  if (said === expected) return true;
  if (kind === "factor") return said / expected > 0 && Math.max(said / expected, expected / said) <= size * SLACK;
  // A relative tolerance of 0 would be 0: if 0 is expected, it counts as an absolute one.
  const scale = kind === "relative" && expected !== 0 ? Math.abs(expected) : 1;
  return Math.abs(said - expected) <= size * scale * SLACK;
}
