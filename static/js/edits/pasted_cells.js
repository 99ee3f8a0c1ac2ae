/**
 * A notebook is one namespace: texts that were pasted before are kept, and when a pasted text lacks what they define,
 * their definitions are put above it.
 * @typedef {import("../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { outcome, post } from "../api.js";
import { EXAMPLES } from "../examples.js";
import { recall, remember } from "./storage.js";

const KEY = "backlit-cells";
/** How many texts are kept, and how many characters in all. */
const MOST = 20;
const LARGEST = 200_000;

/** @param {string[]} cells @param {string} text @returns {string[]} with the text as the last, within the limits */
export function kept(cells, text) {
  if (text.trim() === "" || EXAMPLES.some(({ program }) => program === text)) return cells;
  const all = [...cells.filter((each) => each !== text), text].slice(-MOST);
  while (all.reduce((sum, { length }) => sum + length, 0) > LARGEST) all.shift();
  return all;
}

/** @param {string | null} text @returns {string[]} what an earlier visit kept */
export function readCells(text) {
  try {
    const cells = JSON.parse(text ?? "[]");
    return Array.isArray(cells) && cells.every((each) => typeof each === "string") ? cells : [];
  } catch {
    return [];
  }
}

/** @param {import("../types.js").Problem} problem @param {string} name */
const isAbout = ({ errors, missing }, name) =>
  missing.some((each) => each.name === name) || (errors[0]?.message ?? "").split(/[^\p{L}\p{N}_]+/u).includes(name);

/**
 * @param {Store} store @param {import("../session.js").Session} session
 * @returns {{replace: (former: string, text: string) => void}} replace: to be called when a text takes the place of the
 *   whole former one
 */
export function createPastedCells(store, session) {
  let cells = readCells(recall(KEY));
  /** The text that was pasted last, while it may be waiting for definitions. */
  let fresh = "";

  effect(() => {
    const problem = store.problem.value;
    if (problem === null || fresh === "" || store.program.peek() !== fresh) return;
    const program = fresh;
    fresh = "";
    void outcome(post("cells", { program, before: cells })).then((found) => {
      if (!found?.answer || store.program.peek() !== program) return;
      const { taken, missing } = /** @type {import("../wire.d.ts").CellsAnswer} */ (found.answer);
      // Only if that is what was wrong with it.
      if (taken.some(({ name }) => isAbout(problem, name))) {
        session.put(() => (store.program.value = found.answer.program), 0);
        const names = taken.map(({ name }) => name).join(", ");
        store.note.value = `From cells that were pasted before: ${names}. Their definitions stand above this one now.`;
      } else if (store.problem.peek() === problem)
        store.undefinedNames.value = missing.filter((name) => isAbout(problem, name));
    });
  });
  effect(() => {
    void store.program.value;
    store.undefinedNames.value = [];
  });

  return {
    replace(former, text) {
      cells = kept(cells, former);
      remember(KEY, JSON.stringify(cells));
      fresh = text.trim() === "" ? "" : text;
    },
  };
}
