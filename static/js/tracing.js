/**
 * Keeps the trace in step with program and values: a whole trace for a new program, only numbers while a slider moves;
 * and its sentences.
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./types.js").WireNumber} WireNumber
 * @typedef {import("./types.js").Trace} Trace
 */
import { batch, computed, signal } from "@preact/signals-core";
import { reasonOf, TOO_LARGE } from "./api.js";
import { drawingOf } from "./graph/drawing.js";
import { createTypingPace } from "./typing_pace.js";
import { createQuery } from "./query.js";
import { buildCues, endOf } from "./timeline/cues.js";
import { likeMoment } from "./timeline/moment.js";
import { carryOver } from "./timeline/player.js";
import { hasSentence, momentOf, momentsAround, readSentences } from "./timeline/sentence.js";
import { insideOf, lacks, untold } from "./trace/closed.js";
import { subjectOf, textWith } from "./trace/subject.js";
import { ofOneTraining } from "./training/one_training.js";
import { readTrace, withNumbers } from "./trace/trace.js";
import { branched } from "./trace/branched.js";
import { valuesFor } from "./trace/values.js";

/** Delay after a slider's last move before the sentences of other moments are requested, ms. */
const PAUSE = 200;
/** Up to this many nodes, all sentences are requested at once; with more, those around the current step. */
const WHOLE = 300;

/** Most nodes of an answer: of a larger trace groups are told closed, and open on request. */
const MOST = 3000;
/** Most groups that a request may name. */
const MOST_OPEN = 10_000;

/** @typedef {import("./trace/subject.js").Grain} Grain */
/**
 * @typedef {object} Question
 * @property {string} program
 * @property {Record<string, import("./types.js").Given>} given
 * @property {Grain["detail"]} detail
 * @property {ReadonlySet<string>} scalar
 * @property {string} output
 * @property {import("./store/training.js").At | null} at  the step of a training
 * @property {string} as  what decides its shapes and nodes; "" without one
 * @property {string} open  the ids of the open groups, as JSON, as far as the answer depends on them; "null": the
 *   server chooses
 * @property {boolean} moved  whether only numbers changed, so that the structure is known
 */

/** @type {Grain} */
export const PLAIN = { detail: "tensor", scalar: [] };
/** @param {Pick<Question, "detail" | "scalar">} wish @returns {Grain} */
const grainOf = ({ detail, scalar }) => ({ detail, scalar: detail === "scalar" ? [] : [...scalar].sort() });
/** @param {Grain} a @param {Grain} b */
const sameGrain = (a, b) => a.detail === b.detail && a.scalar.join("\n") === b.scalar.join("\n");

