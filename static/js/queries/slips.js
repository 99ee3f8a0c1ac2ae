/**
 * The likely slip behind a wrong number: a dropped path, a missing slope, a sign. The server may answer that the number
 * is right after all, by another convention at a kink.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../predict.js").Revealed} Revealed
 * @typedef {import("../wire.d.ts").SentencePart} Part
 * @typedef {{slip: Part[], convention: string | null}} Judged
 *   slip: [] if none is known; convention: why the number is right after all; null if it is not
 */
import { batch } from "@preact/signals-core";
import { outcome, post } from "../api.js";
import { createQuery } from "../query.js";
import { indexOf } from "../trace/elements.js";
import { accept, NEAR, numberSaid, revealedOf } from "../predict.js";
import { toWire } from "../trace/tensor.js";
import { subjectOf } from "../trace/subject.js";

const NOTHING = { slip: [], convention: null };

const numbers = (/** @type {Revealed} */ { kind, said }) => said.map((each) => numberSaid(kind, each));

/** @param {import("../wire.d.ts").GradeAnswer} answer @returns {Judged} */
const read = ({ guess: answer }) => ({
  slip: answer?.slip?.text ?? [],
  convention: answer?.convention ? (answer.note ?? "") : null,
});

/**
 * @param {Store} store
 * @returns {(guess: import("../wire.d.ts").GuessRequest) => Promise<Judged>} judges a guess at a gradient of the
 * current trace; if the request fails, no slip is known
 */
export function slipsOf(store) {
  return async (guess) => {
    const trace = store.fullTrace.peek();
    const found = trace && (await outcome(post("grade", { ...subjectOf(store, trace), guess })));
    return found?.answer ? read(found.answer) : NOTHING;
  };
}

/** Finds the slip behind a wrong prediction. @param {Store} store */
export function createSlips(store) {
  createQuery("grade", {
    about: () => {
      const [trace, node] = [store.fullTrace.value, store.shownNode.value];
      const shown = trace && node && revealedOf(trace, store.predict.value, node.index);
      const wrong = shown && shown.right === false && numbers(shown).every((one) => one !== null);
      return wrong && store.slip.peek().of !== shown ? { trace, shown, node: node.id } : null;
    },
    ask: ({ trace, shown, node }, send) => {
      const flat = numbers(shown).map((one) => one ?? 0);
      const { shape } = shown.grad;
      const whole = flat.length === shown.grad.flat.length;
      const guess = {
        node,
        value: whole ? toWire({ shape, flat }) : flat[0],
        ...(!whole && { index: indexOf(shown.places[0], shape) }),
        tolerance: NEAR,
      };
      return send({ ...subjectOf(store, trace), guess });
    },
    take: (answer, { shown, node }) => judged(read(answer), shown, node),
    refuse: (_, { shown, node }) => judged(NOTHING, shown, node),
  });

  /** @param {Judged} judged @param {Revealed} shown @param {string} node */
  function judged({ slip, convention }, shown, node) {
    if (convention === null) {
      store.slip.value = { of: shown, parts: slip };
      return;
    }
    const predict = accept(store.predict.peek(), node, shown);
    batch(() => {
      store.predict.value = predict;
      store.slip.value = { of: predict.revealed.get(node) ?? null, parts: [{ text: convention, tone: "" }] };
    });
  }
}
