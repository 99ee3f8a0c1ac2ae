/**
 * Access to an input of the step by name: its current value, and setting it. The reader's value comes first; the trace
 * follows.
 */
import { computed } from "@preact/signals-core";
import { editableLeaves } from "../../panels/editor/leaf_sliders.js";
import { learnedLeaves } from "../../trace/learned.js";
import { number, toWire } from "../../trace/tensor.js";
import { textOf } from "../../trace/subject.js";

/** @typedef {import("./figure.js").FigureContext} FigureContext */

/** Most numbers of an array that are shown. */
const MOST = 8;

/** @param {Pick<FigureContext, "store" | "session">} context @param {string} id */
export function leafOf({ store, session }, id) {
  return {
    /** NaN while the step has no such input. */
    x: computed(() => {
      const leaf = editableLeaves(store).find((each) => each.id === id);
      return leaf !== undefined && leaf.tensor.flat.length === 1 ? leaf.tensor.flat[0] : NaN;
    }),
    /** All its numbers if it has several, but not more than can be shown. */
    all: computed(
      () =>
        editableLeaves(store)
          .find((each) => each.id === id)
          ?.tensor.flat.slice(0, MOST) ?? [],
    ),
    /** @param {number} x */
    set: (x) => session.setValue(id, x),
  };
}

/**
 * A signal of the step's program and values, as requests need them; null until it has been traced.
 * @param {import("../../store.js").Store} store
 */
export function textIn(store) {
  void [store.given.value, store.fullTrace.value];
  if (store.traced.value === null) return null;
  const { run: _, step: __, values, ...text } = textOf(store);
  // A figure asks about other values of an input: then the parameters stay as they are at the shown step of a training.
  const learned = Object.fromEntries(learnedLeaves(store).map(({ id, tensor }) => [id, toWire(tensor)]));
  return { ...text, values: { ...values, ...learned } };
}

/**
 * Values and gradients of nodes when one input takes several values at once, as a row. null if that is not the same as
 * asking several times: if the program sums over them or reshapes the input.
 * @param {{nodes: import("../../wire.d.ts").NodeAnswer[]}} answer @param {readonly string[]} ids @param {number} count
 * @returns {Map<string, {value: number[], grad: number[] | null}> | null}
 */
export function rowsOf({ nodes }, ids, count) {
  const found = new Map();
  for (const id of ids) {
    const node = nodes.find((each) => each.id === id);
    if (node === undefined || node.shape.length !== 1 || node.shape[0] !== count || !Array.isArray(node.value))
      return null;
    const grad = Array.isArray(node.grad) ? node.grad.map(number) : null;
    found.set(id, { value: node.value.map(number), grad });
  }
  return found;
}