/** @param {Store} store */
export function createTracing(store) {
  /** Whether the change was made by code, not typed, and needs no delay. */
  let urgent = true;
  const pace = createTypingPace("trace");
  /** The moment to go to when the new trace arrives; null: the current one. */
  let arrival = /** @type {number | null} */ (store.clock.peek().time);
  /** The grain of the current trace. */
  let grain = PLAIN;
  /** The output that was chosen for it, and as what of a training it is shown. */
  let [output, as] = ["", ""];
  /** The groups that were asked for with it, as JSON. */
  let asked = "null";
  /** The trace that came with the sentence of the current moment only. */
  const onlyCurrent = signal(/** @type {Trace | null} */ (null));

  /**
   * @param {Omit<Question, "given" | "at" | "open" | "moved">} question whether it is about the shown graph, more or
   *   less of it
   */
  const isSubject = (question) =>
    store.traced.peek() === question.program &&
    output === question.output &&
    as === question.as &&
    sameGrain(grain, grainOf(question));
  /**
   * @param {Omit<Question, "given" | "at" | "moved">} question whether it differs from the shown one only in numbers
   */
  const isShown = (question) => asked === question.open && isSubject(question);
  const wish = () => ({
    program: store.program.value,
    given: store.given.value,
    detail: store.detail.value,
    scalar: store.scalar.value,
    output: store.output.value,
    at: store.trainedAt.value,
    as: store.trainedAs.value,
  });
  /** The groups to ask for. As long as all that opens is there, it stays as it is. */
  const open = computed(() => {
    const [opened, trace] = [store.openGroups.value, store.fullTrace.value];
    const shown = isSubject(wish()) ? trace : null;
    return shown !== null && !lacks(shown, opened) ? asked : JSON.stringify(insideOf(shown, opened));
  });

  createQuery("trace", {
    /** @returns {Question} */
    about: () => {
      const question = { ...wish(), open: open.value };
      return {
        ...question,
        moved: isShown(question) && shapesHold(store.fullTrace.peek(), valuesFor(question.program, question.given)),
      };
    },
    rest: ({ program }) => {
      const typed = !urgent && store.traced.peek() !== program;
      urgent = false;
      pace.forget();
      return typed ? pace.typed() : 0;
    },
    ask: async (question, send) => {
      const { program, given, moved } = question;
      const subject = { ...textWith(program, given, question.output, question.at), ...grainOf(question) };
      if (moved) {
        const told = store.fullTrace.peek()?.open;
        const closing = told ? { most: MOST, open: told } : {};
        const moments = currentMoment(store);
        const answer = await send({ ...subject, ...closing, include: ["numbers", "sentences"], moments });
        if ((answer.course ?? "") === store.fullTrace.peek()?.course) return { answer, whole: false };
      }
      const wanted = /** @type {string[] | null} */ (JSON.parse(question.open));
      const closing = { most: MOST, ...(wanted && { open: wanted.slice(0, MOST_OPEN) }) };
      const include = ["structure", "numbers", "sentences"];
      const asking = send({ ...subject, ...closing, include, moments: ["start", "seed"] });
      return { answer: await pace.timed(asking), whole: true };
    },
    take: ({ answer, whole }, question) => (whole ? takeWhole(answer, question) : takeNumbers(answer)),
    refuse: (problem, question) =>
      pace.tell(() => {
        if (!question.moved && !sameGrain(grainOf(question), PLAIN)) coarser(question, problem);
        else store.problem.value = problem;
      }),
    waits: (older, now) => (older.moved && now.moved) || ofOneTraining(older, now),
    // While typing, a slightly outdated picture is better than none.
    holds: (older, now) => !older.moved || (now !== null && isShown({ ...now, program: older.program })),
  });

  /** @param {ReturnType<typeof JSON.parse>} answer @param {Question} question */
  function takeWhole(answer, question) {
    const { program } = question;
    const trace = readTrace(answer);
    const before = store.traced.peek() === program ? store.fullTrace.peek() : null;
    batch(() => {
      // At a step of a training it is not the reader who has moved a value.
      const moved = before === null || question.at !== null ? "" : branched(program, before.decided, trace.decided);
      store.branched.value = before === null ? "" : moved || store.branched.peek();
      if (arrival === null) keepMoment(store, trace);
      else
        store.clock.value = {
          ...store.clock.peek(),
          time: Math.min(arrival, endOf(buildCues(trace, drawingOf(trace, store.openGroups.peek())))),
        };
      arrival = null;
      grain = grainOf(question);
      [output, as, asked] = [question.output, question.as, question.open];
      store.fullTrace.value = trace;
      notAll(trace, JSON.parse(question.open) ?? []);
      store.sentences.value = readSentences(answer.sentences);
      store.traced.value = program;
      store.problem.value = null;
      store.given.value = surviving(store.given.peek(), program);
      const chosen = store.selection.peek();
      const known = chosen === null || trace.byId.has(chosen) || trace.groups.some(({ id }) => id === chosen);
      if (!known) store.selection.value = null;
    });
  }

  /**
   * Groups that are too much to be open with the others stay closed; that is told.
   * @param {Trace} trace @param {string[]} wanted ids of groups
   */
  function notAll(trace, wanted) {
    const [opened, closed] = [store.openGroups.peek(), untold(trace)];
    const left = wanted.filter((id) => closed.has(id));
    if (opened === null || left.length === 0) return;
    store.openGroups.value = new Set([...opened].filter((id) => !left.includes(id)));
    const name = trace.groups.find(({ id }) => id === left[0])?.name;
    const which = left.length === 1 ? `${name} stays closed` : `${left.length} groups stay closed`;
    store.note.value = `${which}: at most ${MOST.toLocaleString("en")} nodes are shown at once. Close other groups first.`;
  }

  /** @param {ReturnType<typeof JSON.parse>} answer */
  function takeNumbers(answer) {
    const before = store.fullTrace.peek();
    if (before === null) return;
    batch(() => {
      store.fullTrace.value = onlyCurrent.value = withNumbers(before, answer);
      store.sentences.value = readSentences(answer.sentences);
      store.problem.value = null;
    });
  }

  // The sentences of the trace: all of them, or those around the current step.
  createQuery("trace", {
    about: () => {
      const [trace, cues, k] = [store.fullTrace.value, store.cues.value, store.step.value];
      if (!trace || !cues) return null;
      if (onlyCurrent.value === trace) return { trace, step: null };
      return hasSentence(trace, cues, store.sentences.value, k) ? null : { trace, step: k };
    },
    rest: ({ step }) => (step === null ? PAUSE : 0),
    ask: ({ trace }, send) => {
      const cues = store.cues.peek();
      const some = cues && trace.nodes.length > WHOLE ? { moments: momentsAround(trace, cues, store.step.peek()) } : {};
      return send({ ...subjectOf(store, trace), include: ["sentences"], ...some });
    },
    take: ({ sentences }) => {
      batch(() => {
        onlyCurrent.value = null;
        store.sentences.value = new Map([...store.sentences.peek(), ...readSentences(sentences)]);
      });
    },
    // Numbers are shown without sentences; the query for numbers reports a lost connection.
    refuse: () => (onlyCurrent.value = null),
    holds: ({ trace }) => store.fullTrace.peek() === trace,
  });

  /**
   * If a program is too large for this grain, falls back to the previous one or to tensors, and says why.
   * @param {Question} question @param {import("./types.js").Problem} problem
   */
  function coarser(question, problem) {
    const { program, detail } = question;
    const back = store.traced.peek() === program && !sameGrain(grain, grainOf(question)) ? grain : PLAIN;
    batch(() => {
      if (problem.status === TOO_LARGE) {
        const why = reasonOf(problem);
        store.note.value = `Too large to show number by number: ${why}.`;
        if (detail === "scalar") store.refused.value = { program, why };
      }
      urgent = true;
      store.detail.value = back.detail;
      store.scalar.value = new Set(back.scalar);
    });
  }

  return {
    /**
     * What changes next is changed by code, and is traced without delay.
     * @param {number | null} time  the moment to go to; null: the current one is kept
     */
    expect(time) {
      urgent = true;
      arrival = time;
    },
    /** That moment has been gone to, without another trace. */
    arrived() {
      arrival = null;
    },
  };
}

/** @param {Store} store @returns {string[]} the current moment, as the server calls it */
function currentMoment(store) {
  const [trace, step] = [store.fullTrace.peek(), store.cues.peek()?.steps[store.step.peek()]];
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

/** @param {Store} store @param {Trace} next keeps the moment after a change of the program */
function keepMoment(store, next) {
  const [before, cues, clock] = [store.fullTrace.peek(), store.cues.peek(), store.clock.peek()];
  if (!before || !cues) return;
  const fresh = buildCues(next, drawingOf(next, store.openGroups.peek()));
  store.clock.value = carryOver(clock, fresh, likeMoment(before, cues, clock.time, next, fresh));
}
