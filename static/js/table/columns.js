/**
 * The columns of the table, one object each: the text of a cell, what is copied, and the sort key.
 *
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("../timeline/frame.js").NodeState} NodeState
 *
 * @typedef {object} Row
 * @property {Frame} frame
 * @property {Node} node
 * @property {NodeState} state
 * @property {string} group  the function calls around it, outermost first
 *
 * @typedef {object} Column
 * @property {string} id
 * @property {string} title
 * @property {string} order   the sort key, in words
 * @property {(row: Row) => string} text   the text of the cell
 * @property {(row: Row) => string} [exact]  the copied text, if it is longer
 * @property {(row: Row) => string | number | null} key  the sort key; null: no value yet, sorted last
 */
import { isCovered } from "../trace/covered.js";
import { formatShape } from "../words/format.js";
import { groupPaths } from "../search.js";
import { isFinite, magnitude } from "../trace/tensor.js";
import { nodeIn } from "../timeline/frame.js";
import { called } from "../timeline/sentence.js";
import { shownFormula } from "../words/formula.js";
import { exact, gradientInWords, messagesInWords, valueInWords } from "./words.js";

/** @param {Frame} frame @returns {(index: number) => Row} */
export function rowsOf(frame) {
  const { nodes, groups } = frame.trace;
  const paths = groupPaths(groups);
  return (index) => ({
    frame,
    node: nodes[index],
    state: nodeIn(frame, index),
    group: paths.get(nodes[index].group) ?? "",
  });
}

/**
 * @param {Tensor | null} tensor
 * @returns {number | null} the largest |element|, non-finite above everything; covered tensors get no key, since even
 *   their order would reveal something
 */
const size = (tensor) =>
  tensor === null || isCovered(tensor) ? null : isFinite(tensor) ? magnitude(tensor) : Infinity;

/** @param {Row} row */
const messages = ({ frame, node, state }) => messagesInWords(frame, node.index, state);

/** @type {Column[]} */
export const COLUMNS = [
  { id: "node", title: "Node", order: "name", text: ({ node }) => called(node), key: ({ node }) => called(node) },
  {
    id: "op",
    title: "Op",
    order: "name of the operation",
    text: ({ node }) => node.use ?? node.op,
    key: ({ node }) => node.use ?? node.op,
  },
  {
    id: "computes",
    title: "Computes",
    order: "formula",
    text: ({ frame, node }) => (node.role === "operation" ? shownFormula(frame.trace, node) : ""),
    key: ({ node }) => (node.role === "operation" ? node.formula : null),
  },
  {
    id: "shape",
    title: "Shape",
    order: "number of elements",
    text: ({ node }) => formatShape(node.shape),
    exact: ({ node }) => node.shape.join("×"),
    key: ({ node }) => node.value.flat.length,
  },
  {
    id: "value",
    title: "Value",
    order: "size",
    text: ({ state }) => valueInWords(state),
    exact: ({ state }) => valueInWords(state, exact),
    key: ({ state }) => size(state.value),
  },
  {
    id: "gradient",
    title: "Gradient",
    order: "size",
    text: ({ state }) => gradientInWords(state),
    exact: ({ state }) => gradientInWords(state, exact),
    key: ({ state }) => size(state.grad),
  },
  {
    id: "messages",
    title: "Messages",
    order: "how many have arrived",
    text: messages,
    exact: ({ frame, node, state }) => messagesInWords(frame, node.index, state, exact),
    key: ({ frame: { cues, k }, node }) =>
      cues.arrivals[node.index].filter((edge) => cues.arrivesAt[edge] <= k).length || null,
  },
  {
    id: "group",
    title: "Group",
    order: "name of the group",
    text: ({ group }) => group,
    key: ({ group }) => group || null,
  },
  {
    id: "line",
    title: "Line",
    order: "line of the program",
    text: ({ node }) => String(node.line ?? ""),
    key: ({ node }) => node.line,
  },
];
