/**
 * Points along a line by length, and candidate positions for a label on or beside it. Pure.
 * @typedef {import("../../layout/read.js").Point} Point
 * @typedef {{width: number, height: number}} Size
 * @typedef {Point & Size & {anchor?: "start" | "end"}} Spot  a candidate position of a label: centre and size of its
 *   area, and the side to which the text is aligned; centred without one
 * @typedef {object} Along
 * @property {(t: number) => Point} at  point at a fraction of the length, 0 at the source
 * @property {() => number} length  px
 */
import { pointOn } from "../../layout/read.js";

/** Points per spline: enough to look smooth; computed once per line, on first use. */
const SAMPLES = 40;

/** Fractions of the length at which a label is tried, the middle first. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/** Gap between a line and a label beside it, px. */
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
      const next = Math.max(
        1,
        all.findIndex(({ length }) => length >= wanted),
      );
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
 * Candidate positions for a line's label, best first: on the line if enough of it stays visible on both sides,
 * otherwise beside it.
 * @param {Along} along @param {Size} size
 * @param {{seen: number, clear?: number, far?: number[]}} wanted  seen: length of line that must stay visible;
 *   clear: gap to a label beside it; far: wider gaps, tried when there is no room nearer, px
 * @returns {Spot[]}
 */
export function placesAlong(along, size, { seen, clear = BESIDE, far = [] }) {
  const on = PLACES.map(along.at);
  const beside = (/** @type {number} */ gap) =>
    PLACES.flatMap((t) => {
      const { x, y } = along.at(t);
      const { across, down } = heading(along, t);
      // Half the extent of the label along the normal of the line.
      const away = (Math.abs(down) * size.width + Math.abs(across) * size.height) / 2 + gap;
      const [above, below] = [
        { x: x + down * away, y: y - across * away },
        { x: x - down * away, y: y + across * away },
      ];
      return above.y <= below.y ? [above, below] : [below, above];
    });
  const { across, down } = heading(along, 0.5);
  const covered = Math.min(size.width / (Math.abs(across) || 1e-9), size.height / (Math.abs(down) || 1e-9));
  const near = along.length() >= covered + seen ? [...on, ...beside(clear)] : [...beside(clear), ...on];
  return [...near, ...far.flatMap(beside)].map((place) => ({ ...place, ...size }));
}

/** @param {Along} along @param {number} t @returns {{across: number, down: number}} unit tangent of the line there */
function heading({ at }, t) {
  const [a, b] = [at(Math.max(0, t - 0.03)), at(Math.min(1, t + 0.03))];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { across: (b.x - a.x) / length, down: (b.y - a.y) / length };
}

/**
 * Candidate positions for a node's label: below, above, then at the sides.
 * @param {import("../../layout/read.js").Box} box the node with its numbers and seal
 * @param {Size} size
 * @param {number} [gap] px
 * @returns {Spot[]}
 */
export function placesAround({ x, y, width, height }, size, gap = 4) {
  const [above, below] = [y - gap - size.height / 2, y + height + gap + size.height / 2];
  const [left, right] = [x - gap - size.width / 2, x + width + gap + size.width / 2];
  const [middle, start, end] = [x + width / 2, x + size.width / 2, x + width - size.width / 2];
  const [starts, ends] = [/** @type {const} */ ("start"), /** @type {const} */ ("end")];
  const rows = [below, above].flatMap((each) => [
    { x: middle, y: each },
    { x: start, y: each, anchor: starts },
    { x: end, y: each, anchor: ends },
  ]);
  const sides = [0.5, 0.85, 0.15].flatMap((part) => [
    { x: left, y: y + height * part, anchor: ends },
    { x: right, y: y + height * part, anchor: starts },
  ]);
  return [...rows, ...sides].map((place) => ({ ...place, ...size }));
}
