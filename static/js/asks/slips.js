/**
 * Asks the server which slip leads to a wrong number, once it was revealed: a dropped path, a missing slope, a sign. It may
 * answer that the number is right as well, on another side of a kink.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../predict.js").Revealed} Revealed
 */
import { batch, computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "../api.js";
import { indexOf } from "../trace/elements.js";
import { accept, NEAR, numberSaid, revealedOf } from "../predict.js";
import { toWire } from "../trace/tensor.js";
import { subjectOf } from "../trace/subject.js";

const numbers = (/** @type {Revealed} */ { kind, said }) => said.map((each) => numberSaid(kind, each));

/** @param {Store} store */
export function createSlips(store) {
  const line = createLine();
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
    const [trace, node] = [store.actual.peek(), store.shownNode.peek()];
    if (trace === null || node === null) return;
    const flat = numbers(shown).map((one) => one ?? 0);
    const { shape } = shown.grad;
    const whole = flat.length === shown.grad.flat.length;
    const guess = { node: node.id, value: whole ? toWire({ shape, flat }) : flat[0], ...(!whole && { index: indexOf(shown.places[0], shape) }), tolerance: NEAR };
    try {
      const { guess: told } = await line("grade", { ...subjectOf(store, trace), guess });
      if (wanted.peek() !== shown) return;
      if (!told?.convention) {
        store.slip.value = { of: shown, parts: told?.slip?.text ?? [] };
        return;
      }
      const predict = accept(store.predict.peek(), node.id, shown);
      batch(() => {
        store.predict.value = predict;
        store.slip.value = { of: predict.revealed.get(node.id) ?? null, parts: [{ text: told.note ?? "", tone: "" }] };
      });
    } catch (error) {
      // A wrong answer stands without its slip.
      if (!isAbort(error) && !(error instanceof ProblemError)) throw error;
    }
  }
}
