/**
 * How parameters and gradients are distributed over the steps of a training.
 * @typedef {import("../plots/histograms.js").Histograms} Histograms
 */
import { signal } from "@preact/signals-core";

export const createHistograms = () => ({
  /** Null until they are known, and where there is no training. */
  histograms: signal(/** @type {Histograms | null} */ (null)),
  histogramsOpen: signal(false),
  /** Of what they are shown. */
  histogramsOf: signal(/** @type {"values" | "gradients"} */ ("values")),
});
