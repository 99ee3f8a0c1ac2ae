/**
 * Parameters are not the flow. In a large picture a parameter that one item uses is drawn small, at that item: its
 * satellite. So what flows from data to loss is one line to follow. A parameter that several items share stays a node.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./drawing.js").Drawing} Drawing
 * @typedef {import("./drawing.js").Item} Item
 * @typedef {"auto" | "beside" | "flow"} Parameters  where they are drawn; auto: beside in large programs
 * @typedef {{host: number, tiny: boolean}} Satellite  host: the item that uses it; tiny: one of so many that only its
 *   light is drawn
 * @typedef {ReadonlyMap<Item, Satellite>} Satellites
 */

/** Programs with at most this many nodes show their parameters in the flow, with all numbers. */
const AT_A_GLANCE = { tensor: 24, scalar: 120 };
/** An item with more satellites shows their lights, without names. */
const MOST_NAMED = 6;

/** @param {Trace} trace @returns {boolean} whether it is too large for all its numbers to be read at once */
export const isLarge = ({ nodes, detail }) =>
  nodes.length > (detail === "scalar" ? AT_A_GLANCE.scalar : AT_A_GLANCE.tensor);

/** @param {Trace} trace @param {Parameters} wish @returns {boolean} whether parameters stand beside what uses them */
export const besideIn = (trace, wish) => (wish === "auto" ? isLarge(trace) : wish === "beside");

/**
 * @param {Trace} trace @param {Drawing} drawing @param {Parameters} wish
 * @returns {Satellites} by item; depends on structure and open groups, never on values
 */
export function satellitesOf(trace, { items, lines }, wish) {
  /** @type {Map<Item, Satellite>} */
  const found = new Map();
  if (!besideIn(trace, wish)) return found;
  /** The only item that uses each; -1: several do. @type {Map<number, number>} */
  const users = new Map();
  for (const { source, target } of lines)
    users.set(source, users.has(source) && users.get(source) !== target ? -1 : target);
  const free = items.map((item, i) => (users.get(i) ?? -1) >= 0 && item.kind === "node" && mayStandBeside(trace, item));
  // What no name tells may be the data: it leaves the flow only where something else flows in.
  const fed = new Set(lines.filter(({ source }) => !free[source]).map(({ target }) => target));
  /** @type {Map<number, Item[]>} */
  const around = new Map();
  items.forEach((item, i) => {
    const host = users.get(i) ?? -1;
    if (item.kind !== "node" || !free[i] || !(fed.has(host) || trace.nodes[item.node].use === "parameter")) return;
    around.set(host, [...(around.get(host) ?? []), item]);
  });
  for (const [host, members] of around)
    for (const item of members) found.set(item, { host, tiny: members.length > MOST_NAMED });
  return found;
}

/**
 * @param {Trace} trace
 * @param {import("./drawing.js").NodeItem} item  a leaf that is given and is neither data nor a target
 */
const mayStandBeside = ({ nodes }, { node }) =>
  nodes[node].role === "input" && (nodes[node].use === null || nodes[node].use === "parameter");
