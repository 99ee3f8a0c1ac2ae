/**
 * The subject of a request to the server: a text with its values, or the graph that is drawn of it. Every request is
 * built on one of these two, so that none forgets a part of its subject.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").WireNumber} WireNumber
 * @typedef {{detail: "tensor" | "scalar", scalar: string[]}} Grain  whether every element is a node, or only those of some operations
 * @typedef {{program: string, values: Record<string, WireNumber>, ignore_unknown: true}} Text
 */
import { valuesFor } from "./values.js";

const OPENED = "scalar ";

/** @param {string} id of an array operation @returns {string} the id of the group it becomes when opened */
export const scalarGroup = (id) => `${OPENED}${id}`;

/** @param {Pick<Trace, "detail" | "groups">} trace @returns {Grain} the grain in which the graph is drawn */
export const grainIn = ({ detail, groups }) => ({
  detail: detail === "scalar" ? "scalar" : "tensor",
  scalar:
    detail === "scalar" ? [] : groups.filter(({ kind }) => kind === "scalar").map(({ id }) => id.slice(OPENED.length)),
});

/**
 * The text that was traced last, with its values: for requests about names in the text, however it is drawn.
 * @param {Pick<Store, "traced" | "given">} store @returns {Text}
 */
export function textOf(store) {
  const program = store.traced.peek() ?? "";
  return { program, values: valuesFor(program, store.given.peek()), ignore_unknown: true };
}

/**
 * The graph that is drawn: for requests about its nodes.
 * @param {Pick<Store, "traced" | "given">} store @param {Pick<Trace, "detail" | "groups">} trace @returns {Text & Grain}
 */
export const subjectOf = (store, trace) => ({ ...textOf(store), ...grainIn(trace) });
