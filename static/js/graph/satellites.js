/**
 * Parameters are not the flow. In a large picture a parameter that one item uses is drawn small, at that item: its
 * satellite. Those that the same several items share, as the turns of a loop do, are drawn small as well, all in one
 * place. So what flows from data to loss is one line to follow. One that is shared alone stays a node, as a tied
 * embedding does. What a parameter is follows from its name (`app/engine/notation/roles.py`).
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./drawing.js").Drawing} Drawing
 * @typedef {import("./drawing.js").Item} Item
 * @typedef {"auto" | "beside" | "flow"} Parameters  where they are drawn; auto: beside in large programs
 * @typedef {{host: number | null, shared: string, tiny: boolean}} Satellite  host: the item that uses it; null if several
 *   do; shared: these, equal for all that stand in one place; tiny: one of so many that only its light is drawn
 * @typedef {ReadonlyMap<Item, Satellite>} Satellites
 */

/** Programs with at most this many nodes show their parameters in the flow, with all numbers. */
const AT_A_GLANCE = { tensor: 24, scalar: 120 };
/** An item with more satellites shows their lights, without names. */
const MOST_NAMED = 6;
/** An item with more inputs has parameters among them, whatever their names. */
const MOST_DATA = 4;

/** @param {Trace} trace @returns {boolean} whether it is too large for all its numbers to be read at once */
export const isLarge = ({ nodes, detail }) =>
  nodes.length > (detail === "scalar" ? AT_A_GLANCE.scalar : AT_A_GLANCE.tensor);

/** @param {Trace} trace @param {Parameters} wish @returns {boolean} whether parameters stand beside what uses them */
export const besideIn = (trace, wish) => (wish === "auto" ? isLarge(trace) : wish === "beside");

/**
 * @param {Trace} trace @param {Drawing} drawing @param {Parameters} wish
 * @returns {Satellites} by item; depends on structure and open groups, never on values
 */
export function satellitesOf(trace, { items, lines, within }, wish) {
  /** @type {Map<Item, Satellite>} */
  const found = new Map();
  if (!besideIn(trace, wish)) return found;
  /** @type {Map<number, Set<number>>} */
  const users = new Map();
  for (const { source, target } of lines) users.set(source, (users.get(source) ?? new Set()).add(target));
  const free = items.map((item, i) => users.has(i) && item.kind === "node" && mayStandBeside(trace, item));
  // What no name tells may be the data: it leaves the flow only where something else flows in, or where there is more
  // of it than a program has data.
  const fed = new Set(lines.filter(({ source }) => !free[source]).map(({ target }) => target));
  for (const [host, count] of countOf(lines.map(({ target }) => target))) if (count > MOST_DATA) fed.add(host);
  const turns = new Set(trace.groups.filter(({ kind }) => kind === "turn").map(({ id }) => id));
  // An open turn uses what any of its nodes does: so its parameters stay together with those of the closed ones.
  const turnOf = (/** @type {number} */ host) => {
    const around = within[host];
    return around !== null && turns.has(around) ? around : String(host);
  };
  /** By those that use them. @type {Map<string, {hosts: number[], members: Item[]}>} */
  const together = new Map();
  items.forEach((item, i) => {
    if (item.kind !== "node" || !free[i]) return;
    const hosts = [.../** @type {Set<number>} */ (users.get(i))].sort((a, b) => a - b);
    if (trace.nodes[item.node].use !== "parameter" && !hosts.every((host) => fed.has(host))) return;
    const key = hosts.length === 1 ? String(hosts[0]) : [...new Set(hosts.map(turnOf))].join();
    together.set(key, { hosts, members: [...(together.get(key)?.members ?? []), item] });
  });
  for (const [shared, { hosts, members }] of together) {
    const host = hosts.length === 1 ? hosts[0] : null;
    if (host === null && members.length === 1) continue;
    for (const item of members) found.set(item, { host, shared, tiny: members.length > MOST_NAMED });
  }
  return found;
}

/**
 * @param {Trace} trace
 * @param {import("./drawing.js").NodeItem} item  a leaf that is given and is neither data nor a target
 */
const mayStandBeside = ({ nodes }, { node }) =>
  nodes[node].role === "input" && (nodes[node].use === null || nodes[node].use === "parameter");

/** @param {number[]} keys @returns {Map<number, number>} how often each occurs */
function countOf(keys) {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}
