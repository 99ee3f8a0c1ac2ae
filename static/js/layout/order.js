/**
 * DOT text that fixes the rank of every node, and the order within each rank as it was in the previous layout.
 *
 * Graphviz cannot combine order constraints with its own clusters (it drops edges that cross a cluster when it orders).
 * So a box is held together by its border instead: in each rank that it spans, an invisible point above and one below
 * its members, joined by invisible straight lines.
 *
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 * @typedef {import("./stable_order.js").Former} Former
 *
 * @typedef {object} Entry  a member of a rank
 * @property {string} name
 * @property {number} group  the box around it; -1: none
 * @property {number} own    sort key within its box
 * @property {number} tie    tie-break: its position in the unconstrained layout
 */
import { middleOf } from "./boxes.js";
import { head, nodeLines } from "./dot.js";

/** Positions closer than this count as equal, px. */
const SAME = 1;

/** @param {LayoutGraph} graph @param {Layout} free */
function axes({ direction }, { nodes, groups }) {
  const across = direction === "LR";
  return {
    along: (/** @type {number} */ i) => (across ? nodes[i].x : nodes[i].y),
    beside: (/** @type {number} */ i) => (across ? nodes[i].y : nodes[i].x),
    middle: (/** @type {number} */ i) => {
      const box = groups[i];
      return box === null ? 0 : middleOf(box)[across ? "y" : "x"];
    },
  };
}

/** @param {LayoutGraph} graph @param {Layout} layout @returns {number[]} node -> its rank, from 0 */
export function ranksOf(graph, layout) {
  const { along } = axes(graph, layout);
  const rank = new Array(graph.nodes.length).fill(0);
  let [at, last] = [-1, -Infinity];
  for (const i of graph.nodes.map((_, i) => i).sort((a, b) => along(a) - along(b))) {
    if (along(i) - last > SAME) at += 1;
    last = along(i);
    rank[i] = at;
  }
  return rank;
}

/**
 * Counts pairs whose order was reversed, among those that shared a rank before or share one now.
 * @param {LayoutGraph} graph @param {Layout} layout @param {Former} former @returns {number}
 */
export function swapsIn(graph, layout, former) {
  const { beside } = axes(graph, layout);
  const rank = ranksOf(graph, layout);
  const { places, ranks } = remembered(graph, former);
  const known = graph.nodes.map((_, i) => i).filter((i) => places[i] !== null);
  let count = 0;
  known.forEach((a, i) => {
    for (const b of known.slice(i + 1)) {
      const together = rank[a] === rank[b] || Math.abs(Number(ranks[a]) - Number(ranks[b])) < SAME;
      const [was, is] = [Number(places[a]) - Number(places[b]), beside(a) - beside(b)];
      if (together && was * is < 0 && Math.min(Math.abs(was), Math.abs(is)) > SAME) count += 1;
    }
  });
  return count;
}

/**
 * The previous position of everything across and along the flow; null if it was not there.
 * @param {LayoutGraph} graph @param {Former} former
 */
function remembered({ nodes, groups, direction }, former) {
  const [across, along] = direction === "LR" ? /** @type {const} */ (["y", "x"]) : /** @type {const} */ (["x", "y"]);
  const of = (/** @type {string | undefined} */ key, /** @type {"x" | "y"} */ axis) =>
    (key === undefined ? undefined : former.get(key))?.[axis] ?? null;
  return {
    places: nodes.map(({ key }) => of(key, across)),
    ranks: nodes.map(({ key }) => of(key, along)),
    groups: groups.map(({ id }) => of(id, across)),
  };
}

/**
 * @param {LayoutGraph} graph
 * @param {Layout} free  the unconstrained layout: gives the ranks, and the order of new items
 * @param {Former} former
 * @param {number} reach  how many neighbours on each side stay linked when their rank splits
 * @returns {string} DOT text
 */
