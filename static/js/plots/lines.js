/**
 * Linked number lines, one below the other, each with a value and its change when the first is nudged. Draws given
 * numbers only. All share one scale: an arrow three times as long is a change three times as large.
 *
 * @typedef {object} Stop  one line
 * @property {string} name
 * @property {number} value
 * @property {number} moved  the value after the nudge, recomputed
 * @property {number} slope  slope with respect to the first line
 * @property {number} stretch  slope with respect to the line above
 */
import { html, svg } from "lit-html";
import { format } from "../words/format.js";
import { linear, ticks } from "./scale.js";

const MARGIN = { left: 18, right: 18 };
/** Longest arrow, as a fraction of half the width. */
const SHARE = 0.78;

/**
 * Half the range of every line, in its own units.
 * @param {readonly Stop[]} stops @param {number} reach the largest nudge
 */
export function halfWidth(stops, reach) {
  const slopes = stops.map(({ slope }) => Math.abs(slope)).filter(Number.isFinite);
  return (Math.max(1, ...slopes) * reach) / SHARE;
}

/**
 * @param {object} what
 * @param {{width: number, height: number}} what.size px
 * @param {readonly Stop[]} what.stops
 * @param {number} what.nudge
 * @param {number} what.reach the largest nudge
 * @param {number} what.half the range of every line
 */
export function linesPicture({ size, stops, nudge, half }) {
  const { width, height } = size;
  const gap = height / stops.length;
  const base = (/** @type {number} */ i) => gap * i + gap * 0.42;
  const scales = stops.map(({ value }) => linear([value - half, value + half], [MARGIN.left, width - MARGIN.right]));
  const descriptions = stops.map(
    ({ name, value, moved, slope }) =>
      `${name} goes from ${format(value)} to ${format(moved)}, predicted ${format(value + slope * nudge)}`,
  );
  return html`<svg class="chart lines" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} role="img"
    aria-label=${`Nudge ${format(nudge)}: ${descriptions.join("; ")}`}>
    ${stops.map((stop, i) =>
      i === 0 ? null : fan(stops[i - 1], stop, scales[i - 1], scales[i], base(i - 1), base(i)),
    )}
    ${stops.map((stop, i) => numberLine(stop, scales[i], base(i), { width, half, nudge, first: i === 0 }))}
  </svg>`;
}

/**
 * The area between two lines: shows where the nudged interval of the upper one goes on the lower one.
 * @param {Stop} above
 * @param {Stop} stop
 * @param {import("./scale.js").Scale} pa
 * @param {import("./scale.js").Scale} pb
 * @param {number} top
 * @param {number} bottom
 */
function fan(above, stop, pa, pb, top, bottom) {
  const [a, b, c, d] = [pa(above.value), pa(above.moved), pb(stop.moved), pb(stop.value)];
  if (![a, b, c, d].every(Number.isFinite)) return null;
  return svg`<path class="fan" d=${`M${a} ${top}L${b} ${top}L${c} ${bottom}L${d} ${bottom}Z`} />
    <text class="stretch" x=${d - 14} y=${(top + bottom) / 2 + 2}>× ${format(stop.stretch)}</text>`;
}

/**
 * @param {Stop} stop
 * @param {import("./scale.js").Scale} px
 * @param {number} y
 * @param {{width: number, half: number, nudge: number, first: boolean}} how
 */
function numberLine({ name, value, moved, slope }, px, y, { width, half, nudge, first }) {
  const [from, to, guess] = [px(value), px(moved), px(value + slope * nudge)];
  const marks = ticks(value - half, value + half, Math.max(4, width / 90));
  const along = Math.sign(to - from);
  const apart = Math.abs(to - guess) > 3;
  // If two numbers would overlap, the outer one moves outwards.
  const side = along < 0 ? "end" : "start";
  return svg`<g class="number-line">
    <path class="axis" d=${`M${MARGIN.left} ${y}H${width - MARGIN.right}`} />
    ${marks.map(
      (mark) =>
        svg`<path class="tick" d=${`M${px(mark)} ${y - 4}v8`} />${
          Math.abs(px(mark) - from) > 30 ? svg`<text class="x" x=${px(mark)} y=${y + 19}>${format(mark)}</text>` : null
        }`,
    )}
    <path class="shift" d=${`M${from} ${y}H${to}${along === 0 ? "" : `m${-6 * along} -5l${6 * along} 5l${-6 * along} 5`}`} />
    ${apart && !first ? svg`<path class="guess" d=${`M${guess} ${y - 11}v22`} />` : null}
    <circle class="at-value" r="6" cx=${from} cy=${y} />
    <text class="x here" x=${from} y=${y + 20}>${name} = ${format(value)}</text>
    ${
      along === 0
        ? null
        : svg`<text class="went ${side}" x=${to + 8 * (along || 1)} y=${y - 15}>${
            first ? `${nudge > 0 ? "+" : ""}${format(nudge)}` : format(moved)
          }</text>`
    }
    ${
      apart && !first
        ? svg`<text class="foretold x" x=${guess} y=${y + 34}>predicted ${format(value + slope * nudge)}</text>`
        : null
    }
  </g>`;
}
