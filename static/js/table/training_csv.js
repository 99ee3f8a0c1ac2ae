/** The steps of a training as comma-separated values, for spreadsheets and programs. Pure. */
import { csv } from "./csv.js";

/** @param {number | null} x @returns {string} */
const exact = (x) => (x === null ? "" : String(x));

/**
 * @param {Pick<import("../store/training.js").Trained, "begins" | "rows">} training
 * @returns {string} one row a step
 */
export function stepsAsCsv({ begins: { parameters }, rows }) {
  const aside = rows.some(({ validation }) => validation !== null);
  const head = [
    "step",
    "loss",
    ...(aside ? ["kept aside"] : []),
    "rate",
    ...parameters.flatMap((id) => [`|gradient| of ${id}`, `|value| of ${id}`]),
  ];
  return csv([
    head,
    ...rows.map(({ step, loss, validation, rate, gradients, parameters: sizes }) => [
      String(step),
      exact(loss),
      ...(aside ? [exact(validation)] : []),
      exact(rate),
      ...parameters.flatMap((_, i) => [exact(gradients[i] ?? null), exact(sizes[i] ?? null)]),
    ]),
  ]);
}