export function orderedDot(graph, free, former, reach) {
  const { nodes, edges, groups } = graph;
  const { beside, middle } = axes(graph, free);
  const rank = ranksOf(graph, free);
  const before = remembered(graph, former);
  const at = new Map(groups.map(({ id }, i) => [id, i]));
  const parent = groups.map((group) => (group.parent === null ? -1 : (at.get(group.parent) ?? -1)));
  const depth = groups.map(() => 0);
  /** Sort keys of groups. Members of a group that was closed inherit its position. */
  const places = before.groups;
  // Parents precede children.
  parent.forEach((outer, i) => {
    if (outer >= 0) depth[i] = depth[outer] + 1;
    places[i] ??= outer < 0 ? middle(i) : places[outer];
  });
  const within = nodes.map(({ group }) => (group === null ? -1 : (at.get(group) ?? -1)));
  const place = (/** @type {number} */ i) =>
    before.places[i] ?? (within[i] < 0 ? beside(i) : Number(places[within[i]]));

  const span = groups.map(() => ({ first: Infinity, last: -Infinity }));
  within.forEach((group, i) => {
    for (let g = group; g >= 0; g = parent[g])
      span[g] = { first: Math.min(span[g].first, rank[i]), last: Math.max(span[g].last, rank[i]) };
  });
  /** @type {Entry[][]} */
  const ranks = Array.from({ length: Math.max(...rank) + 1 }, () => []);
  const lines = [...head(graph, false), ...nodeLines(graph)];
  lines.push("node [width=0.01, height=0.01, style=invis]", "{ edge [style=invis, weight=100, tailport=_, headport=_]");
  nodes.forEach((_, i) => ranks[rank[i]].push({ name: `n${i}`, group: within[i], own: place(i), tie: beside(i) }));
  span.forEach(({ first, last }, g) => {
    for (const [side, own] of /** @type {const} */ ([
      ["t", -Infinity],
      ["b", Infinity],
    ])) {
      for (let r = first; r <= last; r += 1) ranks[r].push({ name: `${side}${g}_${r}`, group: g, own, tie: 0 });
      if (last > first)
        lines.push(Array.from({ length: last - first + 1 }, (_, i) => `${side}${g}_${first + i}`).join(" -> "));
    }
  });
  // When two nodes leave a shared rank, an invisible edge to the other's new rank keeps their order.
  const known = nodes.map((_, i) => i).filter((i) => before.places[i] !== null);
  known.sort(
    (a, b) => Number(before.ranks[a]) - Number(before.ranks[b]) || Number(before.places[a]) - Number(before.places[b]),
  );
  /** @type {Map<number, Set<number>>} node -> the ranks it is linked to */
  const hands = new Map();
  known.forEach((b, i) => {
    for (let j = i - 1; j >= Math.max(0, i - reach); j -= 1) {
      const a = known[j];
      if (Math.abs(Number(before.ranks[a]) - Number(before.ranks[b])) > SAME) break;
      const [early, late] = rank[a] < rank[b] ? [a, b] : [b, a];
      if (rank[early] < rank[late]) hands.set(early, (hands.get(early) ?? new Set()).add(rank[late]));
    }
  });
  for (const [node, reached] of hands) {
    const far = [...reached].sort((a, b) => a - b);
    lines.push([`n${node}`, ...far.map((r) => `h${node}_${r}`)].join(" -> "));
    let group = within[node];
    for (const r of far) {
      while (group >= 0 && span[group].last < r) group = parent[group];
      ranks[r].push({ name: `h${node}_${r}`, group, own: place(node), tie: beside(node) });
    }
  }
  lines.push("}");

  const level = (/** @type {number} */ group) => (group < 0 ? -1 : depth[group]);
  /** Two entries compare as the outermost boxes that contain only one of them. @param {Entry} a @param {Entry} b */
  const compare = (a, b) => {
    let [x, y] = [a.group, b.group];
    let [left, right] = [
      [a.own, a.tie],
      [b.own, b.tie],
    ];
    while (x !== y) {
      if (level(x) >= level(y)) {
        left = [Number(places[x]), middle(x)];
        x = parent[x];
      } else {
        right = [Number(places[y]), middle(y)];
        y = parent[y];
      }
    }
    return left[0] === right[0] ? left[1] - right[1] : left[0] - right[0];
  };
  // Each rank starts with a point that ties it to the next rank, followed by its entries in order.
  ranks.forEach((entries, r) => {
    const row = [`r${r}`, ...entries.sort(compare).map(({ name }) => name)];
    lines.push(`{ rank=same; edge [style=invis, tailport=_, headport=_]; ${row.join(" -> ")} }`);
    if (r > 0) lines.push(`r${r - 1} -> r${r} [style=invis, weight=100, tailport=_, headport=_]`);
  });
  for (const { source, target } of edges) lines.push(`n${source} -> n${target}`);
  return [...lines, "}"].join("\n");
}
