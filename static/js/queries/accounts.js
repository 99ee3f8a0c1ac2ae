/**
 * The account of the element pointed at: where its value or gradient comes from. Answers are cached for one trace.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {Pick<import("../store/node.js").Account, "id" | "place" | "of">} Element
 */
import { effect } from "@preact/signals-core";
import { createQuery, steady } from "../query.js";
import { isStandIn } from "../trace/closed.js";
import { isCovered } from "../trace/covered.js";
import { indexOf, known } from "../trace/elements.js";
import { nodeIn } from "../timeline/frame.js";
import { subjectOf } from "../trace/subject.js";

/** Hover delay before asking, ms. */
const REST = 80;

/** @param {Store} store */
export function createAccounts(store) {
  /** @type {{trace: Trace | null, answers: Map<string, import("../wire.d.ts").AccountAnswer>}} */
  let cache = { trace: null, answers: new Map() };
  /** @param {Trace} trace */
  const answersOf = (trace) => (cache.trace === trace ? cache : (cache = { trace, answers: new Map() })).answers;
  const key = (/** @type {Element} */ { id, place, of }) => `${of} ${place} ${id}`;

  /** Which element, and whether it can be explained now; changes with steps, not with every frame. */
  const wanted = steady(() => {
    const pointed = store.pointed.value;
    const frame = store.frame.value;
    const index = pointed && frame ? frame.trace.byId.get(pointed.id) : undefined;
    if (!pointed || !frame || index === undefined || isStandIn(frame.trace.nodes[index])) return null;
    const { id, place, of } = pointed;
    return {
      trace: frame.trace,
      id,
      place,
      of,
      status: hides(frame.trace, index, of) ?? known(nodeIn(frame, index), of),
    };
  });

  effect(() => {
    const now = wanted.value;
    if (now === null) {
      store.account.value = null;
      return;
    }
    const { trace, ...element } = now;
    // A cached answer is withheld at moments that do not know the element yet.
    const found = element.status === "known" ? (answersOf(trace).get(key(element)) ?? null) : null;
    const before = store.account.peek();
    if (element.status !== "known" || found) store.account.value = { ...element, answer: found };
    // For the same element with other numbers, the old account stays until the new one arrives.
    else if (
      before?.id !== element.id ||
      before.place !== element.place ||
      before.of !== element.of ||
      before.status !== element.status
    )
      store.account.value = null;
  });

  createQuery("explain", {
    about: () => {
      const now = wanted.value;
      return now === null || now.status !== "known" || answersOf(now.trace).has(key(now)) ? null : now;
    },
    rest: () => REST,
    ask: ({ trace, id, place, of }, post) => {
      const { shape } = trace.nodes[/** @type {number} */ (trace.byId.get(id))];
      return post({
        ...subjectOf(store, trace),
        node: id,
        index: indexOf(place, shape),
        passes: [of === "value" ? "forward" : "backward"],
      });
    },
    take: (answer, { trace, ...element }) => {
      const found = answer[element.of];
      answersOf(trace).set(key(element), found);
      store.account.value = { ...element, answer: found };
    },
  });
}

/**
 * The account of a gradient would reveal covered gradients that it is made of.
 * @param {Trace} trace @param {number} index @param {"value" | "grad"} of
 */
const hides = ({ nodes, edges }, index, of) =>
  of === "grad" &&
  !isCovered(nodes[index].grad) &&
  nodes[index].outs.some((edge) => isCovered(nodes[edges[edge].target].grad))
    ? "made of covered gradients"
    : null;
