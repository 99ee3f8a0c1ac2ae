/**
 * How bright a gradient is. Six decades of |gradient| below the largest stay distinguishable; a gradient that is
 * exactly zero gives no light at all, which is the one thing a vanishing one never does.
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {"lit" | "zero" | "nonfinite"} Look
 */
import { isFinite, magnitude } from "../tensor.js";

const DECADES = 6;
const FAINTEST = 0.1;

/**
 * @param {Tensor} gradient
 * @param {number} largest of the whole trace
 * @returns {{look: Look, level: number}} level in 0..1
 */
export function light(gradient, largest) {
  if (!isFinite(gradient)) return { look: "nonfinite", level: 1 };
  const size = magnitude(gradient);
  if (size === 0) return { look: "zero", level: 0 };
  const level = 1 + Math.log10(size / (largest || size)) / DECADES;
  return { look: "lit", level: Math.min(1, Math.max(FAINTEST, level)) };
}
