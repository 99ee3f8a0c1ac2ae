/**
 * How bright a gradient is. Six decades of |gradient| below the largest stay distinguishable; a gradient that is
 * exactly zero gives no light at all, which is the one thing a vanishing one never does.
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {"lit" | "zero" | "nonfinite" | "covered"} Look
 */
import { isCovered } from "../trace/covered.js";
import { isFinite, magnitude } from "../trace/tensor.js";

export const DECADES = 6;
const FAINTEST = 0.1;
/** How often the seed a gradient must be before the picture overexposes, and where it is white. Both in decades. */
const OVER = { from: 1.5, to: 5 };

/**
 * @param {Tensor} gradient
 * @param {number} largest of the whole trace
 * @returns {{look: Look, level: number}} level in 0..1
 */
export function light(gradient, largest) {
  // Light would tell what the number does not.
  if (isCovered(gradient)) return { look: "covered", level: 0 };
  if (!isFinite(gradient)) return { look: "nonfinite", level: 1 };
  const size = magnitude(gradient);
  if (size === 0) return { look: "zero", level: 0 };
  const level = 1 + Math.log10(size / (largest || size)) / DECADES;
  return { look: "lit", level: Math.min(1, Math.max(FAINTEST, level)) };
}

/**
 * How far a gradient has outgrown what was sent in at the output: light alone is relative to the largest, so that an
 * exploding gradient would look like the only healthy one.
 * @param {Tensor} gradient @param {Tensor} seed
 * @returns {number} 0..1
 */
export function overexposure(gradient, seed) {
  const growth = Math.log10(magnitude(gradient) / (magnitude(seed) || 1));
  return Number.isNaN(growth) ? 0 : Math.min(1, Math.max(0, (growth - OVER.from) / (OVER.to - OVER.from)));
}
