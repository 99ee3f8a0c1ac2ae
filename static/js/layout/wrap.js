/**
 * Wraps a long chain into rows, as a line of text is wrapped, so that it fits at twice the scale or more. Rows are cut
 * between ranks, never through a group's box. An edge across a cut runs back to the left between the rows; those of one
 * node run back as one line.
 *
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./read.js").Point} Point
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {{left: number, right: number, top: number, bottom: number, shift: Point}} Row  in the original layout;
 *   shift: how far it moves
 */
import { boxesAround } from "./boxes.js";
import { gapsOf } from "./rank_spacing.js";
import { straight } from "./spline.js";

/** Space between rows for the first edge and for each further one, px. */
const GAP = 56;
const LANE = 14;
/** Space at the ends of a row for edges that turn back, px. */
const TURN = 34;
/** Smallest gain in scale for which wrapping is worth it. */
const GAIN = 1.25;
/** Below this scale numbers are lost, so that less of a gain is worth it. */
const ILLEGIBLE = 0.5;
const SMALL_GAIN = 1.08;
/** Most edges that may cross one cut. */
const MOST_OVER = 5;
/** How far from rows of equal width a cut may be for each line that it spares, px. */
const SPARED = 80;
/** A segment within this distance of the cut passes no node, px. */
const SHORT = 90;
const MOST_ROWS = 8;
/** So many lines that run back halve what a wrapped drawing is worth: a few are followed, many are a tangle. */
const FEW = 8;

/**
 * @param {Layout} layout
 * @param {Pick<LayoutGraph, "nodes" | "groups" | "edges">} graph what was laid out
 * @param {{width: number, height: number}} window px
 * @param {number} readable at this scale or above the drawing is legible and is left as it is
 * @returns {Layout} the same object if wrapping gains nothing
 */
export function wrap(layout, graph, window, readable) {
  if (layout.direction !== "LR") return layout;
  const scale = scaleOf(layout, window);
  if (scale >= readable) return layout;
  const cuts = cutsOf(layout, graph);
  const crossing = new Map(cuts.map((x) => [x, lanesAt(layout, graph, x).count]));
  const linesOver = (/** @type {number} */ x) => crossing.get(x) ?? 0;
  const worthOf = (/** @type {Layout} */ each) => scaleOf(each, window) * clarity(each, graph);
  /** @type {Layout} */
  let best = layout;
  for (let count = 2; count <= Math.min(MOST_ROWS, cuts.length + 1); count += 1) {
    const chosen = choose(cuts, layout.width, count, linesOver);
    if (chosen.length !== count - 1) continue;
    const wrapped = lay(layout, graph, chosen);
    if (worthOf(wrapped) > worthOf(best)) best = wrapped;
  }
  return scaleOf(best, window) >= scale * (scale < ILLEGIBLE ? SMALL_GAIN : GAIN) ? best : layout;
}

/**
 * @param {Layout} layout that runs from left to right @param {Pick<LayoutGraph, "edges">} graph
 * @returns {number} up to 1: the less, the more of its lines run back; those of one node run as one
 */
export function clarity(layout, { edges }) {
  const back = layout.edges.flatMap((points, i) => (laneOf(points) === null ? [] : [edges[i].source]));
  return FEW / (FEW + new Set(back).size);
}

/** @param {Point[]} points of a line from left to right @returns {number | null} the height at which it runs back, if it does */
export const laneOf = (points) => points.find(({ x }, i) => i % 3 === 0 && i > 0 && x < points[i - 3].x)?.y ?? null;

/** @param {{width: number, height: number}} picture @param {{width: number, height: number}} window */
const scaleOf = (picture, window) => Math.min(window.width / picture.width, window.height / picture.height);

/**
 * Where a row may end: between two ranks, outside every box, and crossed by few edges.
 * @param {Layout} layout @param {Pick<LayoutGraph, "nodes" | "edges">} graph
 * @returns {number[]} x, ascending
 */
function cutsOf(layout, { nodes, edges }) {
  const cuts = gapsOf(layout, { nodes }).map(({ from, to }) => (from + to) / 2);
  return cuts.filter((x) => edges.filter((_, i) => over(layout.edges[i], x)).length <= MOST_OVER);
}

/** @param {Point[]} points @param {number} x */
const over = (points, x) => points[0].x < x && /** @type {Point} */ (points.at(-1)).x > x;

