/**
 * The numerical derivatives of the node that is shown, asked for once its gradient is there. They belong to one trace: as
 * soon as another value comes, they are gone.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 */
import { computed, effect } from "@preact/signals-core";
import { ProblemError } from "../api.js";
import { createQuery } from "../query.js";
import { isCovered } from "../trace/covered.js";
import { indexOf } from "../trace/elements.js";
import { nodeIn } from "../timeline/frame.js";
import { subjectOf } from "../trace/subject.js";
import { withinBudget } from "./check_budget.js";

/** A value that is being dragged is let come to rest, and a step or an element a little, ms. */
const REST = { values: 150, step: 30 };

/** All gradients are checked once the values have come to rest for longer still, ms. */
const REST_OF_ALL = 300;

/** The status of a question that is too large. */
const TOO_LARGE = 413;

/** @param {Store} store */
export function createChecks(store) {
  /** The node whose gradient can be seen now; "" for none. */
  const wanted = computed(() => {
    const [frame, node] = [store.stepFrame.value, store.shownNode.value];
    const checkable = frame && node && node.role !== "constant" && node.value.flat.length > 0 && !isCovered(node.grad);
    return checkable && nodeIn(frame, node.index).progress === "done" ? node.id : "";
  });
  const place = computed(() => (store.element.value.id === wanted.value ? store.element.value.place : 0));
  /** @param {Trace | null} trace @param {string} id @returns {import("../store/node.js").Check | null} what is known of this node already */
  const held = (trace, id) => {
    const check = store.check.peek();
    return check !== null && check.trace === trace && check.id === id ? check : null;
  };

  effect(() => {
    if (held(store.visibleTrace.value, wanted.value) === null) store.check.value = null;
  });

  createQuery("check", {
    about: () => {
      const [trace, id, at, epsilon] = [store.visibleTrace.value, wanted.value, place.value, store.epsilon.value];
      const known = held(trace, id);
      if (trace === null || id === "" || (known?.place === at && known.sweep.at.epsilon === epsilon)) return null;
      return { trace, id, place: at, epsilon };
    },
    rest: ({ trace, id }) => (held(trace, id) ? REST.step : REST.values),
    ask: ({ trace, id, place: at, epsilon }, post) => {
      const node = trace.nodes[trace.byId.get(id) ?? -1];
      const index = indexOf(Math.min(at, node.value.flat.length - 1), node.shape);
      const question = { ...subjectOf(store, trace), sweep: id, index, epsilon };
      return post({ ...question, nodes: [id] }).catch((error) => {
        // Of a tensor that is too large one element is checked all the same.
        if (error instanceof ProblemError && error.problem.status === TOO_LARGE)
          return post({ ...question, nodes: [trace.output] });
        throw error;
      });
    },
    take: ({ checks, sweep }, { trace, id, place: at }) => {
      const checked = checks.find((/** @type {{id: string}} */ each) => each.id === id) ?? null;
      store.check.value = { trace, id, place: at, checked, sweep };
    },
  });
}

/**
 * What the checks of all gradients say, asked for in one request after each edit, once the values have come to rest. It
 * never keeps a trace waiting: a new one gives up the question, and what was said of the old one no longer holds.
 * @param {Store} store
 */
export function createVerdicts(store) {
  createQuery("check", {
    about: () => store.visibleTrace.value && { trace: store.visibleTrace.value },
    rest: () => REST_OF_ALL,
    ask: ({ trace }, post) => {
      const nodes = withinBudget(trace, ({ grad }) => !isCovered(grad));
      return nodes.length === 0 || store.problem.peek() !== null ? null : post({ ...subjectOf(store, trace), nodes });
    },
    take: ({ checks }, { trace }) => {
      const of = new Map(
        checks.map((/** @type {import("../wire.d.ts").CheckedAnswer} */ { id, verdict }) => [
          trace.byId.get(id),
          verdict,
        ]),
      );
      store.checked.value = { trace, of };
    },
  });
}
