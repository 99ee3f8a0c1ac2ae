/**
 * Groups of a large trace whose inside the server has not told. Of such a group there are only its results: a node, or
 * all of them as one array, which has the group's id.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 */

/**
 * @param {Pick<Node, "op">} node
 * @returns {boolean} whether it is all results of a closed group as one array, and no operation
 */
export const isStandIn = ({ op }) => op === "group";

/**
 * @param {Pick<Trace, "groups">} trace @param {Pick<Node, "group">} node
 * @returns {boolean} whether it is a result of a closed group, so that what it is computed from is not told
 */
export const isResult = ({ groups }, { group }) => groups.some(({ id, inside }) => inside && id === group);

/** @param {Pick<Trace, "groups">} trace @returns {Set<string>} the ids of the groups whose inside is not told */
export const untold = ({ groups }) => new Set(groups.filter(({ inside }) => inside).map(({ id }) => id));

/**
 * @param {Pick<Trace, "groups">} trace
 * @returns {number} how many nodes are in closed groups, their results among them
 */
export const nodesUntold = ({ groups }) => groups.reduce((sum, { inside }) => sum + (inside?.nodes ?? 0), 0);

/** @param {Trace} trace how many nodes there are, in words: "383 of 5,211 nodes" */
export function countOf(trace) {
  const told = trace.nodes.length;
  if (!trace.open) return `${told} ${told === 1 ? "node" : "nodes"}`;
  const closed = untold(trace);
  const whole = nodesUntold(trace) + trace.nodes.filter(({ group }) => group === null || !closed.has(group)).length;
  return `${told.toLocaleString("en")} of ${whole.toLocaleString("en")} nodes`;
}

/**
 * The groups to ask for.
 * @param {Trace | null} trace the one at hand, of the same program; null: none
 * @param {ReadonlySet<string> | null} open the ids of the groups that the reader wants open; null: chosen automatically
 * @returns {string[] | null} null: the server chooses
 */
export function insideOf(trace, open) {
  if (open === null) return null;
  if (trace === null) return [...open].sort();
  const known = new Set(trace.groups.map(({ id }) => id));
  return [...open].filter((id) => known.has(id)).sort();
}

/**
 * @param {Trace | null} trace @param {ReadonlySet<string> | null} open
 * @returns {boolean} whether the inside of one of these is not told
 */
export const lacks = (trace, open) => {
  if (!trace?.open || open === null) return false;
  return trace.groups.some(({ id, inside }) => inside && open.has(id));
};
