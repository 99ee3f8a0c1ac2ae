/**
 * How bright a gradient is. Six decades of |gradient| below the largest stay distinguishable; a gradient that is
 * exactly zero gives no light at all, unlike one that merely vanishes.
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {"lit" | "zero" | "nonfinite" | "covered"} Look
 */
import { isCovered } from "../trace/covered.js";
import { isFinite, magnitude } from "../trace/tensor.js";

export const DECADES = 6;
const FAINTEST = 0.1;
/** Ratio of gradient to seed at which overexposure starts, and at which it is white, in decades. */
const OVER = { from: 1.5, to: 5 };

/**
 * @param {Tensor} gradient
 * @param {import("../types.js").Trace} trace  a gradient is as bright as the largest of it; where its output is not finite, none gives light
 * @returns {{look: Look, level: number}} level in 0..1
 */
export function light(gradient, { largest, lost }) {
  // The light would reveal what the number hides.
  if (isCovered(gradient)) return { look: "covered", level: 0 };
  if (lost !== null || !isFinite(gradient)) return { look: "nonfinite", level: 1 };
  const size = magnitude(gradient);
  if (size === 0) return { look: "zero", level: 0 };
  const level = 1 + Math.log10(size / (largest || size)) / DECADES;
  return { look: "lit", level: Math.min(1, Math.max(FAINTEST, level)) };
}

/**
 * How much larger than the seed a gradient is. Light is relative to the largest gradient, so without this an exploding
 * gradient would look like the only healthy one.
 * @param {Tensor} gradient @param {Tensor} seed
 * @returns {number} 0..1
 */
export function overexposure(gradient, seed) {
  const growth = Math.log10(magnitude(gradient) / (magnitude(seed) || 1));
  return Number.isNaN(growth) ? 0 : Math.min(1, Math.max(0, (growth - OVER.from) / (OVER.to - OVER.from)));
}