/**
 * The cuts that come closest to rows of equal width, and that few lines cross.
 * @param {number[]} cuts @param {number} width @param {number} count of rows
 * @param {(x: number) => number} linesOver  how many lines cross a cut
 */
function choose(cuts, width, count, linesOver) {
  /** @type {number[]} */
  const chosen = [];
  for (let row = 1; row < count; row += 1) {
    const ideal = (width * row) / count;
    const free = cuts.filter((x) => x > (chosen.at(-1) ?? 0));
    if (free.length === 0) break;
    const cost = (/** @type {number} */ x) => Math.abs(x - ideal) + SPARED * linesOver(x);
    chosen.push(free.reduce((best, x) => (cost(x) < cost(best) ? x : best)));
  }
  return chosen;
}

/**
 * @param {Layout} layout @param {Pick<LayoutGraph, "nodes" | "groups" | "edges">} graph @param {number[]} cuts
 * @returns {Layout}
 */
function lay(layout, graph, cuts) {
  const borders = [-Infinity, ...cuts, Infinity];
  const rowOf = (/** @type {number} */ x) => borders.findIndex((border, i) => i > 0 && x < border) - 1;
  const lanes = cuts.map((x) => lanesAt(layout, graph, x));
  const side = TURN + LANE * Math.max(0, ...lanes.map(({ count }) => count - 1));
  const rows = extents(layout, graph, borders);
  let y = 0;
  rows.forEach((row, i) => {
    row.shift = { x: side - row.left, y: y - row.top };
    y += row.bottom - row.top + GAP + LANE * Math.max(0, (lanes[i]?.count ?? 1) - 1);
  });
  const height = y - GAP;
  const width = Math.max(...rows.map(({ left, right }) => right - left)) + 2 * side;
  const nodes = layout.nodes.map((point) => moved(point, rows[rowOf(point.x)].shift));
  const edges = layout.edges.map((points, edge) => {
    const first = rowOf(points[0].x);
    const last = rowOf(/** @type {Point} */ (points.at(-1)).x);
    if (first >= last) return points.map((point) => moved(point, rows[first].shift));
    /** @type {Point[]} */
    let path = [];
    let rest = points;
    for (let row = first; row < last; row += 1) {
      const [before, after] = split(rest, cuts[row]);
      const here = before.map((point) => moved(point, rows[row].shift));
      const next = after.map((point) => moved(point, rows[row + 1].shift));
      const place = lanes[row].of(edge);
      const lane = rows[row].bottom + rows[row].shift.y + GAP / 2 + LANE * place;
      const right = rows[row].right + rows[row].shift.x + TURN / 2 + LANE * place;
      const left = TURN / 2 + LANE * (lanes[row].count - 1 - place);
      path = [
        ...path,
        ...(path.length ? here.slice(1) : here),
        ...back(/** @type {Point} */ (here.at(-1)), next[0], right, lane, left),
      ];
      rest = after;
    }
    return [...path, ...rest.slice(1).map((point) => moved(point, rows[last].shift))];
  });
  return { ...layout, nodes, edges, groups: boxesAround(nodes, graph), width, height, wrapped: true };
}

/**
 * Turns are nested: the topmost edge turns outermost on the right, runs in the lowest lane, and turns innermost on the
 * left. What one node sends on shares a lane.
 * @param {Layout} layout @param {Pick<LayoutGraph, "edges">} graph @param {number} x
 * @returns {{count: number, of: (edge: number) => number}} the lanes over a cut, and that of an edge, from the top
 */
function lanesAt({ edges }, graph, x) {
  /** @type {Map<number, number>} the height of each source's topmost edge at the cut */
  const heights = new Map();
  edges.forEach((points, edge) => {
    if (!over(points, x)) return;
    const { y } = /** @type {Point} */ (split(points, x)[0].at(-1));
    const { source } = graph.edges[edge];
    heights.set(source, Math.min(y, heights.get(source) ?? Infinity));
  });
  const lanes = new Map([...heights].sort(([, a], [, b]) => b - a).map(([source], lane) => [source, lane]));
  return { count: lanes.size, of: (edge) => lanes.get(graph.edges[edge].source) ?? 0 };
}

/**
 * @param {Layout} layout @param {Pick<LayoutGraph, "nodes">} graph @param {number[]} borders
 * @returns {Row[]} fitted around their members
 */
