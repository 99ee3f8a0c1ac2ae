/**
 * Formulas with numbers filled in, and the factor on an edge.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Edge} Edge
 */
import { isResult } from "../trace/closed.js";
import { isCovered } from "../trace/covered.js";
import { formatFactor } from "./format.js";
import { isSingle } from "../trace/tensor.js";

const WORD = /[A-Za-z_\u0370-\u03ff][\w.#/\u0370-\u03ff]*/g;

/**
 * What a node computes, as one reads it: h + … @ W2. Parts that have no name are not called by their ids, which stand
 * nowhere in the program.
 * @param {Pick<Trace, "nodes" | "byId">} trace @param {Node} node
 */
export const shownFormula = ({ nodes, byId }, { formula }) =>
  formula.replace(WORD, (word) => {
    const found = nodes[byId.get(word) ?? -1];
    return found === undefined || found.name !== null ? word : "…";
  });

/**
 * @param {Node} node what it is called behind ∂: a short expression without a name is written out, a longer one is
 *   called as everywhere
 */
function under(node) {
  if (node.name !== null && /^[\p{L}_][\p{L}\p{N}_.#]*(\([^()]*\)|\[[^[\]]*\])*$/u.test(node.name)) return node.name;
  return node.role === "constant"
    ? node.label
    : `(${node.name ?? (node.formula.length <= 18 ? node.formula : node.title)})`;
}

/** @param {Trace} trace @param {Node} node its gradient in words: ∂loss/∂W1, ∂y/∂(W2 @ a1) */
export const derivative = ({ nodes, outputIndex }, node) => `∂${under(nodes[outputIndex])}/∂${under(node)}`;

/** @param {Trace} trace @param {Node} node the same in short, where its name says it: dW1 */
export const derivativeInShort = (trace, node) =>
  node.gradName === `d${node.name}` ? node.gradName : derivative(trace, node);

/**
 * The formula with numbers instead of names, if every name in it is a single number; otherwise null.
 * @param {Trace} trace @param {Node} node @returns {string | null}
 */
export function substitute(trace, node) {
  if (isResult(trace, node)) return null;
  const meant = namesIn(trace, node);
  let possible = true;
  const filled = node.formula.replace(WORD, (word) => {
    const found = meant.get(word);
    if (found === undefined) return word;
    possible &&= found !== null && isSingle(found.value);
    return found === null ? word : formatFactor(found.value.flat[0]);
  });
  if (!possible || filled === node.formula) return null;
  // Write f(-2), not f((-2)).
  return filled.replace(/\((\([^()]*\))\)/g, "$1").replace(/^\(([^()]*)\)$/, "$1");
}

/**
 * Resolves the names in a formula to nodes. The program may give one name to several nodes, so names are looked up
 * among the node's inputs, through unnamed nodes. null: the name is ambiguous.
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
 * The local derivative on this edge, if it is a single number: the factor between gradient and message.
 * @param {Edge} edge @returns {number | null}
 */
export function factorOf(edge) {
  return edge.local !== null && isSingle(edge.local) ? edge.local.flat[0] : null;
}

/**
 * The factor with which one gradient is passed to every element alike: 1 for a sum, 1/n for a mean.
 * @param {Node} node
 * @param {Edge} edge
 * @returns {number | null} null if that is not the case, or cannot be derived from a zero
 */
export function sharedFactor(node, edge) {
  const [own, message] = [node.grad, edge.message];
  if (
    own === null ||
    message === null ||
    isCovered(own) ||
    isCovered(message) ||
    !isSingle(own) ||
    isSingle(message) ||
    own.flat[0] === 0
  )
    return null;
  return message.flat.every((x) => x === message.flat[0]) ? message.flat[0] / own.flat[0] : null;
}

/** @param {Node} node the name of its gradient in rules */
const ownGradient = (node) => new RegExp(`\\b${node.gradName}\\b`, "g");

/**
 * What a rule does to the node's own gradient: "@ x.T".
 * @param {string} rule @param {Node} node
 */
export const withoutOwn = (rule, node) => rule.replace(ownGradient(node), "").trim();
