/**
 * Plots the error of both difference quotients over the step, log-log: where truncation dominates, where round-off
 * does, and the current step. Draws a sweep as the API answers it.
 * @typedef {import("../../wire.d.ts").SweepAnswer} Sweep
 * @typedef {{width: number, height: number}} Size  its own px; scaled to the available width
 * @typedef {"central" | "forward"} Difference
 * @typedef {{what: "truncation" | "round-off" | "neither", from: number, to: number}} Stretch  indices of the first and
 *   the last step
 */
import { html, svg } from "lit-html";
import { linePath } from "../../plots/path.js";
import { format } from "../../words/format.js";

/** @type {Size} */
export const SIZE = { width: 300, height: 222 };
/** @type {Difference[]} */
const METHODS = ["forward", "central"];
const MARGIN = { left: 58, right: 14, top: 22, axis: 18, row: 17 };
/** Room below a broken axis for errors of exactly 0, which have no place on it, px. */
const ZEROS = 22;
/** Fewest powers of ten on the error axis. */
const LEAST_SPAN = 4;
/** Errors below this power of ten are round-off of doubles. */
const FLOOR = -17;
/** The label of a stretch, and its width, px. */
const WORDS = {
  truncation: { text: "truncation", width: 62 },
  "round-off": { text: "round-off", width: 54 },
  neither: { text: "neither falls nor grows", width: 126 },
};
const STEPS_SHOWN = [0, -5, -10, -15];

/** @param {number} step @returns {string} in powers of ten: 1, 1e−5, 1.8e−6 */
export function formatStep(step) {
  const [mantissa, exponent] = step.toExponential(1).split("e");
  const lead = Number(mantissa);
  const power = Number(exponent);
  return power === 0 ? String(lead) : `${lead}e${power < 0 ? "−" : ""}${Math.abs(power)}`;
}

/** @param {unknown[]} errors as the API spells them @returns {number[]} */
const numbers = (errors) => errors.map(Number);

/**
 * @param {Sweep} sweep
 * @returns {{low: number, high: number, zero: boolean}} the powers of ten shown; zero: whether some error is exactly 0,
 *   which no axis in powers of ten has
 */
export function spanOf(sweep) {
  const finite = METHODS.flatMap((method) => numbers(sweep[method])).filter(Number.isFinite);
  const telling = finite.filter((error) => error > 0);
  const zero = telling.length < finite.length;
  const high = Math.min(300, Math.ceil(Math.log10(Math.max(1e-12, ...telling)) - 1e-9)) + 0;
  const low = Math.max(FLOOR, Math.floor(Math.log10(Math.min(1, ...telling))));
  return { low: Math.min(low, high - LEAST_SPAN), high, zero };
}

/**
 * @param {readonly ("truncation" | "round-off" | "neither")[]} ruled what dominates, by step
 * @returns {Stretch[]} runs of equal neighbours
 */
export function stretches(ruled) {
  /** @type {Stretch[]} */
  const found = [];
  ruled.forEach((what, k) => {
    const last = found.at(-1);
    if (last?.what === what) last.to = k;
    else found.push({ what, from: k, to: k });
  });
  return found;
}

/** @param {Sweep} sweep @param {number} step @returns {number} the index of the step nearest in powers of ten */
export function nearest({ epsilon }, step) {
  const off = (/** @type {number} */ k) => Math.abs(Math.log10(epsilon[k]) - Math.log10(step));
  return epsilon.reduce((best, _, k) => (off(k) < off(best) ? k : best), 0);
}

