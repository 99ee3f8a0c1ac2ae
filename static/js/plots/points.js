/**
 * Points that a hand draws and moves: of classes in the plane, or of numbers over a line. Draws given numbers only.
 * @typedef {import("../points/points.js").Points} Points
 * @typedef {[number, number]} Pair
 */
import { html, svg } from "lit-html";
import { placeOf } from "../points/points.js";
import { framed } from "./frame.js";
import { linear, ticks } from "./scale.js";

export const MARGIN = { left: 34, right: 8, top: 8, bottom: 24 };

/**
 * Where a place of the window stands in the picture.
 * @param {{width: number, height: number}} size @param {[Pair, Pair]} window
 */
export function scalesOf({ width, height }, [across, up]) {
  const { left, right, top, bottom } = MARGIN;
  return { px: linear(across, [left, width - right]), py: linear(up, [height - bottom, top]) };
}

/**
 * The mark of a class: of two, a square and a disc, as where they are predicted; of more, a disc with its number.
 * @param {number} target @param {number} classes @param {number} x @param {number} y
 */
export function markOf(target, classes, x, y) {
  if (classes === 0) return svg`<circle class="example" cx=${x} cy=${y} r="5" />`;
  if (classes > 2)
    return svg`<circle class="example" cx=${x} cy=${y} r="7" /><text class="class" x=${x}
      y=${y + 3.5}>${target}</text>`;
  return target === 1
    ? svg`<circle class="upper" cx=${x} cy=${y} r="5" />`
    : svg`<path class="lower" d=${`M${x - 4.5} ${y - 4.5}h9v9h-9z`} />`;
}

/**
 * @param {object} of
 * @param {Points} of.points
 * @param {{width: number, height: number}} of.size
 * @param {[Pair, Pair]} of.window
 * @param {number} of.chosen  the point that keys move; -1: none
 * @param {Pair | null} of.cursor  where a key adds a point
 */
export function pointsPicture({ points, size, window, chosen, cursor }) {
  const { px, py } = scalesOf(size, window);
  const [[left, right], [low, high]] = window;
  const axes = {
    px,
    py,
    xs: ticks(left, right, Math.max(2, size.width / 70)),
    ys: ticks(low, high, Math.max(2, size.height / 50)),
  };
  const short = (/** @type {number} */ x) => Number(x.toFixed(1));
  const inside = svg`
    ${points.rows.map((_, at) => {
      const [a, b] = placeOf(points, at);
      const [x, y] = [short(px(a)), short(py(b))];
      return svg`<g class=${at === chosen ? "point chosen" : "point"} data-at=${at}>
        ${at === chosen ? svg`<circle class="ring" cx=${x} cy=${y} r="10" />` : null}
        ${markOf(points.targets[at], points.classes, x, y)}<circle class="grip" cx=${x} cy=${y} r="13" /></g>`;
    })}
    ${
      cursor
        ? svg`<path class="cursor" d=${`M${short(px(cursor[0])) - 9} ${short(py(cursor[1]))}h18m-9 -9v18`} />`
        : null
    }`;
  return html`<svg class="chart plane" viewBox=${`0 0 ${size.width} ${size.height}`} width=${size.width}
    height=${size.height} aria-hidden="true">${framed({ ...size, ...MARGIN }, axes, inside)}</svg>`;
}
