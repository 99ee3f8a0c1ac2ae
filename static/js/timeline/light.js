/**
 * How bright a gradient is: in steps that an eye can tell apart, each a given part of the strongest gradient. Of an
 * array it is the root mean square of its elements that counts, so that size is not strength. A gradient that is
 * exactly zero gives no light at all, unlike one that merely vanishes.
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {"lit" | "zero" | "nonfinite" | "covered"} Look
 */
import { isCovered } from "../trace/covered.js";
import { isFinite, rms } from "../trace/tensor.js";

/**
 * The steps, brightest first: by how many decades a gradient may fall short of the strongest one, and its level. Half
 * decades at first, where gradients of a healthy network are; the last step takes all that is weaker.
 */
export const STEPS = [
  { decades: 0.5, level: 1 },
  { decades: 1, level: 0.7 },
  { decades: 1.5, level: 0.48 },
  { decades: 2, level: 0.33 },
  { decades: 3, level: 0.21 },
  { decades: 4, level: 0.13 },
  { decades: 5, level: 0.08 },
  { decades: Infinity, level: 0.04 },
];
/** Decades over which the height of a bar falls to nothing. */
const DECADES = 6;
/** Ratio of gradient to seed at which overexposure starts, and at which it is white, in decades. */
const OVER = { from: 1.5, to: 5 };

/**
 * @param {Tensor} gradient
 * @param {import("../types.js").Trace} trace  a gradient is as bright as the strongest of it; where its output is not
 *   finite, none gives light
 * @returns {{look: Look, level: number}} level in 0..1
 */
export function light(gradient, trace) {
  const { look, decades } = strength(gradient, trace);
  if (look !== "lit") return { look, level: look === "nonfinite" ? 1 : 0 };
  // Rounding must not move what is exactly a tenth to the next step.
  return { look, level: STEPS[STEPS.findIndex((step) => decades < step.decades + 1e-9)].level };
}

/**
 * @param {Tensor} gradient
 * @param {import("../types.js").Trace} trace
 * @returns {number} its decades as a part of six, 1 for the strongest
 */
export function height(gradient, trace) {
  const { look, decades } = strength(gradient, trace);
  if (look !== "lit") return look === "nonfinite" ? 1 : 0;
  return Math.max(0, 1 - decades / DECADES);
}

/**
 * @param {Tensor} gradient @param {import("../types.js").Trace} trace
 * @returns {{look: Look, decades: number}} decades: by how much it falls short of the strongest gradient
 */
function strength(gradient, { largest, lost }) {
  // The light would reveal what the number hides.
  if (isCovered(gradient)) return { look: "covered", decades: 0 };
  if (lost !== null || !isFinite(gradient)) return { look: "nonfinite", decades: 0 };
  const size = rms(gradient);
  if (size === 0) return { look: "zero", decades: 0 };
  return { look: "lit", decades: Math.max(0, -Math.log10(size / (largest || size))) };
}

/**
 * How much larger than the seed a gradient is. Light is relative to the strongest gradient, so without this an
 * exploding gradient would look like the only healthy one.
 * @param {Tensor} gradient @param {Tensor} seed
 * @returns {number} 0..1
 */
export function overexposure(gradient, seed) {
  const growth = Math.log10(rms(gradient) / (rms(seed) || 1));
  return Number.isNaN(growth) ? 0 : Math.min(1, Math.max(0, (growth - OVER.from) / (OVER.to - OVER.from)));
}
