/**
 * The numerical derivatives of the node that is shown, asked for once its gradient is there. They belong to one trace: as
 * soon as another value comes, they are gone.
 * @typedef {import("../store.js").Store} Store
 */
import { computed, effect } from "@preact/signals-core";
import { createLine, isAbort, post, ProblemError } from "../api.js";
import { createRest } from "../busy.js";
import { isCovered } from "../trace/covered.js";
import { indexOf } from "../trace/elements.js";
import { nodeIn } from "../timeline/frame.js";
import { subjectOf } from "../trace/subject.js";
import { worthChecking } from "./worth.js";

/** A value that is being dragged is let come to rest, and a step or an element a little, ms. */
const REST = { values: 150, step: 30 };

/** All gradients are checked once the values have come to rest for longer still, ms. */
const REST_OF_ALL = 300;

/** The status of a question that is too large. */
const TOO_LARGE = 413;

/** @param {Store} store */
export function createChecks(store) {
  const line = createLine();
  const rest = createRest("check");
  /** The node whose gradient can be seen now; "" for none. */
  const wanted = computed(() => {
    const [frame, node] = [store.settled.value, store.shownNode.value];
    return frame && node && node.role !== "constant" && !isCovered(node.grad) && nodeIn(frame, node.index).progress === "done" ? node.id : "";
  });
  const place = computed(() => (store.element.value.id === wanted.value ? store.element.value.place : 0));

  effect(() => {
    const [trace, id, at, epsilon] = [store.trace.value, wanted.value, place.value, store.epsilon.value];
    rest.stop();
    const held = store.check.peek();
    const same = held !== null && held.trace === trace && held.id === id;
    if (same && held.place === at && held.sweep.at.epsilon === epsilon) return;
    if (!same) store.check.value = null;
    if (trace !== null && id !== "") rest.start(same ? REST.step : REST.values, () => void ask(id, at, epsilon, trace));
  });

  /** @param {string} id @param {number} at @param {number} epsilon @param {import("../types.js").Trace} trace */
  async function ask(id, at, epsilon, trace) {
    const node = trace.nodes[trace.byId.get(id) ?? -1];
    if (!node || store.traced.peek() === null || node.value.flat.length === 0) return;
    const index = indexOf(Math.min(at, node.value.flat.length - 1), node.shape);
    const question = { ...subjectOf(store, trace), sweep: id, index, epsilon };
    try {
      const found = await line("check", { ...question, nodes: [id] }).catch((error) => {
        // Of a tensor that is too large one element is checked all the same.
        if (error instanceof ProblemError && error.problem.status === TOO_LARGE) return line("check", { ...question, nodes: [trace.output] });
        throw error;
      });
      if (store.trace.peek() !== trace || wanted.peek() !== id || place.peek() !== at) return;
      const checked = found.checks.find((/** @type {{id: string}} */ each) => each.id === id) ?? null;
      store.check.value = { trace, id, place: at, checked, sweep: found.sweep };
    } catch (error) {
      // What is too large to be checked stands unchecked.
      if (!isAbort(error) && !(error instanceof ProblemError)) throw error;
    }
  }
}

/**
 * What the checks of all gradients say, asked for in one request after each edit, once the values have come to rest. It
 * never keeps a trace waiting: a new one gives up the question, and what was said of the old one no longer holds.
 * @param {Store} store
 */
export function createVerdicts(store) {
  const rest = createRest("check");
  let work = new AbortController();

  effect(() => {
    const trace = store.trace.value;
    rest.stop();
    work.abort();
    work = new AbortController();
    if (trace !== null) rest.start(REST_OF_ALL, () => void ask(trace, work.signal));
  });

  /** @param {import("../types.js").Trace} trace @param {AbortSignal} signal */
  async function ask(trace, signal) {
    const nodes = worthChecking(trace, ({ grad }) => !isCovered(grad));
    if (nodes.length === 0 || store.problem.peek() !== null) return;
    try {
      const { checks } = await post("check", { ...subjectOf(store, trace), nodes }, signal);
      if (store.trace.peek() !== trace) return;
      const of = new Map(checks.map((/** @type {import("../wire.d.ts").CheckedAnswer} */ { id, verdict }) => [trace.byId.get(id), verdict]));
      store.checked.value = { trace, of };
    } catch (error) {
      if (!isAbort(error) && !(error instanceof ProblemError)) throw error;
    }
  }
}
