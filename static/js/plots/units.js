/**
 * A dense network as circles and lines: a unit is a circle, a weight a line. Draws given numbers only.
 *
 * @typedef {object} Column  the units of a layer
 * @property {string} id  of the node that holds them
 * @property {string} title
 * @property {string} does  what stands below the title
 * @property {number} count
 * @property {number[] | null} numbers  one for each unit; null: not computed yet, or hidden
 * @property {boolean} covered
 *
 * @typedef {object} Weights  from a column to the next
 * @property {string} id
 * @property {number[] | null} flat
 * @property {(from: number, to: number) => number} placeOf
 * @property {{id: string, size: number, flat: number[] | null} | null} bias
 * @property {number[]} skips  earlier columns whose units are added behind
 *
 * @typedef {{columns: Column[], weights: Weights[], largest: number}} Units  weights[k] lead to columns[k + 1]
 *
 * @typedef {{id: string, place: number} | null} Cell  an element of a node
 * @typedef {{column: number, unit: number} | null} At
 */
import { html, nothing, svg } from "lit-html";
import { format } from "../words/format.js";
import { COVERED } from "../trace/covered.js";

/** Most units of a layer that are drawn. */
const MOST_UNITS = 20;
/** Room for the titles above and below, and at the sides, px. */
const ROOM = { top: 46, bottom: 22, side: 64 };
/** The widest line and the thinnest, px. */
const WIDEST = 6;
const THINNEST = 0.7;

/** @param {{count: number}} column */
export const drawnOf = ({ count }) => Math.min(count, MOST_UNITS);

/**
 * Where units stand, and how large they are.
 * @param {readonly {count: number}[]} columns @param {{width: number, height: number}} size
 */
export function placing(columns, { width, height }) {
  const most = Math.max(1, ...columns.map(drawnOf));
  const space = Math.min(66, (height - ROOM.top - ROOM.bottom) / most);
  const middle = ROOM.top + (height - ROOM.top - ROOM.bottom) / 2;
  const side = Math.min(ROOM.side, width / 6);
  const apart = columns.length < 2 ? 0 : Math.min(260, (width - 2 * side) / (columns.length - 1));
  const left = (width - apart * (columns.length - 1)) / 2;
  return {
    radius: Math.max(3, Math.min(22, space * 0.36, apart * 0.22 || 22)),
    apart,
    top: Math.max(16, middle - (space * most) / 2 - 26),
    /** @param {number} column @param {number} unit @returns {[number, number]} */
    at: (column, unit) => [left + apart * column, middle + space * (unit - (drawnOf(columns[column]) - 1) / 2)],
    /** @param {number} column */
    below: (column) => middle + space * (drawnOf(columns[column]) / 2) + 8,
  };
}

/** The sign of a number, as the picture marks it. @param {number | null} x */
export function signOf(x) {
  if (x === null) return "waiting";
  if (x === COVERED) return "covered";
  if (!Number.isFinite(x)) return "nonfinite";
  return x > 0 ? "positive" : x < 0 ? "negative" : "zero";
}

/** @param {number | null} x @param {number} largest @returns {number} the width of its line */
export const widthOf = (x, largest) =>
  x !== null && Number.isFinite(x) && largest > 0 ? THINNEST + ((WIDEST - THINNEST) * Math.abs(x)) / largest : THINNEST;

const short = (/** @type {number} */ x) => Number(x.toFixed(1));

/**
 * @param {Units} units @param {{width: number, height: number}} size
 * @param {{gradients: boolean, cell: Cell, pointed: Cell, matrix: string | null, unit: At, home: At}} how  cell: the
 *   chosen weight; matrix: the chosen leaf; unit: the chosen one (-1: its whole layer); home: the unit in the tab order
 */
