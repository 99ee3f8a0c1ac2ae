/**
 * The grade of the program's own engine, requested after each edit and each change of values. It belongs to one trace.
 * @typedef {import("../store.js").Store} Store
 */
import { reasonOf } from "../api.js";
import { hidesAnything } from "../predict.js";
import { createQuery } from "../query.js";
import { subjectOf } from "../trace/subject.js";

/** Delay after a change of values, ms. */
const REST = 200;

/** @param {Store} store */
export function createEngineGrades(store) {
  createQuery("grade", {
    about: () => {
      const trace = store.visibleTrace.value;
      // Its gradients would tell those that are to be predicted.
      return trace?.engine && !hidesAnything(trace) ? { trace } : null;
    },
    rest: () => (store.engine.peek() === null ? 0 : REST),
    ask: ({ trace }, post) => post({ ...subjectOf(store, trace), engine: true }),
    take: ({ engine: answer }, { trace }) =>
      (store.engine.value = { trace, answer, of: byNode(trace, answer), refusal: "" }),
    refuse: (problem, { trace }) =>
      (store.engine.value = { trace, answer: null, of: new Map(), refusal: reasonOf(problem) }),
  });
}

/**
 * @param {import("../types.js").Trace} trace @param {import("../wire.d.ts").EngineAnswer | null} answer
 * @returns {Map<number, import("../wire.d.ts").EngineGradient>}
 */
const byNode = ({ byId }, answer) =>
  new Map(
    (answer?.gradients ?? []).flatMap((each) => {
      const node = byId.get(each.id);
      return node === undefined ? [] : [[node, each]];
    }),
  );
