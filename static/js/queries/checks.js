/**
 * Numerical derivatives of the shown node, requested once its gradient is known. They belong to one trace, and are
 * cleared with it.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 */
import { computed, effect } from "@preact/signals-core";
import { ProblemError, TOO_LARGE } from "../api.js";
import { createQuery } from "../query.js";
import { isStandIn } from "../trace/closed.js";
import { isCovered } from "../trace/covered.js";
import { indexOf } from "../trace/elements.js";
import { nodeIn } from "../timeline/frame.js";
import { subjectOf } from "../trace/subject.js";
import { withinBudget } from "./check_budget.js";

/** Delay after a change of values, and of the step or element, ms. */
const REST = { values: 150, step: 30 };

/** Delay after a change of values before all gradients are checked, ms. */
const REST_OF_ALL = 300;

/** @param {Store} store */
export function createChecks(store) {
  /** The node whose gradient is visible now; "" for none. */
  const wanted = computed(() => {
    const [frame, node] = [store.stepFrame.value, store.shownNode.value];
    const settles = store.visibleTrace.value?.leaves.some((leaf) => leaf.id === node?.id && leaf.settles);
    const checkable =
      frame &&
      node &&
      !isStandIn(node) &&
      node.role !== "constant" &&
      !settles &&
      node.value.flat.length > 0 &&
      !isCovered(node.grad);
    return checkable && nodeIn(frame, node.index).progress === "done" ? node.id : "";
  });
  const place = computed(() => (store.element.value.id === wanted.value ? store.element.value.place : 0));
  /**
   * @param {Trace | null} trace
   * @param {string} id
   * @returns {import("../store/node.js").Check | null} the current check, if it is of this node
   */
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
        // If the tensor is too large, check only the swept element.
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
 * The verdicts on all gradients, requested together after each edit. A new trace aborts the request.
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