export function unitsPicture(units, size, { gradients, cell, pointed, matrix, unit, home }) {
  const { columns, weights, largest } = units;
  const { at, radius, top, below, apart } = placing(columns, size);
  /** @param {string} id @param {number} place */
  const chosen = (id, place) => (cell?.id === id ? cell.place === place : matrix === id);
  /** @param {string} id @param {number} place @param {number | null} x @param {string} d */
  const line = (id, place, x, d) => {
    const marks = [chosen(id, place) ? "chosen" : "", pointed?.id === id && pointed.place === place ? "pointed" : ""];
    return svg`<g class=${`weight ${signOf(x)} ${marks.join(" ")}`} data-id=${id} data-place=${place}>
      <path class="line" d=${d} stroke-width=${short(widthOf(x, largest))} /><path class="grab" d=${d} /></g>`;
  };
  const lines = weights.map((layer, k) => {
    const [from, to] = [drawnOf(columns[k]), drawnOf(columns[k + 1])];
    return svg`${Array.from({ length: from * to }, (_, pair) => {
      const [i, j] = [Math.floor(pair / to), pair % to];
      const [[x, y], [u, v]] = [at(k, i), at(k + 1, j)];
      const place = layer.placeOf(i, j);
      return line(
        layer.id,
        place,
        layer.flat?.[place] ?? null,
        `M${short(x + radius)} ${short(y)}L${short(u - radius)} ${short(v)}`,
      );
    })}${Array.from({ length: layer.bias ? to : 0 }, (_, j) => {
      const bias = /** @type {NonNullable<typeof layer.bias>} */ (layer.bias);
      const place = bias.size === 1 ? 0 : j;
      const [u, v] = at(k + 1, j);
      return line(
        bias.id,
        place,
        bias.flat?.[place] ?? null,
        `M${short(u)} ${short(v + radius * 1.5)}V${short(v + radius)}`,
      );
    })}`;
  });
  const arcs = weights.flatMap(({ skips }, k) =>
    skips.map((from) => {
      const [[x, y], [u, v]] = [at(from, 0), at(k + 1, 0)];
      const high = Math.min(y, v) - radius - 16;
      return svg`<path class="skip" d=${`M${short(x)} ${short(y - radius)}C${short(x)} ${short(high - 10)} ${short(u)} ${short(high - 10)} ${short(u)} ${short(v - radius)}`} />`;
    }),
  );
  const circles = columns.map((column, k) => {
    const most = Math.max(...(column.numbers ?? []).filter(Number.isFinite).map(Math.abs), 0);
    return svg`${Array.from({ length: drawnOf(column) }, (_, j) => {
      const [x, y] = at(k, j);
      const value = column.covered ? COVERED : (column.numbers?.[j] ?? null);
      const share = value !== null && Number.isFinite(value) && most > 0 ? Math.abs(value) / most : 0;
      const taken = unit?.column === k && (unit.unit === j || unit.unit < 0);
      const word = format(value, 2);
      return svg`<g class=${`unit ${signOf(value)}${taken ? " chosen" : ""}`} role="button"
        tabindex=${home?.column === k && home.unit === j ? 0 : -1}
          data-column=${k} data-unit=${j} aria-pressed=${String(taken)}
          aria-label=${`${column.title}, unit ${j + 1} of ${column.count}: ${gradients ? "gradient " : ""}${value === null ? "not computed yet" : word}`}>
        <circle class="ground" cx=${short(x)} cy=${short(y)} r=${short(radius)} />
        <circle class="light" cx=${short(x)} cy=${short(y)} r=${short(radius)}
          fill-opacity=${(0.12 + 0.88 * share).toFixed(2)} visibility=${share > 0 ? "visible" : "hidden"} />
        ${
          radius >= 13
            ? svg`<text class=${`number${share > 0.55 ? " on-light" : ""}${word.length > 5 ? " long" : ""}`}
              x=${short(x)} y=${short(y + 4)}>${word}</text>`
            : nothing
        }
      </g>`;
    })}
    <text class="title" x=${short(at(k, 0)[0])} y=${short(top)}>${column.title}</text>
    ${
      apart >= 60 ? svg`<text class="does" x=${short(at(k, 0)[0])} y=${short(top + 14)}>${column.does}</text>` : nothing
    }
    ${
      column.count > MOST_UNITS
        ? svg`<text class="does" x=${short(at(k, 0)[0])}
          y=${short(below(k) + 8)}>${MOST_UNITS} of ${column.count}</text>`
        : nothing
    }`;
  });
  return html`<svg class=${gradients ? "units gradients" : "units"} viewBox=${`0 0 ${size.width} ${size.height}`}
    width=${size.width} height=${size.height}
    role="group" aria-label="Units and weights">${lines}${arcs}${circles}</svg>`;
}
