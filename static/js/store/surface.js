/**
 * What the program predicts over a grid, beside its examples.
 * @typedef {import("../plots/surface.js").Surface} Surface
 */
import { signal } from "@preact/signals-core";

export const createSurface = () => ({
  /** Null until it is known, and where the examples are no points of a line or a plane. */
  surface: signal(/** @type {Surface | null} */ (null)),
  /** The name whose value is shown; "" for the last one before the targets come in. */
  surfaceOf: signal(""),
});
