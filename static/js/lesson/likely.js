/**
 * The likeliest slip behind a wrong number: a flipped sign, a slip that the server recognizes in a gradient, or a
 * neighbouring number.
 * @typedef {import("../wire.d.ts").LessonReference} Reference
 * @typedef {import("../wire.d.ts").SentencePart} Part
 */
import { slipsOf } from "../queries/slips.js";
import { NEAR, neighbourSlip, signSlip } from "./slip.js";

/**
 * @param {import("../store.js").Store} store
 * @returns {(reference: Reference | null, said: number, expected: number | null, current: boolean) => Promise<Part[]>}
 *   the likely slip, [] for none; `current`: whether the current trace belongs to the question
 */
export function createSlip(store) {
  const ask = slipsOf(store);
  return async (reference, said, expected, current) => {
    if (expected === null) return [];
    const sign = signSlip(said, expected);
    if (sign) return [{ text: sign, tone: "" }];
    const trace = store.fullTrace.peek();
    if (!reference || !trace || !current) return [];
    if (reference.of === "grad") {
      const judged = await ask({
        node: reference.node,
        value: said,
        tolerance: NEAR,
        ...(reference.index && { index: reference.index }),
      });
      if (judged.convention !== null) return [{ text: judged.convention, tone: "" }];
      if (judged.slip.length > 0) return judged.slip;
    }
    const beside = neighbourSlip(reference, said, expected, trace);
    return beside ? [{ text: beside, tone: "" }] : [];
  };
}
