/**
 * What a reader does to the program and its values. The trace follows (`tracing.js`).
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./types.js").WireNumber} WireNumber
 * @typedef {import("./types.js").Network} Network
 */
import { batch } from "@preact/signals-core";
import { get, outcome, post } from "./api.js";
import { readOps } from "./trace/ops.js";
import { begin } from "./predict.js";
import { linesOf } from "./points/points.js";
import { requestView } from "./store/view.js";
import { rewind } from "./timeline/player.js";
import { learnedLeaves } from "./trace/learned.js";
import { toWire } from "./trace/tensor.js";
import { givenFrom, literalLine } from "./trace/values.js";
import { createTracing, PLAIN } from "./tracing.js";

/** @typedef {ReturnType<typeof createSession>} Session */

/** @param {Store} store */
export function createSession(store) {
  const tracing = createTracing(store);

  /** The parameters at the shown step of a training: whoever changes a value there goes on from these. */
  function learned() {
    const text = store.traced.peek() ?? "";
    return Object.fromEntries(
      learnedLeaves(store).map((leaf) => [leaf.id, { value: toWire(leaf.tensor), line: literalLine(text, leaf) }]),
    );
  }

  return {
    /** @param {string} text */
    type(text) {
      if (text !== store.program.peek()) store.program.value = text;
    },

    /**
     * Changes program and values by code, as undo and links do.
     * @param {() => void} change
     * @param {number | null} [time]  the moment to go to; by default the current one is kept
     */
    put(change, time = null) {
      tracing.expect(time);
      batch(change);
      // The same program is not traced again.
      if (time !== null && store.traced.peek() === store.program.peek()) {
        store.clock.value = { ...store.clock.peek(), time };
        tracing.arrived();
      }
    },

    /**
     * @param {{title: string, hint?: string, program: string, values: Record<string, WireNumber>, closed?: boolean}}
     *   what  closed: whether all groups are closed at first
     */
    open({ title, hint = "", program, values, closed = false }) {
      this.put(() => {
        store.opened.value = { title, hint, program };
        store.openGroups.value = closed ? new Set() : null;
        store.detail.value = PLAIN.detail;
        store.scalar.value = new Set();
        store.output.value = "";
        store.selection.value = null;
        store.nudge.value = null;
        store.clock.value = rewind(store.clock.peek());
        store.predict.value = begin(store.predict.peek().mode);
        store.given.value = givenFrom(values);
        store.backward.value = "";
        store.formula.value = { of: "", text: "" };
        store.program.value = program;
        store.camera.value = null;
        requestView(store, "look");
      }, 0);
    },

    /** @param {string} id @param {WireNumber} value */
    setValue(id, value) {
      this.setValues({ [id]: value });
    },

    /** Several values at once, as one edit. @param {Record<string, WireNumber>} values */
    setValues(values) {
      const text = store.traced.peek() ?? "";
      const leaves = store.fullTrace.peek()?.leaves ?? [];
      const given = Object.entries(values).map(([id, value]) => {
        const leaf = leaves.find((each) => each.id === id || each.element?.leaf === id);
        return [id, { value, line: leaf ? literalLine(text, leaf) : null }];
      });
      store.given.value = { ...store.given.peek(), ...learned(), ...Object.fromEntries(given) };
    },

    /** @param {string} name  the value whose gradients are wanted */
    differentiate(name) {
      this.put(() => {
        store.output.value = name;
        store.nudge.value = null;
        store.predict.value = begin(store.predict.peek().mode);
      });
    },

    /** @param {string} id restores the value that the program says */
    resetValue(id) {
      const { [id]: _, ...rest } = store.given.peek();
      store.given.value = rest;
    },

    /**
     * @param {Network} network
     * @param {import("./points/points.js").Points | null} [own]  the points that it learns from: the program writes
     *   them out
     */
    async build(network, own = null) {
      const points = own && { x: own.rows, target: own.targets, classes: own.classes };
      const found = await outcome(post("network", own ? { ...network, data: null, points } : network));
      if (!found?.answer) return found?.problem ?? null;
      let { program, values } = found.answer;
      if (own) {
        const { x, target, ...rest } = values;
        [program, values] = [`${linesOf(x, target, own)}\n${program}`, rest];
      }
      const units = [network.inputs, ...network.layers.map((layer) => layer.units)].join("–");
      batch(() => {
        // Its layers and its loss are blocks, to be opened.
        this.open({ title: `Network ${units}`, program, values, closed: true });
        if (own) store.draft.value = null;
      });
      return null;
    },

    async loadOps() {
      const found = await outcome(get("ops"));
      if (found?.problem) store.problem.value = found.problem;
      store.ops.value = found?.answer
        ? readOps(found.answer)
        : { ops: [], functions: [], syntax: [], network: null, optimizers: [] };
    },
  };
}