/** @param {Sweep} sweep @param {Size} size */
function scales(sweep, { width, height }) {
  const { low, high, zero } = spanOf(sweep);
  const bottom = height - MARGIN.axis - METHODS.length * MARGIN.row - 6;
  const [first, last] = [Math.log10(sweep.epsilon[0]), Math.log10(sweep.epsilon[sweep.epsilon.length - 1])];
  const right = width - MARGIN.right;
  const foot = zero ? bottom - ZEROS : bottom;
  return {
    low,
    high,
    zero,
    bottom,
    foot,
    right,
    /** @param {number} step */
    x: (step) => MARGIN.left + ((first - Math.log10(step)) / (first - last)) * (right - MARGIN.left),
    /** @param {number} error */
    y: (error) =>
      error === 0
        ? bottom
        : foot - ((Math.min(high, Math.max(low, Math.log10(error))) - low) / (high - low)) * (foot - MARGIN.top),
    /** @param {number} x */
    step: (x) => 10 ** (first - ((x - MARGIN.left) / (right - MARGIN.left)) * (first - last)),
  };
}

/**
 * @param {Sweep} sweep
 * @param {number} x in the picture's own px
 * @param {Size} [size]
 * @returns {number} the step of the sweep there
 */
export const stepAt = (sweep, x, size = SIZE) => sweep.epsilon[nearest(sweep, scales(sweep, size).step(x))];

/**
 * @param {Sweep} sweep @param {PointerEvent | MouseEvent} event on the picture, or an element around it
 * @param {Size} [size] @returns {number | null} the step under the pointer
 */
export function stepUnder(sweep, event, size = SIZE) {
  const picture =
    /** @type {Element} */ (event.currentTarget).querySelector(".errorcurve") ??
    /** @type {Element} */ (event.currentTarget);
  const { left, width } = picture.getBoundingClientRect();
  return width > 0 ? stepAt(sweep, ((event.clientX - left) / width) * size.width, size) : null;
}

/** @param {Sweep} sweep @param {number} epsilon the current step @returns {string} the picture in words */
export function describeCurve(sweep, epsilon) {
  const k = nearest(sweep, epsilon);
  const each = [...METHODS].reverse().map((method) => {
    const best = sweep.best[method];
    const parts = stretches(sweep.ruled[method]).filter(({ what }) => what !== "neither");
    const ruled = parts.map(
      ({ what, from, to }) => `${what} from ${formatStep(sweep.epsilon[from])} to ${formatStep(sweep.epsilon[to])}`,
    );
    const smallest =
      best === null
        ? "no finite error"
        : `smallest error ${format(Number(best.error), 2)} at ${formatStep(best.epsilon)}`;
    return `${method}: ${[smallest, ...ruled].join(", ")}; here ${format(Number(sweep[method][k]), 2)}`;
  });
  return `${sweep.relative ? "Relative error" : "Error"} against the step ε, here ${formatStep(epsilon)}. ${each.join(". ")}.`;
}

/**
 * @param {Sweep} sweep
 * @param {number} epsilon the current step
 * @param {Size} [size]
 */
