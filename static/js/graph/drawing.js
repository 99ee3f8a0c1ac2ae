/**
 * What is drawn of a trace: items (a node, or a closed group instead of its members) and the lines between them. It
 * depends on the structure and on which groups are open, never on values.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").WireGroup} WireGroup
 *
 * @typedef {{kind: "node", key: string, node: number}} NodeItem
 * @typedef {object} GroupItem  a closed group
 * @property {"group"} kind
 * @property {string} key      the group's id (a node item's key is the node's id)
 * @property {number} group    index in trace.groups
 * @property {number} result   the node whose value leaves the group
 * @property {import("./bundle.js").Elements | null} elements  set if the group is an array opened into scalars
 * @property {number[]} nodes  every node inside, at any depth
 * @typedef {NodeItem | GroupItem} Item
 *
 * @typedef {object} Line  a connection from one item to another
 * @property {number} source  item
 * @property {number} target  item
 * @property {number[]} edges  one edge, or all edges bundled at a closed group
 *
 * @typedef {object} Drawing
 * @property {Item[]} items
 * @property {Int32Array} itemOf  node -> the item that shows it; -1: folded away
 * @property {Line[]} lines
 * @property {Int32Array} lineOf  edge -> line; -1: inside a closed group, or folded away
 * @property {number[]} boxes     open groups that hold something drawn, outer ones first
 * @property {(string | null)[]} within  item -> the id of the box around it
 * @property {Map<number, string>} glyphs  node -> its op's glyph with constants folded in
 * @property {Set<string>} open   ids of the open groups, including those opened automatically, and those that open as soon
 *   as their inside arrives
 * @property {string} key  equal for identical drawings
 */
import { besideIn, elementsOf } from "./bundle.js";
import { fold } from "./fold.js";
import { isLarge } from "./satellites.js";

/**
 * Groups open automatically while the drawing has at most this many items. Scalar detail allows more: it was asked for.
 * Of a large program, whose items are read as names and lights, fewer are taken in; its parameters do not count.
 */
const AT_A_GLANCE = { tensor: 30, scalar: 120, large: 14 };
/**
 * Those of a small program open while no way through its drawing has more items and levels of boxes: a longer one fits
 * too small to read.
 */
const LONGEST = 11;
/**
 * A program that is a single function call opens that call if it then has at most this many items. More equal
 * steps than can be read stay closed: their light, step by step, is on their card.
 */
const ONE_CALL = 300;

/**
 * @param {Trace} trace
 * @param {ReadonlySet<string> | null} open  ids of open groups; null: as many levels as fit at a glance
 * @returns {Drawing}
 */
export function drawingOf(trace, open) {
  const { nodes, edges, groups } = trace;
  const { folded, glyphs } = fold(trace);
  const tree = groupTree(trace, folded);
  const wanted = open === null ? automatic(trace, folded, tree) : groups.map(({ id }) => open.has(id));
  // A group whose inside has not arrived is drawn closed until it has.
  const opened = wanted.map((isWanted, at) => isWanted && !groups[at].inside);
  const cover = coverOf(tree, opened);

  /** @type {Item[]} */
  const items = [];
  const itemOf = new Int32Array(nodes.length).fill(-1);
  /** @type {Map<number, number>} */
  const closed = new Map();
  for (const { index, id } of nodes) {
    const group = tree.of[index];
    const outer = group < 0 ? -1 : cover[group];
    if (outer < 0) {
      if (folded.has(index)) continue;
      itemOf[index] = items.length;
      items.push({ kind: "node", key: id, node: index });
    } else if (tree.filled[outer]) {
      let at = closed.get(outer);
      if (at === undefined) {
        at = items.length;
        closed.set(outer, at);
        items.push({ kind: "group", key: groups[outer].id, group: outer, result: -1, elements: null, nodes: [] });
      }
      itemOf[index] = at;
      /** @type {GroupItem} */ (items[at]).nodes.push(index);
    }
  }
  for (const at of closed.values()) {
    const item = /** @type {GroupItem} */ (items[at]);
    const leaving = leavingFrom(trace, item.nodes, (node) => itemOf[node] === at);
    item.result = shownResult(trace, groups[item.group], leaving) ?? item.nodes[item.nodes.length - 1];
    if (groups[item.group].kind === "scalar") item.elements = elementsOf(trace, leaving);
    if (groups[item.group].kind === "beside") item.elements = besideIn(trace, groups[item.group]);
  }

  /** @type {Line[]} */
  const lines = [];
  const lineOf = new Int32Array(edges.length).fill(-1);
  /** @type {Map<string, number>} */
  const bundles = new Map();
  for (const edge of edges) {
    const [source, target] = [itemOf[edge.source], itemOf[edge.target]];
    if (source < 0 || target < 0 || source === target) continue;
    // x + x shows both of its edges; edges between the same two items, one a closed group, share one line.
    const single = items[source].kind === "node" && items[target].kind === "node";
    const key = single ? `edge ${edge.index}` : `${source} ${target}`;
    let at = bundles.get(key);
    if (at === undefined) {
      at = lines.length;
      bundles.set(key, at);
      lines.push({ source, target, edges: [] });
    }
    lineOf[edge.index] = at;
    lines[at].edges.push(edge.index);
  }

  const around = items.map((item) => (item.kind === "node" ? tree.of[item.node] : tree.parent[item.group]));
  const drawn = new Set();
  for (const group of around) for (let at = group; at >= 0 && !drawn.has(at); at = tree.parent[at]) drawn.add(at);
  const boxes = groups.map((_, at) => at).filter((at) => drawn.has(at));
  return {
    items,
    itemOf,
    lines,
    lineOf,
    boxes,
    glyphs,
    within: around.map((group) => (group < 0 ? null : groups[group].id)),
    open: new Set(groups.filter((_, at) => wanted[at]).map(({ id }) => id)),
    key: `${trace.key}\n${boxes.join()}`,
  };
}

