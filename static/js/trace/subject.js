/**
 * What a question to the server is about: a text with its values, and the very graph that is drawn of it. Every question
 * begins with one of these two, so that none leaves out a part of its subject.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").WireNumber} WireNumber
 * @typedef {{detail: "tensor" | "scalar", scalar: string[]}} Grain  whether every element is a node, or those of some operations
 * @typedef {{program: string, values: Record<string, WireNumber>, ignore_unknown: true}} Text
 */
import { valuesFor } from "./values.js";

const OPENED = "scalar ";

/** @param {string} id of an array operation @returns {string} the group that it becomes when it is opened */
export const scalarGroup = (id) => `${OPENED}${id}`;

/** @param {Pick<Trace, "detail" | "groups">} trace @returns {Grain} the grain in which it is drawn, as the graph itself tells it */
export const grainIn = ({ detail, groups }) => ({
  detail: detail === "scalar" ? "scalar" : "tensor",
  scalar: detail === "scalar" ? [] : groups.filter(({ kind }) => kind === "scalar").map(({ id }) => id.slice(OPENED.length)),
});

/**
 * The text that was traced last, with its values: for questions about names of the text, whatever is drawn of it.
 * @param {Pick<Store, "traced" | "given">} store @returns {Text}
 */
export function textOf(store) {
  const program = store.traced.peek() ?? "";
  return { program, values: valuesFor(program, store.given.peek()), ignore_unknown: true };
}

/**
 * The graph that is drawn: for questions about its nodes.
 * @param {Pick<Store, "traced" | "given">} store @param {Pick<Trace, "detail" | "groups">} trace @returns {Text & Grain}
 */
export const subjectOf = (store, trace) => ({ ...textOf(store), ...grainIn(trace) });