export function errorCurve(sweep, epsilon, size = SIZE) {
  const { low, high, zero, bottom, foot, right, x, y } = scales(sweep, size);
  const middle = Math.round((low + high) / 2);
  const here = x(Math.min(sweep.epsilon[0], Math.max(sweep.epsilon[sweep.epsilon.length - 1], epsilon)));
  const k = nearest(sweep, epsilon);
  const row = (/** @type {number} */ i) => bottom + MARGIN.axis + MARGIN.row * i + 10;
  return html`<svg class="errorcurve" viewBox=${`0 0 ${size.width} ${size.height}`} role="img"
    aria-label=${describeCurve(sweep, epsilon)}>
    ${svg`<path class="axis" d=${`M${MARGIN.left} ${MARGIN.top}V${foot}M${MARGIN.left} ${bottom}H${right}`} />
      <path class="grid" d=${[high, middle]
        .map((power) => `M${MARGIN.left} ${y(10 ** power).toFixed(1)}H${right}`)
        .join("")} />
      ${[high, middle, low].map(
        (power) =>
          svg`<text class="tick-y" x=${MARGIN.left - 6}
            y=${(y(10 ** power) + 4).toFixed(1)}>${formatStep(10 ** power)}</text>`,
      )}
      ${zero ? svg`<text class="tick-y" x=${MARGIN.left - 6} y=${bottom + 4}>exactly 0</text>` : null}
      ${STEPS_SHOWN.map(
        (power) =>
          svg`<text class="tick-x" text-anchor=${power === -15 ? "end" : "middle"} x=${(
            x(Number(`1e${power}`)) + (power === -15 ? 8 : 0)
          ).toFixed(1)} y=${bottom + 14}>${formatStep(Number(`1e${power}`))}</text>`,
      )}
      <path class="here" d=${`M${here.toFixed(1)} ${MARGIN.top}V${bottom}`} />
      ${METHODS.map((method) => svg`<path class=${`curve ${method}`} d=${lineOf(sweep, method, x, y)} />`)}
      ${METHODS.map((method) =>
        zerosOf(sweep, method).map(
          (step) => svg`<circle class=${`zero ${method}`} r="2.5" cx=${x(step).toFixed(1)} cy=${bottom} />`,
        ),
      )}
      ${METHODS.map((method) => {
        const error = Number(sweep[method][k]);
        return Number.isFinite(error)
          ? svg`<circle class=${`at ${method}`} r="4.5" cx=${here.toFixed(1)} cy=${y(error).toFixed(1)} />`
          : null;
      })}
      <path class="grip" d=${`M${here.toFixed(1)} ${bottom - 7}l5 7l-5 7l-5 -7z`} />
      <text class="here-text" text-anchor=${
        here > size.width - 70 ? "end" : here < MARGIN.left + 40 ? "start" : "middle"
      } x=${here.toFixed(1)} y=${MARGIN.top - 8}>ε = ${formatStep(epsilon)}</text>
      ${METHODS.map(
        (method, i) => svg`<text class=${`name ${method}`} x=${MARGIN.left - 8} y=${row(i) + 4}>${method}</text>
        ${stretches(sweep.ruled[method]).map((stretch) => ruler(sweep, method, stretch, row(i), x))}`,
      )}`}
  </svg>`;
}

/**
 * A stretch of steps in which one kind of error dominates: a line in the method's style, with its name in the middle.
 * @param {Sweep} sweep
 * @param {Difference} method
 * @param {Stretch} stretch
 * @param {number} y
 * @param {(step: number) => number} x
 */
function ruler({ epsilon }, method, { what, from, to }, y, x) {
  // A stretch extends half way to its neighbours, minus a gap.
  const half = (x(epsilon[1]) - x(epsilon[0])) / 2;
  const start = x(epsilon[from]) - (from === 0 ? 0 : half - 1.5);
  const end = x(epsilon[to]) + (to === epsilon.length - 1 ? 0 : half - 1.5);
  const { text, width } = WORDS[what];
  const [center, room] = [(start + end) / 2, width / 2 + 3];
  const named = end - start > width + 14;
  const d = named
    ? `M${start.toFixed(1)} ${y}H${(center - room).toFixed(1)}M${(center + room).toFixed(1)} ${y}H${end.toFixed(1)}`
    : `M${start.toFixed(1)} ${y}H${end.toFixed(1)}`;
  return svg`<path class=${`rule ${method} ${what}`} d=${d} />${
    named ? svg`<text class="rule-name" x=${center.toFixed(1)} y=${y + 4}>${text}</text>` : null
  }`;
}

/**
 * @param {Sweep} sweep
 * @param {Difference} method
 * @param {(step: number) => number} x
 * @param {(error: number) => number} y
 * @returns {string} broken where an error is not finite, or exactly 0
 */
export function lineOf(sweep, method, x, y) {
  return linePath(
    sweep.epsilon.map(x),
    numbers(sweep[method]).map((error) => (Number.isFinite(error) && error !== 0 ? y(error) : NaN)),
  );
}

/** @param {Sweep} sweep @param {Difference} method @returns {number[]} the steps at which the error is exactly 0 */
const zerosOf = (sweep, method) => sweep.epsilon.filter((_, k) => Number(sweep[method][k]) === 0);
