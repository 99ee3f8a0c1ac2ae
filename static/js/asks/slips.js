/**
 * Asks the server which slip leads to a wrong number: a dropped path, a missing slope, a sign. It may answer that the number
 * is right as well, on another side of a kink.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../predict.js").Revealed} Revealed
 * @typedef {import("../wire.d.ts").SentencePart} Part
 * @typedef {{slip: Part[], convention: string | null}} Judged
 *   slip: [] where none is known. convention: how the number is right after all, if it is
 */
import { batch, computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "../api.js";
import { indexOf } from "../trace/elements.js";
import { accept, NEAR, numberSaid, revealedOf } from "../predict.js";
import { toWire } from "../trace/tensor.js";
import { subjectOf } from "../trace/subject.js";

const NOTHING = { slip: [], convention: null };

const numbers = (/** @type {Revealed} */ { kind, said }) => said.map((each) => numberSaid(kind, each));

/**
 * @param {Store} store
 * @returns {(guess: import("../wire.d.ts").GuessRequest) => Promise<Judged | null>} what is said of a guess at a gradient of
 * the trace at hand; null where something else was asked meanwhile
 */
export function slipsOf(store) {
  const line = createLine();
  return async (guess) => {
    const trace = store.actual.peek();
    if (trace === null) return NOTHING;
    try {
      const { guess: told } = await line("grade", { ...subjectOf(store, trace), guess });
      return { slip: told?.slip?.text ?? [], convention: told?.convention ? (told.note ?? "") : null };
    } catch (error) {
      if (isAbort(error)) return null;
      // A wrong answer stands without its slip.
      if (error instanceof ProblemError) return NOTHING;
      throw error;
    }
  };
}

/** Of what was revealed after a wrong prediction. @param {Store} store */
export function createSlips(store) {
  const judge = slipsOf(store);
  /** The wrong answer that is shown. */
  const wanted = computed(() => {
    const [trace, node] = [store.actual.value, store.shownNode.value];
    const shown = trace && node && revealedOf(trace, store.predict.value, node.index);
    return shown && shown.right === false && numbers(shown).every((one) => one !== null) ? shown : null;
  });
  effect(() => {
    if (wanted.value !== null && store.slip.peek().of !== wanted.value) void ask(wanted.value);
  });

  /** @param {Revealed} shown */
  async function ask(shown) {
    const node = store.shownNode.peek();
    if (node === null) return;
    const flat = numbers(shown).map((one) => one ?? 0);
    const { shape } = shown.grad;
    const whole = flat.length === shown.grad.flat.length;
    const guess = { node: node.id, value: whole ? toWire({ shape, flat }) : flat[0], ...(!whole && { index: indexOf(shown.places[0], shape) }), tolerance: NEAR };
    const judged = await judge(guess);
    if (judged === null || wanted.peek() !== shown) return;
    if (judged.convention === null) {
      store.slip.value = { of: shown, parts: judged.slip };
      return;
    }
    const { convention } = judged;
    const predict = accept(store.predict.peek(), node.id, shown);
    batch(() => {
      store.predict.value = predict;
      store.slip.value = { of: predict.revealed.get(node.id) ?? null, parts: [{ text: convention, tone: "" }] };
    });
  }
}
