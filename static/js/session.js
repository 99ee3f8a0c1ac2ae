/**
 * Keeps the trace in step with program and values: whole for a new text, the numbers alone while a slider moves.
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./types.js").WireNumber} WireNumber
 * @typedef {import("./types.js").Network} Network
 * @typedef {import("./types.js").Trace} Trace
 */
import { batch, effect } from "@preact/signals-core";
import { createLine, get, isAbort, post, ProblemError } from "./api.js";
import { createRest } from "./busy.js";
import { drawingOf } from "./graph/drawing.js";
import { readOps } from "./trace/ops.js";
import { begin } from "./predict.js";
import { buildCues, endOf } from "./timeline/cues.js";
import { likeMoment } from "./timeline/moment.js";
import { carryOver, rewind } from "./timeline/player.js";
import { isTold, momentOf, momentsAround, readTold } from "./timeline/sentence.js";
import { readTrace, withNumbers } from "./trace/trace.js";
import { givenFrom, literalLine, valuesFor } from "./trace/values.js";

/** Typing is let settle this long, ms. */
const SETTLE = 140;
/** After the last move of a slider the other moments are told again, ms. */
const PAUSE = 200;
/** Up to so many nodes all sentences are fetched at once; of more, those around the current step. */
const TOLD_WHOLE = 300;

/** The status of a question that is too large. */
const TOO_LARGE = 413;

/** @typedef {ReturnType<typeof createSession>} Session */
/** @typedef {import("./trace/subject.js").Grain} Grain */

/** @type {Grain} */
const PLAIN = { detail: "tensor", scalar: [] };
/** @param {Store} store @returns {Grain} */
const grainOf = (store) => ({ detail: store.detail.peek(), scalar: store.detail.peek() === "scalar" ? [] : [...store.scalar.peek()].sort() });
/** @param {Grain} a @param {Grain} b */
const sameGrain = (a, b) => a.detail === b.detail && a.scalar.join("\n") === b.scalar.join("\n");
/** @param {Grain} grain */
const isPlain = (grain) => sameGrain(grain, PLAIN);

