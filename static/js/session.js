/**
 * Keeps the trace in step with program and values: whole for a new text, the numbers alone while a slider moves.
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./types.js").WireNumber} WireNumber
 * @typedef {import("./types.js").Network} Network
 * @typedef {import("./types.js").Trace} Trace
 */
import { batch, effect } from "@preact/signals-core";
import { createLine, get, isAbort, post, ProblemError } from "./api.js";
import { readOps } from "./ops.js";
import { buildCues, endOf, stepAt } from "./timeline/cues.js";
import { readTrace, withNumbers } from "./trace.js";
import { givenFrom, literalLine, valuesFor } from "./values.js";

/** Typing is let settle this long, ms. */
const SETTLE = 140;

/** @typedef {ReturnType<typeof createSession>} Session */

/** @param {Store} store */
export function createSession(store) {
  const line = createLine();
  let timer = 0;
  /** Asked for by code, not typed: no need to wait. */
  let urgent = true;
  let busy = false;
  let again = false;

  /** @param {unknown} error */
  const fail = (error) => {
    if (isAbort(error)) return;
    if (!(error instanceof ProblemError)) throw error;
    store.problem.value = error.problem;
  };

  /** @param {string} program @param {Record<string, WireNumber>} values */
  async function whole(program, values) {
    again = false;
    try {
      const trace = readTrace(await line("trace", { program, values, ignore_unknown: true }));
      batch(() => {
        keepMoment(store, trace);
        store.trace.value = trace;
        store.traced.value = program;
        store.problem.value = null;
        store.given.value = surviving(store.given.peek(), program);
        const chosen = store.selection.peek();
        if (chosen !== null && !trace.byId.has(chosen)) store.selection.value = null;
      });
    } catch (error) {
      fail(error);
    }
  }

  /**
   * One request at a time, then the newest values: aborting each by the next would starve the picture
   * whenever an answer takes longer than the slider's next move.
   * @param {string} program
   */
  async function numbers(program) {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      do {
        again = false;
        const values = valuesFor(program, store.given.peek());
        const answer = await line("trace", { program, values, ignore_unknown: true, include: ["numbers"] });
        const trace = store.trace.peek();
        if (trace === null || store.traced.peek() !== program) break;
        if (answer.numbers.values.length !== trace.nodes.length) {
          void whole(program, values);
          break;
        }
        batch(() => {
          store.trace.value = withNumbers(trace, answer);
          store.problem.value = null;
        });
      } while (again);
    } catch (error) {
      fail(error);
    } finally {
      busy = false;
    }
  }

  let firstRun = true;
  effect(() => {
    const program = store.program.value;
    const given = store.given.value;
    clearTimeout(timer);
    const sameText = store.traced.peek() === program;
    if (sameText && !firstRun) {
      if (shapesHold(store.trace.peek(), valuesFor(program, given))) void numbers(program);
      else void whole(program, valuesFor(program, given));
    } else if (urgent) {
      void whole(program, valuesFor(program, given));
    } else {
      timer = window.setTimeout(() => void whole(program, valuesFor(program, store.given.peek())), SETTLE);
    }
    urgent = false;
    firstRun = false;
  });

  return {
    /** @param {string} text */
    type(text) {
      if (text !== store.program.peek()) store.program.value = text;
    },

    /** @param {{title: string, hint?: string, program: string, values: Record<string, WireNumber>}} what */
    open({ title, hint = "", program, values }) {
      urgent = true;
      batch(() => {
        store.opened.value = { title, hint, program };
        store.selection.value = null;
        store.clock.value = { ...store.clock.peek(), time: 0, playing: false, target: null };
        store.given.value = givenFrom(values);
        store.program.value = program;
      });
    },

    /** @param {string} id @param {WireNumber} value */
    setValue(id, value) {
      const leaf = store.trace.peek()?.leaves.find((each) => each.id === id);
      const text = leaf ? literalLine(store.traced.peek() ?? "", leaf) : null;
      store.given.value = { ...store.given.peek(), [id]: { value, line: text } };
    },

    /** @param {string} id back to what the text says */
    resetValue(id) {
      const { [id]: _, ...rest } = store.given.peek();
      store.given.value = rest;
    },

    /** @param {Network} network */
    async build(network) {
      try {
        const { program, values } = await post("network", network);
        const units = [network.inputs, ...network.layers.map((layer) => layer.units)].join("–");
        this.open({ title: `Network ${units}`, program, values });
        return null;
      } catch (error) {
        if (error instanceof ProblemError) return error.problem;
        throw error;
      }
    },

    async loadOps() {
      try {
        store.ops.value = readOps(await get("ops"));
      } catch (error) {
        fail(error);
        store.ops.value = { ops: [], functions: [] };
      }
    },
  };
}

/** @param {Record<string, import("./types.js").Given>} given @param {string} program */
function surviving(given, program) {
  const lines = new Set(program.split("\n"));
  const kept = Object.entries(given).filter(([, { line }]) => line === null || lines.has(line));
  return kept.length === Object.keys(given).length ? given : Object.fromEntries(kept);
}

/** @param {Trace | null} trace @param {Record<string, WireNumber>} values */
function shapesHold(trace, values) {
  if (trace === null) return false;
  return Object.entries(values).every(([id, value]) => {
    const index = trace.byId.get(id);
    return index === undefined || shapeOf(value).join() === trace.nodes[index].shape.join();
  });
}

/** @param {WireNumber} value @returns {number[]} */
const shapeOf = (value) => (Array.isArray(value) ? [value.length, ...(value.length ? shapeOf(value[0]) : [])] : []);

/**
 * A changed program keeps the moment: the same phase of the same node, where there still is one.
 * @param {Store} store @param {Trace} next
 */
function keepMoment(store, next) {
  const before = store.trace.peek();
  const cues = store.cues.peek();
  if (!before || !cues) return;
  const clock = store.clock.peek();
  const fresh = buildCues(next);
  const { phase, node } = cues.steps[stepAt(cues, clock.time)];
  const { id } = before.nodes[node];
  const k = fresh.steps.findIndex((step) => step.phase === phase && next.nodes[step.node].id === id);
  const time = clock.time >= endOf(cues) ? endOf(fresh) : k >= 0 ? k - (stepAt(cues, clock.time) - clock.time) : clock.time;
  store.clock.value = { ...clock, time: Math.min(endOf(fresh), Math.max(0, time)) };
}
