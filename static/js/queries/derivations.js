/**
 * The derivation of the shown node, and the closed forms of the shown function call. Formulas stay while only values
 * change; an answer with numbers of its own belongs to one trace.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 */
import { effect } from "@preact/signals-core";
import { createQuery, steady } from "../query.js";
import { isStandIn } from "../trace/closed.js";
import { subjectOf } from "../trace/subject.js";

/** Delay while nodes are passed over or a value is dragged, ms. */
const REST = 90;

/** @param {Store} store */
export function createDerivations(store) {
  /**
   * Answers by node, for one structure; `known`: the nodes that have closed forms.
   * @type {{key: string, answers: Map<string, import("../wire.d.ts").DerivationAnswer>, known: Set<string>}}
   */
  let cache = { key: "", answers: new Map(), known: new Set() };
  /** @param {Trace} trace */
  const cacheOf = ({ key }) => (cache.key === key ? cache : (cache = { key, answers: new Map(), known: new Set() }));
  /** @param {{id: string, trace: Trace | null} | null} held @param {{id: string, trace: Trace}} about */
  const isOf = (held, { id, trace }) => held !== null && held.id === id && held.trace === trace;

  const node = steady(() => {
    const [trace, shown] = [store.visibleTrace.value, store.clock.value.playing ? null : store.shownNode.value];
    return trace && shown && !isStandIn(shown) ? { id: shown.id, trace } : null;
  });
  const call = steady(() => {
    const [trace, group] = [store.visibleTrace.value, store.shownGroup.value];
    return trace && group?.kind === "call" ? { id: group.id, trace } : null;
  });

  effect(() => {
    const now = node.value;
    if (now === null || isOf(store.derivation.peek(), now)) return;
    const answer = cacheOf(now.trace).answers.get(now.id) ?? null;
    store.derivation.value = answer && { id: now.id, key: now.trace.key, trace: null, answer };
  });
  effect(() => {
    const shown = call.value ?? node.value;
    if (shown === null || !isOf(store.whole.peek(), shown)) store.whole.value = null;
  });

  const explain = {
    rest: () => REST,
    /** @param {{id: string, trace: Trace}} about @param {import("../query.js").Post} post */
    ask: ({ id, trace }, post) => post({ ...subjectOf(store, trace), node: id }),
  };
  createQuery("explain", {
    ...explain,
    about: () => {
      const now = node.value;
      if (now === null || isOf(store.derivation.peek(), now)) return null;
      const { answers, known } = cacheOf(now.trace);
      // An answer with numbers of its own is requested again for every trace.
      return answers.get(now.id)?.expanded === null && !known.has(now.id) ? null : now;
    },
    take: ({ derivation: answer, whole: forms }, { id, trace }) => {
      if (!answer) return;
      cacheOf(trace).answers.set(id, answer);
      if (forms) cacheOf(trace).known.add(id);
      store.derivation.value = { id, key: trace.key, trace, answer };
      if (forms && call.peek() === null) store.whole.value = { id, trace, forms };
    },
  });
  createQuery("explain", {
    ...explain,
    about: () => (call.value === null || isOf(store.whole.peek(), call.value) ? null : call.value),
    take: ({ whole: forms }, { id, trace }) => {
      if (forms) store.whole.value = { id, trace, forms };
    },
  });
}