/** @param {Store} store */
export function createSession(store) {
  const line = createLine();
  const words = createLine();
  const rest = createRest("trace");
  const pause = createRest("sentences");
  /** Asked for by code, not typed: no need to wait. */
  let urgent = true;
  /** The moment to be at when the new trace has come; null: where the reader is. */
  let arrival = /** @type {number | null} */ (store.clock.peek().time);
  let busy = false;
  let again = false;
  /** The grain in which the trace at hand was asked for. */
  let grain = grainOf(store);

  /** @param {unknown} error */
  const fail = (error) => {
    if (isAbort(error)) return;
    if (!(error instanceof ProblemError)) throw error;
    store.problem.value = error.problem;
  };

  /** @param {string} program @param {Record<string, WireNumber>} values */
  const question = (program, values) => ({ program, values, ignore_unknown: true, ...grainOf(store) });

  /** @param {string} program @param {Record<string, WireNumber>} values */
  async function whole(program, values) {
    again = false;
    const wanted = grainOf(store);
    try {
      const include = ["structure", "numbers", "sentences"];
      const answer = await line("trace", { ...question(program, values), include, moments: ["start", "seed"] });
      const trace = readTrace(answer);
      batch(() => {
        if (arrival === null) keepMoment(store, trace);
        else store.clock.value = { ...store.clock.peek(), time: Math.min(arrival, endOf(buildCues(trace, drawingOf(trace, store.openGroups.peek())))) };
        arrival = null;
        grain = wanted;
        store.actual.value = trace;
        store.told.value = readTold(answer.sentences);
        store.traced.value = program;
        store.problem.value = null;
        store.given.value = surviving(store.given.peek(), program);
        const chosen = store.selection.peek();
        const known = chosen === null || trace.byId.has(chosen) || trace.groups.some(({ id }) => id === chosen);
        if (!known) store.selection.value = null;
      });
    } catch (error) {
      if (error instanceof ProblemError && !isPlain(wanted)) coarser(program, wanted, error.problem);
      else fail(error);
    }
  }

  /**
   * What cannot be shown so finely is shown as it was, or in tensors; the reader is told why.
   * @param {string} program @param {Grain} wanted @param {import("./types.js").Problem} problem
   */
  function coarser(program, wanted, { status, errors, detail }) {
    const back = store.traced.peek() === program && !sameGrain(grain, wanted) ? grain : PLAIN;
    batch(() => {
      if (status === TOO_LARGE) {
        const why = errors[0]?.message ?? detail;
        store.note.value = `Too large to show number by number: ${why}.`;
        if (wanted.detail === "scalar") store.refused.value = { program, why };
      }
      urgent = true;
      store.detail.value = back.detail;
      store.scalar.value = new Set(back.scalar);
    });
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
        const moments = currentMoment(store);
        const answer = await line("trace", { ...question(program, values), include: ["numbers", "sentences"], moments });
        const trace = store.actual.peek();
        if (trace === null || store.traced.peek() !== program || !sameGrain(grain, grainOf(store))) break;
        if (answer.numbers.values.length !== trace.nodes.length) {
          void whole(program, values);
          break;
        }
        batch(() => {
          store.actual.value = withNumbers(trace, answer);
          store.told.value = readTold(answer.sentences);
          store.problem.value = null;
        });
      } while (again);
      pause.start(PAUSE, () => void tell());
    } catch (error) {
      fail(error);
    } finally {
      busy = false;
    }
  }

  /** Fetches the sentences of the shown trace: all of them, or those around the current step. */
  async function tell() {
    const [trace, cues, program] = [store.actual.peek(), store.cues.peek(), store.traced.peek()];
    if (trace === null || cues === null || program === null || busy) return;
    const some = trace.nodes.length > TOLD_WHOLE ? { moments: momentsAround(trace, cues, store.step.peek()) } : {};
    try {
      const answer = await words("trace", { ...question(program, valuesFor(program, store.given.peek())), include: ["sentences"], ...some });
      if (store.actual.peek() === trace) store.told.value = new Map([...store.told.peek(), ...readTold(answer.sentences)]);
    } catch (error) {
      // The numbers stand without their sentences; that the server is gone is told by whoever asks for numbers.
      if (!isAbort(error) && !(error instanceof ProblemError)) throw error;
    }
  }
  effect(() => {
    const [trace, cues, k] = [store.actual.value, store.cues.value, store.step.value];
    if (trace && cues && !isTold(trace, cues, store.told.peek(), k)) void tell();
  });

  let firstRun = true;
  effect(() => {
    const program = store.program.value;
    const given = store.given.value;
    void [store.detail.value, store.scalar.value];
    rest.stop();
    const sameText = store.traced.peek() === program;
    const regrained = !sameGrain(grain, grainOf(store));
    if (sameText && regrained && !firstRun) {
      void whole(program, valuesFor(program, given));
    } else if (sameText && !firstRun) {
      if (shapesHold(store.actual.peek(), valuesFor(program, given))) void numbers(program);
      else void whole(program, valuesFor(program, given));
    } else if (urgent) {
      void whole(program, valuesFor(program, given));
    } else {
      rest.start(SETTLE, () => void whole(program, valuesFor(program, store.given.peek())));
    }
    urgent = false;
    firstRun = false;
  });

  return {
    /** @param {string} text */
    type(text) {
      if (text !== store.program.peek()) store.program.value = text;
    },

    /**
     * Changes program and values by code: an undone edit, a link.
     * @param {() => void} change
     * @param {number | null} [time]  the moment to go to; without it the reader stays where he is
     */
    put(change, time = null) {
      urgent = true;
      arrival = time;
      batch(change);
      // The same text is not traced anew.
      if (time !== null && store.traced.peek() === store.program.peek()) {
        store.clock.value = { ...store.clock.peek(), time };
        arrival = null;
      }
    },

    /** @param {{title: string, hint?: string, program: string, values: Record<string, WireNumber>}} what */
    open({ title, hint = "", program, values }) {
      this.put(() => {
        store.opened.value = { title, hint, program };
        store.openGroups.value = null;
        store.detail.value = PLAIN.detail;
        store.scalar.value = new Set();
        store.selection.value = null;
        store.nudge.value = null;
        store.clock.value = rewind(store.clock.peek());
        store.predict.value = begin(store.predict.peek().mode);
        store.given.value = givenFrom(values);
        store.backward.value = "";
        store.formula.value = { of: "", text: "" };
        store.program.value = program;
      }, 0);
    },

    /** @param {string} id @param {WireNumber} value */
    setValue(id, value) {
      const leaf = store.actual.peek()?.leaves.find((each) => each.id === id || each.element?.leaf === id);
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
        store.ops.value = { ops: [], functions: [], network: null };
      }
    },
  };
}

/** @param {Store} store @returns {string[]} the moment that is shown, as the server calls it */
function currentMoment(store) {
  const [trace, step] = [store.actual.peek(), store.cues.peek()?.steps[store.step.peek()]];
  return trace && step ? [momentOf(trace, step)] : ["start"];
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

/** @param {Store} store @param {Trace} next a changed program keeps the moment */
function keepMoment(store, next) {
  const [before, cues, clock] = [store.actual.peek(), store.cues.peek(), store.clock.peek()];
  if (!before || !cues) return;
  const fresh = buildCues(next, drawingOf(next, store.openGroups.peek()));
  store.clock.value = carryOver(clock, fresh, likeMoment(before, cues, clock.time, next, fresh));
}
