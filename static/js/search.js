/**
 * Finding nodes by name, operation, formula or the function call they belong to.
 * @typedef {import("./types.js").Trace} Trace
 * @typedef {import("./types.js").Node} Node
 * @typedef {{node: number, rank: number, group: string}} Match  group: the names of the calls around it
 * @typedef {(query: string) => Match[]} Index
 */
import { called } from "./timeline/sentence.js";

/** Criteria for matching a word, best first; the index in this list is the rank. */
const FITS = /** @type {((fields: Fields, word: string) => boolean)[]} */ ([
  ({ names }, word) => names.includes(word),
  ({ names }, word) => names.some((name) => name.startsWith(word)),
  ({ names, parts }, word) => [...names, ...parts].some((name) => name.includes(word)),
  ({ ops }, word) => ops.includes(word),
  ({ ops }, word) => ops.some((op) => op.startsWith(word)),
  ({ group }, word) => group.includes(word),
  ({ formula, ops }, word) => formula.includes(word) || ops.some((op) => op.includes(word)),
]);

/**
 * parts: labels of unnamed nodes.
 * @typedef {{names: string[], parts: string[], ops: string[], group: string, formula: string}} Fields
 */

/**
 * Indexes a trace's structure for many queries; values are not searched.
 * @param {Trace} trace
 * @returns {Index} every word of the query must match somewhere; best first, ties in forward order
 */
export function indexOf({ nodes, groups }) {
  const paths = groupPaths(groups);
  const entries = nodes.map((node) => ({
    node: node.index,
    group: paths.get(node.group) ?? "",
    fields: fieldsOf(node, paths.get(node.group) ?? ""),
  }));
  return (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const matches = [];
    for (const { node, group, fields } of entries) {
      const ranks = words.map((word) => FITS.findIndex((fits) => fits(fields, word)));
      if (!ranks.includes(-1)) matches.push({ node, group, rank: ranks.reduce((a, b) => a + b) });
    }
    return matches.sort((a, b) => a.rank - b.rank || a.node - b.node);
  };
}

/**
 * The full name of a group, beginning with the calls around it.
 * @param {Trace["groups"]} groups
 * @returns {Map<string | null, string>} by id; "" for no group
 */
export function groupPaths(groups) {
  /** @type {Map<string | null, string>} */
  const paths = new Map([[null, ""]]);
  // Parents precede children.
  for (const { id, name, parent } of groups) paths.set(id, paths.get(parent) ? `${paths.get(parent)} › ${name}` : name);
  return paths;
}

/** @param {Node} node @param {string} group @returns {Fields} */
function fieldsOf(node, group) {
  const lower = (/** @type {string} */ text) => text.toLowerCase();
  return {
    names: node.name === null ? [] : [...new Set([node.name, node.id].map(lower))],
    parts: node.name === null ? [called(node), node.id].map(lower) : [],
    ops: [...new Set([node.op, node.label, node.use ?? node.role].map(lower))],
    group: lower(group),
    formula: node.role === "operation" ? lower(node.formula) : "",
  };
}
