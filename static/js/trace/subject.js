/**
 * The subject of a request to the server: a text with its values, or the graph that is drawn of it. Every request is
 * built on one of these two, so that none forgets a part of its subject.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").WireNumber} WireNumber
 * @typedef {{detail: "tensor" | "scalar", scalar: string[]}} Grain  whether every element is a node, or only those of
 *   some operations
 * @typedef
 *   {{program: string, values: Record<string, WireNumber>, ignore_unknown: true, output?: string, run?: object, step?: number}}
 *   Text
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
 * @param {Pick<Store, "traced" | "given" | "output" | "trainedAt">} store @returns {Text}
 */
export const textOf = (store) =>
  textWith(store.traced.peek() ?? "", store.given.peek(), store.output.peek(), store.trainedAt.peek());

/**
 * @param {string} program @param {Record<string, import("../types.js").Given>} given
 * @param {string} output  the name that the reader chose; "" for what the program is about
 * @param {import("../store/training.js").At | null} [at]  the step of a training whose values it has
 * @returns {Text}
 */
export const textWith = (program, given, output, at = null) => ({
  program,
  values: valuesFor(program, given),
  ignore_unknown: true,
  ...(output !== "" && { output }),
  ...at,
});

/**
 * The graph that is drawn: for requests about its nodes.
 * @param {Pick<Store, "traced" | "given" | "output" | "trainedAt">} store
 * @param {Pick<Trace, "detail" | "groups">} trace
 * @returns {Text & Grain}
 */
export const subjectOf = (store, trace) => ({ ...textOf(store), ...grainIn(trace) });
