/**
 * Formulas with numbers in them, and the factor that stands on an edge.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Edge} Edge
 */
import { isCovered } from "../trace/covered.js";
import { formatFactor } from "./format.js";
import { isSingle } from "../trace/tensor.js";

/** @param {Node} node in a formula: a part without a name is the expression it stands for */
export function symbol(node) {
  if (node.name) return node.name;
  return node.role === "constant" ? node.label : `(${node.formula.length <= 18 ? node.formula : `… ${node.label} …`})`;
}

/**
 * The formula with numbers in the place of names, where each thing it names is one number.
 * @param {Trace} trace @param {Node} node @returns {string | null}
 */
export function substitute(trace, node) {
  const meant = namesIn(trace, node);
  let possible = true;
  const filled = node.formula.replace(/[A-Za-z_\u0370-\u03ff][\w.#/\u0370-\u03ff]*/g, (word) => {
    const found = meant.get(word);
    if (found === undefined) return word;
    possible &&= found !== null && isSingle(found.value);
    return found === null ? word : formatFactor(found.value.flat[0]);
  });
  if (!possible || filled === node.formula) return null;
  // f((-2)) says no more than f(-2).
  return filled.replace(/\((\([^()]*\))\)/g, "$1").replace(/^\(([^()]*)\)$/, "$1");
}

/**
 * Which nodes the names in a formula mean. The program may give one name to several nodes, so they are looked for where
 * the formula got them: among its inputs, through the parts that have no name. null: the name means two of them.
 * @param {Trace} trace @param {Node} node @returns {Map<string, Node | null>}
 */
function namesIn({ nodes, edges }, node) {
  /** @type {Map<string, Node | null>} */
  const meant = new Map();
  const waiting = [...node.ins];
  const seen = new Set();
  for (let edge = waiting.pop(); edge !== undefined; edge = waiting.pop()) {
    const source = nodes[edges[edge].source];
    if (seen.has(source.index)) continue;
    seen.add(source.index);
    if (source.name === null) waiting.push(...source.ins);
    else meant.set(source.name, meant.has(source.name) ? null : source);
  }
  return meant;
}

/**
 * The number that a single gradient is multiplied with on this edge, where there is one: the local derivative.
 * @param {Edge} edge @returns {number | null}
 */
export function factorOf(edge) {
  return edge.local !== null && isSingle(edge.local) ? edge.local.flat[0] : null;
}

/**
 * Where one gradient goes to many elements, alike to all: what each gets of it. A sum gives 1, a mean its share.
 * @param {Node} node @param {Edge} edge @returns {number | null} null where that is not so, or cannot be told from a zero
 */
export function sharedFactor(node, edge) {
  const [own, message] = [node.grad, edge.message];
  if (own === null || message === null || isCovered(own) || isCovered(message) || !isSingle(own) || isSingle(message) || own.flat[0] === 0) return null;
  return message.flat.every((x) => x === message.flat[0]) ? message.flat[0] / own.flat[0] : null;
}

/** @param {Node} node how rules call its gradient */
const ownGradient = (node) => new RegExp(`\\b${node.gradName}\\b`, "g");

/**
 * What a rule does to the node's own gradient: "@ x.T".
 * @param {string} rule @param {Node} node
 */
export const withoutOwn = (rule, node) => rule.replace(ownGradient(node), "").trim();
