/**
 * Asks the server which slip leads to a wrong number: a dropped path, a missing slope, a sign.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../predict.js").Revealed} Revealed
 * @typedef {import("../wire.d.ts").SentencePart} Part
 */
import { computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "../api.js";
import { indexOf } from "../trace/elements.js";
import { parseNumber } from "../words/format.js";
import { NEAR, revealedOf } from "../predict.js";
import { toWire } from "../trace/tensor.js";
import { valuesFor } from "../trace/values.js";

/**
 * @param {Store} store
 * @returns {(guess: import("../wire.d.ts").GuessRequest) => Promise<Part[] | null>} the slip in a guess at a gradient of the
 * trace at hand; [] where none is known, null where something else was asked meanwhile
 */
export function slipsOf(store) {
  const line = createLine();
  return async (guess) => {
    const [trace, program] = [store.actual.peek(), store.traced.peek()];
    if (trace === null || program === null) return [];
    const subject = {
      program, values: valuesFor(program, store.given.peek()), ignore_unknown: true, detail: trace.detail,
      scalar: trace.detail === "scalar" ? [] : [...store.scalar.peek()].sort(),
    };
    try {
      const { guess: told } = await line("grade", { ...subject, guess });
      return told?.slip?.text ?? [];
    } catch (error) {
      if (isAbort(error)) return null;
      // A wrong answer stands without its slip.
      if (error instanceof ProblemError) return [];
      throw error;
    }
  };
}

/** Of what was revealed after a wrong prediction. @param {Store} store */
export function createSlips(store) {
  const slip = slipsOf(store);
  /** The wrong answer that is shown. */
  const wanted = computed(() => {
    const [trace, node] = [store.actual.value, store.shownNode.value];
    const shown = trace && node && revealedOf(trace, store.predict.value, node.index);
    return shown && shown.right === false && shown.kind === "number" ? shown : null;
  });
  effect(() => {
    if (wanted.value !== null && store.slip.peek().of !== wanted.value) void ask(wanted.value);
  });

  /** @param {Revealed} shown */
  async function ask(shown) {
    const node = store.shownNode.peek();
    if (node === null) return;
    const flat = shown.said.map(parseNumber);
    const { shape } = shown.grad;
    const whole = flat.length === shown.grad.flat.length;
    const guess = { node: node.id, value: whole ? toWire({ shape, flat }) : flat[0], ...(!whole && { index: indexOf(shown.places[0], shape) }), tolerance: NEAR };
    const parts = await slip(guess);
    if (parts !== null && wanted.peek() === shown) store.slip.value = { of: shown, parts };
  }
}
