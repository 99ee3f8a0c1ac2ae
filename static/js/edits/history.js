/**
 * One history of all edits, as a value: every function takes one and returns the next.
 *
 * @typedef {object} Edit  what an edit leaves behind
 * @property {string} program
 * @property {Record<string, import("../types.js").Given>} given
 * @property {{title: string, hint: string, program: string}} opened
 * @property {string} [backward]  the reader's own backward pass
 *
 * @typedef {{kind: string, at: number, gesture: number}} Manner  how an edit was made: edits of one kind ("" is never one) that
 *   belong to one gesture of the pointer (0: none), or that follow each other without a pause (ms), are one step
 *
 * @typedef {object} History
 * @property {Edit[]} past  oldest first
 * @property {Edit} present
 * @property {Edit[]} future  next first
 * @property {Manner | null} last
 */
import { valuesFor } from "../trace/values.js";

/** Whoever stops for as long begins something new, ms. */
const PAUSE = 700;
/** Nobody goes back further; and no history takes more memory than this many signs of program. */
const STEPS = 300;
const SIGNS = 4_000_000;

/** @param {Edit} present @returns {History} */
export const startAt = (present) => ({ past: [], present, future: [], last: null });

/** @param {History} history @param {Edit} edit @param {Manner} manner @returns {History} */
export function record(history, edit, manner) {
  const { past, present, last } = history;
  if (same(present, edit)) return history;
  if (past.length > 0 && last !== null && continues(last, manner)) return { past, present: edit, future: [], last: manner };
  return { past: bounded([...past, present]), present: edit, future: [], last: manner };
}

/** @param {History} history @returns {History} */
export function undo({ past, present, future }) {
  const before = past.at(-1);
  return before ? { past: past.slice(0, -1), present: before, future: [present, ...future], last: null } : { past, present, future, last: null };
}

/** @param {History} history @returns {History} */
export function redo({ past, present, future }) {
  const [after, ...rest] = future;
  return after ? { past: [...past, present], present: after, future: rest, last: null } : { past, present, future, last: null };
}

/** @param {Edit} before @param {Edit} after @returns {string} what kind of edit leads from one to the other */
export function kindOf(before, after) {
  if (before.opened !== after.opened) return "";
  const own = [before.backward ?? "", after.backward ?? ""];
  if (before.program !== after.program || own[0] !== own[1]) {
    const [was, is] = before.program !== after.program ? [before.program, after.program] : own;
    const { removed, inserted } = difference(was, is);
    // A bracket brings its partner along. What is longer was pasted, completed or cut out, and is a step of its own.
    if (removed === "" && inserted.length <= 2) return inserted.includes("\n") ? "" : "type";
    return inserted === "" && removed.length === 1 ? "erase" : "";
  }
  const touched = touchedIn(before, after);
  // Taking a value back is said once, however often it was set before.
  return touched.length === 1 && after.given[touched[0]] !== undefined ? `value ${touched[0]}` : "";
}

/** @param {string} before @param {string} after @returns {{from: number, removed: string, inserted: string}} the one place where they differ */
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

/** Values that no longer hold for a text are no difference: they fall away by themselves. @param {Edit} a @param {Edit} b */
function same(a, b) {
  if (a.program !== b.program || a.opened !== b.opened || (a.backward ?? "") !== (b.backward ?? "")) return false;
  if (a.given === b.given) return true;
  // A slider asks this with every move: only what was touched is looked at.
  const touched = touchedIn(a, b);
  /** @param {Edit} edit */
  const holding = ({ program, given }) => JSON.stringify(valuesFor(program, Object.fromEntries(touched.flatMap((id) => (given[id] ? [[id, given[id]]] : [])))));
  return holding(a) === holding(b);
}

/** @param {Edit} a @param {Edit} b @returns {string[]} the names whose given values differ */
const touchedIn = (a, b) => [...new Set([...Object.keys(a.given), ...Object.keys(b.given)])].filter((id) => a.given[id] !== b.given[id]);

/** @param {Edit[]} past */
function bounded(past) {
  let signs = 0;
  let from = past.length;
  while (from > 0 && past.length - from < STEPS && (signs += past[from - 1].program.length + (past[from - 1].backward ?? "").length) <= SIGNS) from--;
  return past.slice(from);
}