function extents(layout, graph, borders) {
  const rows = borders
    .slice(1)
    .map(() => ({ left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity, shift: { x: 0, y: 0 } }));
  /** @param {number} left @param {number} right @param {number} top @param {number} bottom */
  const widen = (left, right, top, bottom) => {
    const row = rows[borders.findIndex((border, i) => i > 0 && (left + right) / 2 < border) - 1];
    row.left = Math.min(row.left, left);
    row.right = Math.max(row.right, right);
    row.top = Math.min(row.top, top);
    row.bottom = Math.max(row.bottom, bottom);
  };
  graph.nodes.forEach(({ width, height }, i) => {
    const { x, y } = layout.nodes[i];
    widen(x - width / 2, x + width / 2, y - height / 2, y + height / 2);
  });
  for (const box of layout.groups) if (box) widen(box.x, box.x + box.width, box.y, box.y + box.height);
  // An edge may curve out beyond the nodes.
  for (const points of layout.edges) for (const { x, y } of points) widen(x, x, y, y);
  return rows;
}

/** @param {Point} point @param {Point} by */
const moved = (point, by) => ({ x: point.x + by.x, y: point.y + by.y });

/**
 * The path back: out to the right, down, left between the rows, down, and on to the right.
 * @param {Point} from @param {Point} to @param {number} right @param {number} lane @param {number} left
 * @returns {Point[]} cubic segments after `from`, the last one ending in `to`
 */
function back(from, to, right, lane, left) {
  const bend = TURN / 2;
  return [
    ...straight(from, { x: right - bend, y: from.y }),
    ...turn(
      { x: right - bend, y: from.y },
      { x: right + bend * 0.4, y: (from.y + lane) / 2 },
      { x: right - bend, y: lane },
    ),
    ...straight({ x: right - bend, y: lane }, { x: left + bend, y: lane }),
    ...turn({ x: left + bend, y: lane }, { x: left - bend * 0.4, y: (lane + to.y) / 2 }, { x: left + bend, y: to.y }),
    ...straight({ x: left + bend, y: to.y }, to),
  ];
}

/** @param {Point} a @param {Point} side the outermost point @param {Point} b @returns {Point[]} half an oval */
function turn(a, side, b) {
  const k = 0.55;
  return [
    { x: a.x + (side.x - a.x) * k, y: a.y },
    { x: side.x, y: side.y - (side.y - a.y) * k },
    side,
    { x: side.x, y: side.y + (b.y - side.y) * k },
    { x: b.x + (side.x - b.x) * k, y: b.y },
    b,
  ];
}

/**
 * Cuts a spline at x. A short segment across the cut is dropped: the path leaves its start and enters its end
 * horizontally, as at a node. Only a segment that passes other nodes is split.
 * @param {Point[]} points @param {number} x
 * @returns {[Point[], Point[]]} both as splines; a single point if nothing is left
 */
function split(points, x) {
  let first = 0;
  while (first + 3 < points.length - 1 && points[first + 3].x < x) first += 3;
  const [a, b, c, d] = points.slice(first, first + 4);
  // Splines run with the flow, so x grows along them: halving finds it.
  let [low, high] = [0, 1];
  for (let i = 0; i < 24; i += 1) {
    const t = (low + high) / 2;
    if (halves(a, b, c, d, t)[0][3].x < x) low = t;
    else high = t;
  }
  const [left, right] = halves(a, b, c, d, (low + high) / 2);
  return [
    x - a.x < SHORT ? points.slice(0, first + 1) : [...points.slice(0, first), ...levelled(left)],
    d.x - x < SHORT ? points.slice(first + 3) : [...levelled(right.reverse()).reverse(), ...points.slice(first + 4)],
  ];
}

/** @param {Point[]} piece @returns {Point[]} arriving horizontally */
const levelled = ([a, b, c, d]) => [a, b, { x: c.x, y: d.y }, d];

/**
 * De Casteljau's construction.
 * @param {Point} a
 * @param {Point} b
 * @param {Point} c
 * @param {Point} d
 * @param {number} t
 */
function halves(a, b, c, d, t) {
  const mix = (/** @type {Point} */ p, /** @type {Point} */ q) => ({
    x: p.x + (q.x - p.x) * t,
    y: p.y + (q.y - p.y) * t,
  });
  const [ab, bc, cd] = [mix(a, b), mix(b, c), mix(c, d)];
  const [abc, bcd] = [mix(ab, bc), mix(bc, cd)];
  const middle = mix(abc, bcd);
  return [
    [a, ab, abc, middle],
    [middle, bcd, cd, d],
  ];
}
