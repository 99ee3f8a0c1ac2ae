/**
 * Plots a function and its slope over one window, with a point at the current x. Draws given numbers only.
 * @typedef {import("../types.js").Curve} Curve
 * @typedef {import("./zones.js").Zone} Zone
 */
import { html, svg } from "lit-html";
import { format } from "../words/format.js";
import { framed } from "./frame.js";
import { linePath } from "./path.js";
import { clamp, linear, ticks } from "./scale.js";
import { cornersOf, zonesOf } from "./zones.js";

/** @type {import("./frame.js").Size} */
export const SIZE = { width: 340, height: 210, left: 34, right: 10, top: 10, bottom: 24 };
/** Distance between two hatching lines, px. */
const HATCH = 9;
/** Half the tangent's length, px. */
const REACH = 34;

/**
 * The range of values that a plot shows: all of them, unless they exceed the range in the function's own window by far.
 * @param {Curve} curve over the shared window @param {Curve} own over its own window
 * @returns {[number, number]}
 */
export function rangeOf(curve, own) {
  const all = [...curve.y, ...curve.dy.filter((_, i) => !Number.isNaN(curve.y[i]))].filter(Number.isFinite);
  const matters = [...own.y, ...own.dy].filter(Number.isFinite);
  const span = Math.max(...matters) - Math.min(...matters) || 1;
  const low = Math.max(Math.min(0, ...all), Math.min(0, ...matters) - span);
  const high = Math.min(Math.max(0.2, ...all), Math.max(0, ...matters) + span);
  const room = (high - low) * 0.06;
  return [low - room, high + room];
}

/**
 * @param {object} what
 * @param {string} what.name
 * @param {Curve} what.curve
 * @param {[number, number]} what.range of the values
 * @param {readonly {x: number, y: number, dy: number}[]} what.points at the current x; empty while they are unknown
 * @param {boolean} what.corners whether the function has any
 * @param {import("./frame.js").Size} [what.size]
 */
export function activationPlot({ name, curve, range, points, corners, size = SIZE }) {
  const { left, right, top, bottom, width, height } = size;
  const px = linear([curve.x[0], curve.x[curve.x.length - 1]], [left, width - right]);
  const py = linear(range, [height - bottom, top]);
  const torn = corners ? cornersOf(curve) : [];
  const xs = curve.x.map(px);
  const inside = svg`
    ${zonesOf(curve).map((zone) => shade(zone, px, size))}
    <path class="slope-line" d=${linePath(
      xs,
      curve.dy.map((dy, i) => (Number.isNaN(curve.y[i]) ? NaN : py(dy))),
      (i) => torn.some(({ index }) => i === index || i === index + 1),
    )} />
    <path class="value-line" d=${linePath(xs, curve.y.map(py))} />
    ${torn.map((corner) => cornerMark(corner, px, py))}
    ${points.map((point) => here(point, px, py, size))}`;
  const label = [
    `${name} and its slope`,
    ...points.map(({ x, y, dy }) => `at x = ${format(x)} the value is ${format(y)} and the slope ${format(dy)}`),
  ].join("; ");
  return html`<svg class="chart activation" viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${label}>
    ${framed(
      size,
      {
        px,
        py,
        xs: ticks(curve.x[0], curve.x[curve.x.length - 1], 6),
        ys: ticks(...range, Math.max(2, Math.floor(height / 42))),
      },
      inside,
    )}
  </svg>`;
}

/**
 * Grey where the function saturates, hatched where it is dead.
 * @param {Zone} zone
 * @param {import("./scale.js").Scale} px
 * @param {import("./frame.js").Size} size
 */
function shade({ from, to, kind }, px, { top, bottom, height }) {
  const [a, b, h] = [px(from), px(to), height - top - bottom];
  if (kind === "saturated") return svg`<rect class="saturated" x=${a} y=${top} width=${b - a} height=${h} />`;
  let lines = "";
  // Each line rises to the right by the height of the plot and is clipped at the edges of the zone.
  for (let start = a - h; start < b; start += HATCH) {
    const [first, last] = [Math.max(a, start), Math.min(b, start + h)];
    lines += `M${first.toFixed(1)} ${(top + h - (first - start)).toFixed(1)}L${last.toFixed(1)} ${(top + h - (last - start)).toFixed(1)}`;
  }
  return svg`<g class="dead"><rect x=${a} y=${top} width=${b - a} height=${h} /><path d=${lines} /></g>`;
}

/**
 * @param {import("./zones.js").Corner} corner
 * @param {import("./scale.js").Scale} px
 * @param {import("./scale.js").Scale} py the slopes on both sides as open dots, the chosen one as a full dot
 */
function cornerMark({ x, slope, before, after }, px, py) {
  const open = [before, after].filter((each) => each !== slope);
  return svg`<g class="corner"><path d=${`M${px(x)} ${py(before)}V${py(after)}`} />
    ${open.map(
      (each) => svg`<circle class="open" r="3.5" cx=${px(x)} cy=${py(each)} />`,
    )}<circle class="taken" r="3.5" cx=${px(x)} cy=${py(slope)} /></g>`;
}

/**
 * @param {{x: number, y: number, dy: number}} point
 * @param {import("./scale.js").Scale} px
 * @param {import("./scale.js").Scale} py
 * @param {import("./frame.js").Size} size
 */
function here({ x, y, dy }, px, py, { left, right, top, bottom, width, height }) {
  const [X, Y, D] = [clamp(px(x), left, width - right), py(y), py(dy)];
  const seen = (/** @type {number} */ place) =>
    Number.isFinite(place) && place >= top && place <= height - bottom && X === px(x);
  // The tangent in px: the scales change its slope.
  const steep = (dy * (py(1) - py(0))) / (px(1) - px(0));
  const run = REACH / Math.hypot(1, steep);
  return svg`<path class="guide" d=${`M${X} ${top}V${height - bottom}`} />
    ${
      seen(Y) && Number.isFinite(steep)
        ? svg`<path class="tangent" d=${`M${X - run} ${Y - run * steep}L${X + run} ${Y + run * steep}`} />`
        : null
    }
    ${seen(D) && !Number.isNaN(Y) ? svg`<circle class="at-slope" r="4.5" cx=${X} cy=${D} />` : null}
    ${seen(Y) ? svg`<circle class="at-value" r="5.5" cx=${X} cy=${Y} />` : null}`;
}
