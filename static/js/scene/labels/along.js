/**
 * Along a line: its points by length, and where on it or beside it a label may stand. Pure.
 * @typedef {import("../../layout/read.js").Point} Point
 * @typedef {{width: number, height: number}} Size
 * @typedef {Point & Size & {anchor?: "start" | "end"}} Spot  where a label may stand: the middle and the size of its room, and the
 *   side of it at which it begins or ends; without one it stands in the middle
 * @typedef {object} Along
 * @property {(t: number) => Point} at  by length, 0 at the source
 * @property {() => number} length  px
 */
import { pointOn } from "../../layout/read.js";

/** Points per spline: enough to look smooth, found once per line and only when its turn comes. */
const SAMPLES = 40;

/** Parts of the way at which a label may stand, the middle first. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/** Between a line and what stands beside it, px. */
const BESIDE = 5;

/** @param {Point[]} points of a spline @returns {Along} */
export function measured(points) {
  /** @type {{point: Point, length: number}[] | null} */
  let samples = null;
  const known = () => (samples ??= sampled(points));
  return {
    length: () => known()[SAMPLES].length,
    at(t) {
      const all = known();
      const wanted = t * all[SAMPLES].length;
      const next = Math.max(1, all.findIndex(({ length }) => length >= wanted));
      const [a, b] = [all[next - 1], all[next]];
      const part = (wanted - a.length) / (b.length - a.length || 1);
      return { x: a.point.x + (b.point.x - a.point.x) * part, y: a.point.y + (b.point.y - a.point.y) * part };
    },
  };
}

/** @param {Point[]} points */
function sampled(points) {
  let length = 0;
  let before = points[0];
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const point = pointOn(points, i / SAMPLES);
    length += Math.hypot(point.x - before.x, point.y - before.y);
    before = point;
    return { point, length };
  });
}

/**
 * Where a label of a line may stand, the best place first: on the line where enough of that can be seen on both sides of
 * it, else beside it.
 * @param {Along} along @param {Size} size
 * @param {{seen: number, clear?: number, far?: number[]}} wanted  so much of the line shall be seen, in all; so far from it
 *   what stands beside, and where nearer there is no room, px
 * @returns {Spot[]}
 */
export function placesAlong(along, size, { seen, clear = BESIDE, far = [] }) {
  const on = PLACES.map(along.at);
  const beside = (/** @type {number} */ gap) => PLACES.flatMap((t) => {
    const { x, y } = along.at(t);
    const { across, down } = heading(along, t);
    // Half the label as it is seen along the normal of the line.
    const away = (Math.abs(down) * size.width + Math.abs(across) * size.height) / 2 + gap;
    const [above, below] = [{ x: x + down * away, y: y - across * away }, { x: x - down * away, y: y + across * away }];
    return above.y <= below.y ? [above, below] : [below, above];
  });
  const { across, down } = heading(along, 0.5);
  const covered = Math.min(size.width / (Math.abs(across) || 1e-9), size.height / (Math.abs(down) || 1e-9));
  const near = along.length() >= covered + seen ? [...on, ...beside(clear)] : [...beside(clear), ...on];
  return [...near, ...far.flatMap(beside)].map((place) => ({ ...place, ...size }));
}

/** @param {Along} along @param {number} t @returns {{across: number, down: number}} where the line goes there, of length 1 */
function heading({ at }, t) {
  const [a, b] = [at(Math.max(0, t - 0.03)), at(Math.min(1, t + 0.03))];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { across: (b.x - a.x) / length, down: (b.y - a.y) / length };
}

/**
 * Where a label of a node may stand: below it, above it, then at its sides.
 * @param {import("../../layout/read.js").Box} box the node with all that belongs to it @param {Size} size @param {number} [gap] px
 * @returns {Spot[]}
 */
export function placesAround({ x, y, width, height }, size, gap = 4) {
  const [above, below] = [y - gap - size.height / 2, y + height + gap + size.height / 2];
  const [left, right] = [x - gap - size.width / 2, x + width + gap + size.width / 2];
  const [middle, start, end] = [x + width / 2, x + size.width / 2, x + width - size.width / 2];
  const [starts, ends] = [/** @type {const} */ ("start"), /** @type {const} */ ("end")];
  const rows = [below, above].flatMap((each) => [{ x: middle, y: each }, { x: start, y: each, anchor: starts }, { x: end, y: each, anchor: ends }]);
  const sides = [0.5, 0.85, 0.15].flatMap((part) => [{ x: left, y: y + height * part, anchor: ends }, { x: right, y: y + height * part, anchor: starts }]);
  return [...rows, ...sides].map((place) => ({ ...place, ...size }));
}
