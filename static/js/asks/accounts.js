/**
 * Asks the server why the element that is pointed at is what it is. After a rest, the newest wins, and what was asked of
 * the trace at hand is not asked again.
 * @typedef {import("../store.js").Store} Store
 */
import { computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "../api.js";
import { createRest } from "../busy.js";
import { isCovered } from "../trace/covered.js";
import { indexOf, known } from "../trace/elements.js";
import { nodeIn } from "../timeline/frame.js";
import { subjectOf } from "../trace/subject.js";

/** Whoever only passes over an element does not want to know, ms. */
const REST = 80;

/** @param {Store} store */
export function createAccounts(store) {
  const line = createLine();
  const rest = createRest("explain");
  /** @type {{trace: import("../types.js").Trace | null, answers: Map<string, import("../wire.d.ts").AccountAnswer>}} */
  let cache = { trace: null, answers: new Map() };

  /** Which element, and what can be told of it now: changes with steps, not with every frame. */
  const wanted = computed(() => {
    const pointed = store.pointed.value;
    const frame = store.frame.value;
    const index = pointed && frame ? frame.trace.byId.get(pointed.id) : undefined;
    if (!pointed || !frame || index === undefined) return "";
    return JSON.stringify([pointed.id, pointed.place, pointed.of, hides(frame.trace, index, pointed.of) ?? known(nodeIn(frame, index), pointed.of)]);
  });

  effect(() => {
    const trace = store.trace.value;
    rest.stop();
    if (cache.trace !== trace) cache = { trace, answers: new Map() };
    if (wanted.value === "" || trace === null) {
      store.account.value = null;
      return;
    }
    const key = wanted.value;
    const [id, place, of, status] = JSON.parse(key);
    const found = cache.answers.get(key) ?? null;
    if (status !== "told" || found) {
      store.account.value = { id, place, of, status, told: found };
      return;
    }
    const before = store.account.peek();
    // The same element with other numbers: what stands there stays until the new one has come.
    if (!before || before.id !== id || before.place !== place || before.of !== of || before.status !== status) store.account.value = null;
    rest.start(REST, () => void ask(key, trace));
  });

  /**
   * A gradient that was revealed before those that it is made of would tell them.
   * @param {import("../types.js").Trace} trace @param {number} index @param {"value" | "grad"} of
   */
  const hides = ({ nodes, edges }, index, of) =>
    of === "grad" && !isCovered(nodes[index].grad) && nodes[index].outs.some((edge) => isCovered(nodes[edges[edge].target].grad)) ? "made of covered gradients" : null;

  /** @param {string} key @param {import("../types.js").Trace} trace */
  async function ask(key, trace) {
    const [id, place, of, status] = JSON.parse(key);
    const index = trace.byId.get(id);
    if (index === undefined) return;
    const body = {
      ...subjectOf(store, trace),
      node: id,
      index: indexOf(place, trace.nodes[index].shape),
      passes: [of === "value" ? "forward" : "backward"],
    };
    try {
      const told = (await line("explain", body))[of];
      if (store.trace.peek() !== trace) return;
      cache.answers.set(key, told);
      if (wanted.peek() === key) store.account.value = { id, place, of, status, told };
    } catch (error) {
      // Without an answer there is no card; what the graph shows stands as it is.
      if (!isAbort(error) && !(error instanceof ProblemError)) throw error;
    }
  }
}
