/**
 * Opening files from the reader's machine. The file itself is not uploaded; its text becomes a program like any other.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("./notebook.js").Cell} Cell
 */
import { batch } from "@preact/signals-core";
import { outcome, post, reasonOf } from "../api.js";
import { MOST } from "../points/csv.js";
import { FileError, cellAt, joined, readNotebook, tidy } from "./notebook.js";

/** Largest file, bytes. Notebooks include their pictures; nobody writes a program of that size. */
const LARGEST_NOTEBOOK = 30_000_000;
const LARGEST_PROGRAM = 400_000;

/** Accepted types, for the file picker. */
export const ACCEPTED = ".py,.ipynb,.txt,.csv,.tsv";

/**
 * @param {Store} store @param {import("../session.js").Session} session @param {File} file
 */
export async function openFile(store, session, file) {
  store.note.value = "";
  try {
    const kind = /\.(py|ipynb|txt|csv|tsv)$/i.exec(file.name)?.[1].toLowerCase();
    if (kind === undefined)
      throw new FileError("Only Python files (.py), notebooks (.ipynb) and examples (.csv) can be opened.");
    const examples = kind === "csv" || kind === "tsv";
    const most = kind === "ipynb" ? LARGEST_NOTEBOOK : examples ? MOST.characters : LARGEST_PROGRAM;
    if (file.size > most)
      throw new FileError(`It is too large: ${sizeOf(file.size)}, and the limit is ${sizeOf(most)}.`);
    const text = await file.text();
    if (kind === "ipynb") {
      store.notebook.value = { name: file.name, cells: readNotebook(text) };
      store.dialog.value = "notebook";
      return;
    }
    if (examples) {
      batch(() => {
        store.csv.value = { name: file.name, text };
        store.ownPoints.value = true;
        store.leftTab.value = "network";
      });
      return;
    }
    const program = tidy(text);
    if (program === "") throw new FileError("It is empty.");
    show(store, session, file.name, program);
  } catch (error) {
    if (error instanceof FileError) store.note.value = `“${file.name}” was not opened. ${error.message}`;
    else store.note.value = `“${file.name}” could not be read.`;
  }
}

/**
 * @param {Store} store
 * @param {import("../session.js").Session} session
 * @param {string} title
 * @param {string} program
 */
export function show(store, session, title, program) {
  store.leftTab.value = "program";
  session.open({ title, program, values: {} });
}

/**
 * Finds the cells that do not run here, such as those that draw plots, by running them.
 * @param {Cell[]} cells
 * @returns {Promise<Map<Cell, string>>} cell -> why
 */
export async function refused(cells) {
  /** @type {Map<Cell, string>} */
  const found = new Map();
  for (let left = cells; left.length > 0; left = cells.filter((cell) => !found.has(cell))) {
    const asked = await outcome(
      post("trace", { program: joined(left), values: {}, ignore_unknown: true, include: ["numbers"] }),
    );
    const line = asked?.problem?.errors[0]?.line ?? asked?.problem?.missing[0]?.line ?? null;
    const cell = line === null ? undefined : left[cellAt(left, line)];
    // Errors that belong to no single cell are reported by the page.
    if (!asked?.problem || cell === undefined) break;
    found.set(cell, reasonOf(asked.problem));
  }
  return found;
}

/** @param {number} bytes */
const sizeOf = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`);