/**
 * @typedef {object} Tree
 * @property {Int32Array} parent  group -> its parent group; -1: none
 * @property {Int32Array} depth   0 for outermost groups
 * @property {Int32Array} of      node -> its innermost group; -1: none
 * @property {boolean[]} filled   group -> whether it holds anything to draw, at any depth
 */

/** @param {Trace} trace @param {Set<number>} folded @returns {Tree} */
function groupTree({ nodes, groups }, folded) {
  const at = new Map(groups.map(({ id }, i) => [id, i]));
  const parent = Int32Array.from(groups, (group) => (group.parent === null ? -1 : (at.get(group.parent) ?? -1)));
  const depth = new Int32Array(groups.length);
  // Parents precede children.
  parent.forEach((outer, i) => (depth[i] = outer < 0 ? 0 : depth[outer] + 1));
  const of = Int32Array.from(nodes, ({ group }) => (group === null ? -1 : (at.get(group) ?? -1)));
  const filled = groups.map(() => false);
  for (const { index } of nodes) {
    if (!folded.has(index))
      for (let group = of[index]; group >= 0 && !filled[group]; group = parent[group]) filled[group] = true;
  }
  return { parent, depth, of, filled };
}

/**
 * @param {Tree} tree
 * @param {boolean[]} opened
 * @returns {Int32Array} group -> the outermost closed group that hides it; -1: none
 */
function coverOf({ parent }, opened) {
  const cover = new Int32Array(opened.length);
  opened.forEach((isOpen, i) => {
    const outer = parent[i] < 0 ? -1 : cover[parent[i]];
    cover[i] = outer >= 0 ? outer : isOpen ? -1 : i;
  });
  return cover;
}

/**
 * Opens as many levels as fit at a glance.
 * @param {Trace} trace @param {Set<number>} folded @param {Tree} tree @returns {boolean[]}
 */
function automatic(trace, folded, { parent, depth, of }) {
  const { nodes, edges, detail, groups } = trace;
  const large = detail !== "scalar" && isLarge(trace);
  const levels = depth.reduce((most, each) => Math.max(most, each + 1), 0);
  /** With this many levels open: how many items, whether one call is all, and how long the longest way is. @param {number} level */
  const count = (level) => {
    const cover = coverOf(
      { parent, depth, of, filled: [] },
      [...depth].map((each, at) => each < level && !groups[at].inside),
    );
    const closed = new Set();
    /** How many items lead to each, itself included: by node, and by closed group behind the nodes. */
    const ways = new Int32Array(nodes.length + groups.length);
    const itemAt = (/** @type {number} */ node) => {
      const outer = of[node] < 0 ? -1 : cover[of[node]];
      return outer < 0 ? node : nodes.length + outer;
    };
    let [items, inner, longest] = [0, 0, 0];
    for (const { index, role, use, ins } of nodes) {
      const item = itemAt(index);
      const before = ins.map((edge) => itemAt(edges[edge].source)).filter((from) => from !== item);
      ways[item] = Math.max(ways[item], 1 + before.reduce((most, from) => Math.max(most, ways[from]), 0));
      longest = Math.max(longest, ways[item]);
      if (item >= nodes.length) closed.add(item);
      else if (!folded.has(index)) {
        if (!large || use !== "parameter") items += 1;
        if (role === "operation") inner += 1;
      }
    }
    const long = [...closed].some((item) => groups[item - nodes.length].turns.length > LONGEST);
    return { items: items + closed.size, single: !long && inner + closed.size === 1, longest };
  };
  const few = detail === "scalar" ? AT_A_GLANCE.scalar : large ? AT_A_GLANCE.large : AT_A_GLANCE.tensor;
  const small = detail !== "scalar" && !large;
  let level = 0;
  for (let next = 1; next <= levels; next += 1) {
    const { items, longest } = count(next);
    const seen = items <= few && (!small || longest + next <= LONGEST);
    if (seen || (level === next - 1 && count(level).single && items <= ONE_CALL)) level = next;
  }
  return [...depth].map((each, at) => each < level && !groups[at].inside);
}

