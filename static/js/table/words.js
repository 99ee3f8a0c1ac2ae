/**
 * A node's value, gradient and messages at one moment, in words that need no colour or graph.
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("../timeline/frame.js").NodeState} NodeState
 */
import { isCovered } from "../trace/covered.js";
import { format, formatTensor } from "../words/format.js";
import { extent, isFinite, isSingle, isZero, toWire } from "../trace/tensor.js";
import { called } from "../timeline/sentence.js";

const NOT_YET = "not computed yet";
const NO_PATH = "no path";
const COVERED_WORDS = "? (covered)";

/** Most numbers that are listed one by one. */
const ROOM = 6;
/** Most messages that are listed one by one. */
const MESSAGES = 4;

/** @param {number} x @returns {string} */
const single = (x) =>
  Number.isNaN(x)
    ? "not a number (NaN)"
    : x === Infinity
      ? "infinity (∞)"
      : x === -Infinity
        ? "minus infinity (−∞)"
        : format(x);

/** @param {Tensor} tensor @returns {string} */
export function inWords(tensor) {
  const { flat } = tensor;
  if (isSingle(tensor)) return single(flat[0]);
  if (flat.length <= ROOM) return `${formatTensor(tensor, ROOM)}${isFinite(tensor) ? "" : ", not finite"}`;
  if (isZero(tensor)) return `${flat.length} numbers, all 0`;
  const finite = flat.filter(Number.isFinite);
  const lost = flat.length - finite.length;
  const [low, high] = extent(finite).map((x) => format(x, 3));
  const range = finite.length === 0 ? "" : `, ${low} to ${high}`;
  return `${flat.length} numbers${range}${lost > 0 ? `, ${lost} not finite` : ""}`;
}

/** @param {Tensor} tensor @returns {string} with every digit, as spreadsheets and programs read it */
export function exact(tensor) {
  const wire = toWire(tensor);
  return typeof wire === "string" ? wire : JSON.stringify(wire);
}

/** @param {NodeState} state @param {(tensor: Tensor) => string} [write] @returns {string} */
export function valueInWords({ value }, write = inWords) {
  return value === null ? NOT_YET : write(value);
}

/** @param {NodeState} state @param {(tensor: Tensor) => string} [write] @returns {string} */
export function gradientInWords({ progress, grad, rounding }, write = inWords) {
  if (progress === "none") return NO_PATH;
  if (grad === null) return NOT_YET;
  if (isCovered(grad)) return COVERED_WORDS;
  if (progress === "done" && rounding) return `${write(grad)}, within rounding`;
  return progress === "partial" ? `${write(grad)} so far` : write(grad);
}

/**
 * The messages that a node has received, with their sources and sum: "3 from f + 2 from s = 5".
 * @param {Frame} frame @param {number} index @param {NodeState} state @param {(tensor: Tensor) => string} [write]
 * @returns {string} "" if none has arrived
 */
export function messagesInWords({ trace, cues, k }, index, { progress, grad }, write = inWords) {
  if (progress === "none" || grad === null) return "";
  if (isCovered(grad)) return COVERED_WORDS;
  const arrived = cues.arrivals[index].filter((edge) => cues.arrivesAt[edge] <= k);
  const parts = arrived.slice(0, MESSAGES).map((edge) => {
    const { message, target } = trace.edges[edge];
    return `${write(/** @type {Tensor} */ (message))} from ${called(trace.nodes[target])}`;
  });
  if (index === trace.outputIndex) parts.unshift(`${write(trace.seed)} as the seed`);
  const untold = arrived.length - MESSAGES;
  if (untold > 0) parts.push(`${untold} more`);
  const waiting = cues.arrivals[index].length - arrived.length;
  const sum = parts.length > 1 && waiting === 0 ? ` = ${write(grad)}` : "";
  return `${parts.join(" + ")}${sum}${waiting > 0 ? `, ${waiting} still to come` : ""}`;
}
