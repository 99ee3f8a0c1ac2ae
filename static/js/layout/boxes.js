/**
 * Boxes of groups, fitted around their members after these have moved.
 * @typedef {import("./read.js").Box} Box
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 */

/** @param {Box} box @returns {Point} */
export const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

/** @param {Box} a @param {Box} b @returns {boolean} whether they overlap; touching does not count */
export const overlap = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const MARGIN = 12;
/** Room for the title above the members, px. */
const HEAD = 20;

/**
 * @param {Point[]} centres
 * @param {Pick<import("./dot.js").LayoutGraph, "nodes" | "groups">} graph
 * @returns {(Box | null)[]} null for groups with nothing drawn
 */
export function boxesAround(centres, { nodes, groups }) {
  const at = new Map(groups.map(({ id }, i) => [id, i]));
  const bounds = groups.map(() => ({ left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }));
  /** @param {string | null} group @param {{left: number, top: number, right: number, bottom: number}} inner */
  const widen = (group, inner) => {
    const i = group === null ? undefined : at.get(group);
    if (i === undefined) return;
    const outer = bounds[i];
    outer.left = Math.min(outer.left, inner.left - MARGIN);
    outer.top = Math.min(outer.top, inner.top - HEAD - MARGIN / 2);
    outer.right = Math.max(outer.right, inner.right + MARGIN);
    outer.bottom = Math.max(outer.bottom, inner.bottom + MARGIN);
  };
  nodes.forEach(({ width, height, group }, i) => {
    const { x, y } = centres[i];
    widen(group, { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 });
  });
  // Parents precede children, so going backwards widens the innermost boxes first.
  for (let i = groups.length - 1; i >= 0; i -= 1) if (bounds[i].left < Infinity) widen(groups[i].parent, bounds[i]);
  return bounds.map(({ left, top, right, bottom }) =>
    left < Infinity ? { x: left, y: top, width: right - left, height: bottom - top } : null,
  );
}

/**
 * A layout whose points have moved, with boxes fitted again.
 * @param {Layout} layout @param {Pick<import("./dot.js").LayoutGraph, "nodes" | "groups">} graph
 * @param {(point: Point) => Point} move @param {{width: number, height: number}} size the new one @returns {Layout}
 */
export function movedLayout(layout, graph, move, { width, height }) {
  const nodes = layout.nodes.map(move);
  const edges = layout.edges.map((points) => points.map(move));
  return { ...layout, nodes, edges, groups: boxesAround(nodes, graph), width, height };
}