/**
 * The results of a group: the output if it is inside, otherwise the members that nodes outside use.
 * @param {Trace} trace @param {number[]} members @param {(node: number) => boolean} inside @returns {number[]}
 */
function leavingFrom({ nodes, edges, outputIndex }, members, inside) {
  if (inside(outputIndex)) return [outputIndex];
  return members.filter((node) => nodes[node].outs.some((edge) => !inside(edges[edge].target)));
}

/**
 * @param {Trace} trace @param {WireGroup | undefined} group @param {number[]} leaving its results
 * @returns {number | undefined} the one that stands for it: the last, but of a turn that also adds to a loss the state
 *   that it passes on
 */
const shownResult = ({ nodes }, group, leaving) =>
  (group?.kind === "turn" ? leaving.find((node) => nodes[node].id === group.turns[0]) : undefined) ?? leaving.at(-1);

/**
 * @param {Drawing} drawing
 * @param {Trace} trace
 * @param {string} id of a node or a group
 * @returns {number} the item that shows it; -1: none
 */
export function itemFor({ items, itemOf }, trace, id) {
  const node = trace.byId.get(id);
  if (node !== undefined) return itemOf[node];
  return items.findIndex(({ key }) => key === id);
}

/**
 * The node that represents a group, open or closed.
 * @param {Trace} trace @param {string} id @returns {number | null} null if there is no such group, or it is empty
 */
export function resultOfGroup(trace, id) {
  const members = membersOf(trace, id);
  const inside = new Set(members);
  const group = trace.groups.find((each) => each.id === id);
  return (
    shownResult(
      trace,
      group,
      leavingFrom(trace, members, (node) => inside.has(node)),
    ) ??
    members.at(-1) ??
    null
  );
}

/** @param {Pick<Trace, "groups">} trace @param {string} id of a group @returns {Set<string>} the ids of it and of all groups in it */
function within({ groups }, id) {
  const inside = new Set([id]);
  for (const group of groups) if (group.parent !== null && inside.has(group.parent)) inside.add(group.id);
  return inside;
}

/** @param {Trace} trace @param {string} id of a group @returns {number[]} the nodes inside, at any depth */
export function membersOf(trace, id) {
  const inside = within(trace, id);
  return trace.nodes.filter(({ group }) => group !== null && inside.has(group)).map(({ index }) => index);
}

/** @param {Trace} trace @param {string} id of a group @returns {number} how many operations are in it, told or not */
export function operationsIn(trace, id) {
  const inside = within(trace, id);
  const hidden = trace.groups.filter((group) => group.inside && inside.has(group.id));
  const results = new Set(hidden.map((group) => group.id));
  const told = trace.nodes.filter(
    ({ role, group }) => role === "operation" && group !== null && inside.has(group) && !results.has(group),
  );
  return hidden.reduce((count, group) => count + (group.inside?.operations ?? 0), told.length);
}

/** How a group of each kind is described. @type {Record<WireGroup["kind"], string>} */
const KINDS = {
  call: "a function of",
  region: "a part of",
  part: "a part of",
  scalar: "an array, made of",
  repeat: "equal steps,",
  beside: "side by side,",
  turn: "one of equal steps, of",
};

/** @param {WireGroup["kind"]} kind @param {number} count @returns {string} "a function of 3 operations" */
export const inside = (kind, count) =>
  `${KINDS[kind]} ${count} ${kind === "scalar" ? "scalar " : ""}${count === 1 ? "operation" : "operations"}`;
