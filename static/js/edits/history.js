/**
 * The history of all edits, as an immutable value: every function takes one and returns the next.
 *
 * @typedef {object} Edit  the state after an edit
 * @property {string} program
 * @property {Record<string, import("../types.js").Given>} given
 * @property {{title: string, hint: string, program: string}} opened
 * @property {string} [backward]  the reader's own backward pass
 * @property {string} [rule]  the reader's own optimizer
 * @property {import("../points/points.js").Points | null} [draft]  points that are drawn and in no program yet
 * @property {import("../store/training.js").Run} [run]  what the program is trained with
 *
 * @typedef {{kind: string, at: number, gesture: number}} Manner  how an edit was made: edits of one kind ("" is never
 *   one) that belong to one gesture of the pointer (0: none), or that follow each other without a pause (ms), are one
 *   step
 *
 * @typedef {object} History
 * @property {Edit[]} past  oldest first
 * @property {Edit} present
 * @property {Edit[]} future  next first
 * @property {Manner | null} last
 */
import { valuesFor } from "../trace/values.js";
import { changedIn, sameRun } from "../training/rule.js";

/** A pause after which the next edit is a new step, ms. */
const PAUSE = 700;
/** Limits of the history: number of steps, and total characters of program text. */
const STEPS = 300;
const SIGNS = 4_000_000;

/** What the reader writes beside the program. */
const BESIDE = /** @type {const} */ (["backward", "rule"]);

/** @param {Edit} edit @returns {string[]} every text of it */
const textsOf = (edit) => [edit.program, ...BESIDE.map((each) => edit[each] ?? "")];

/** @param {Edit} present @returns {History} */
export const startAt = (present) => ({ past: [], present, future: [], last: null });

/** @param {History} history @param {Edit} edit @param {Manner} manner @returns {History} */
export function record(history, edit, manner) {
  const { past, present, last } = history;
  if (same(present, edit)) return history;
  if (past.length > 0 && last !== null && continues(last, manner))
    return { past, present: edit, future: [], last: manner };
  return { past: bounded([...past, present]), present: edit, future: [], last: manner };
}

/** @param {History} history @returns {History} */
export function undo({ past, present, future }) {
  const before = past.at(-1);
  return before
    ? { past: past.slice(0, -1), present: before, future: [present, ...future], last: null }
    : { past, present, future, last: null };
}

/** @param {History} history @returns {History} */
export function redo({ past, present, future }) {
  const [after, ...rest] = future;
  return after
    ? { past: [...past, present], present: after, future: rest, last: null }
    : { past, present, future, last: null };
}

/** @param {Edit} before @param {Edit} after @returns {string} what kind of edit leads from one to the other */
export function kindOf(before, after) {
  if (before.opened !== after.opened) return "";
  if ((before.draft ?? null) !== (after.draft ?? null)) return "";
  const [were, are] = [textsOf(before), textsOf(after)];
  const changed = were.findIndex((text, i) => text !== are[i]);
  if (changed >= 0) {
    const { removed, inserted } = difference(were[changed], are[changed]);
    // Typing a bracket also inserts its partner. Anything longer was pasted, completed or cut, and is its own step.
    if (removed === "" && inserted.length <= 2) return inserted.includes("\n") ? "" : "type";
    return inserted === "" && removed.length === 1 ? "erase" : "";
  }
  if (!sameRun(before.run, after.run)) {
    const set = changedIn(before.run, after.run);
    return set.length === 1 ? `run ${set[0]}` : "";
  }
  const touched = touchedIn(before, after);
  // Resetting a value is one step, however often it was set before.
  return touched.length === 1 && after.given[touched[0]] !== undefined ? `value ${touched[0]}` : "";
}

/**
 * @param {string} before
 * @param {string} after
 * @returns {{from: number, removed: string, inserted: string}} the single range in which they differ
 */
export function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from, removed: before.slice(from, before.length - end), inserted: after.slice(from, after.length - end) };
}

/** @param {Manner} last @param {Manner} next */
function continues(last, next) {
  if (next.kind === "" || next.kind !== last.kind) return false;
  return last.gesture || next.gesture ? last.gesture === next.gesture : next.at - last.at < PAUSE;
}

/** Values that no longer apply to the text do not count as a difference. @param {Edit} a @param {Edit} b */
function same(a, b) {
  const [texts, others] = [textsOf(a), textsOf(b)];
  if (a.opened !== b.opened || texts.some((text, i) => text !== others[i])) return false;
  if ((a.draft ?? null) !== (b.draft ?? null) || !sameRun(a.run, b.run)) return false;
  if (a.given === b.given) return true;
  // Runs at every move of a slider: compare only what was touched.
  const touched = touchedIn(a, b);
  /** @param {Edit} edit */
  const holding = ({ program, given }) =>
    JSON.stringify(
      valuesFor(program, Object.fromEntries(touched.flatMap((id) => (given[id] ? [[id, given[id]]] : [])))),
    );
  return holding(a) === holding(b);
}

/** @param {Edit} a @param {Edit} b @returns {string[]} the names whose given values differ */
const touchedIn = (a, b) =>
  [...new Set([...Object.keys(a.given), ...Object.keys(b.given)])].filter((id) => a.given[id] !== b.given[id]);

/** @param {Edit[]} past */
function bounded(past) {
  let signs = 0;
  let from = past.length;
  while (from > 0 && past.length - from < STEPS && (signs += textsOf(past[from - 1]).join("").length) <= SIGNS) from--;
  return past.slice(from);
}
