/**
 * A training of the program: what is chosen for it, what is known of its steps, and the step that is shown.
 * @typedef {{step: number, optimizer?: string, settings?: Record<string, number>}} Change
 * @typedef {Partial<import("../wire.d.ts").RateCourse>} Rate
 * @typedef {Partial<import("../wire.d.ts").RunStops>} Stops
 * @typedef {Partial<Omit<import("../wire.d.ts").TrainingRun, "changes" | "rate" | "stops">> & {rate?: Rate, stops?: Stops, changes?: Change[]}} Run
 * @typedef {import("../wire.d.ts").TrainBegins} Begins
 * @typedef {import("../training/rows.js").Row} Row
 *
 * @typedef {object} Trained  the steps of a run, as far as they are known
 * @property {object} of       the program with its values that is trained; by identity
 * @property {Run} run
 * @property {Begins} begins
 * @property {Row[]} rows      in order; some may be left out between them
 * @property {string | null} ended  why it ends: a word of the API; null if it can go on
 *
 * @typedef {{run: Run, of: object, findings: readonly import("../wire.d.ts").FindingAnswer[]}} Diagnosed  what goes
 *   wrong in a run
 *
 * @typedef {{run: Run, step: number, phase?: "update", moved?: string, example?: number}} At  a step of a run, as
 *   requests state it; of its update, the parameter that it moves; else the one example that it is about
 */
import { computed, signal } from "@preact/signals-core";
import { eventsOf } from "../training/events.js";
import { rowAt, sizeOf } from "../training/rows.js";
import { updateAs } from "../training/rule.js";

/** @type {Run} */
export const PLAIN_RUN = { optimizer: "sgd", settings: {}, random_seed: 0 };

/** @type {readonly import("../wire.d.ts").FindingAnswer[]} */
const NONE = [];

/** @param {Pick<ReturnType<typeof import("./subject.js").createSubject>, "program" | "given" | "output">} subject */
export function createTraining({ program, given, output }) {
  const run = signal(PLAIN_RUN);
  const known = signal(/** @type {Trained | null} */ (null));
  const step = signal(/** @type {number | null} */ (null));
  const kept = signal(/** @type {Trained[]} */ ([]));
  /** The parameter whose update the reader wants to see; "" for the loss. */
  const moved = signal("");
  /** The one example that the reader wants to see; null for those of the step. */
  const alone = signal(/** @type {number | null} */ (null));
  const diagnosed = signal(/** @type {Diagnosed | null} */ (null));
  /** What would be trained now: a new object whenever program, values or output change. */
  const trainee = computed(() => ({ program: program.value, given: given.value, output: output.value }));
  /** The training of just this, by just this run. */
  const trained = computed(() => {
    const now = known.value;
    return now !== null && now.of === trainee.value && now.run === run.value ? now : null;
  });
  const trainStep = computed(() => (trained.value === null ? null : step.value));
  const findings = computed(() => {
    const [now, found] = [trained.value, diagnosed.value];
    return now !== null && found !== null && found.run === now.run && found.of === now.of ? found.findings : NONE;
  });
  const update = computed(() =>
    trainStep.value !== null && trained.value?.begins.parameters.includes(moved.value) ? moved.value : "",
  );
  const example = computed(() => {
    const now = trained.value;
    if (now === null || trainStep.value === null || now.begins.own || update.value !== "") return null;
    const most = now.begins.examples + now.begins.validation;
    return now.begins.data.length > 0 && alone.value !== null && alone.value < most ? alone.value : null;
  });
  /** How many examples the picture has. */
  const size = () =>
    trained.value === null || example.value !== null ? 1 : sizeOf(trained.value, trainStep.value ?? 0);

  return {
    trainRun: run,
    known,
    chosenStep: step,
    trainee,
    trained,
    /** The step whose trace is shown, counted from 0; null: the program with its own values. */
    trainStep,
    /** The same as requests state it. */
    trainedAt: computed(() =>
      trainStep.value === null
        ? null
        : {
            run: run.value,
            step: trainStep.value,
            ...(update.value !== "" && { phase: /** @type {const} */ ("update"), moved: update.value }),
            ...(example.value !== null && { example: example.value }),
          },
    ),
    chosenUpdate: moved,
    chosenExample: alone,
    /** The one example that is shown, by its row; null for those of the step. */
    shownExample: example,
    /** The inputs of which only some rows are shown. */
    partial: computed(() => {
      const now = trained.value;
      if (now === null || trainStep.value === null || now.begins.own) return [];
      return size() < now.begins.examples + now.begins.validation ? now.begins.data : [];
    }),
    /** The parameter whose update is shown in place of the loss; "" for none. */
    shownUpdate: update,
    /** What decides the shapes of the shown step, and its nodes: steps of which it is equal differ only in numbers. */
    trainedAs: computed(() => {
      if (trained.value === null || trainStep.value === null) return "";
      if (run.value.own) return "its own steps";
      return update.value === ""
        ? `${size()} examples`
        : `update of ${update.value}: ${updateAs(run.value, trainStep.value)}`;
    }),
    /** What is told of the shown step, or of the last one before it. */
    trainRow: computed(() =>
      trained.value && trainStep.value !== null ? rowAt(trained.value.rows, trainStep.value) : null,
    ),
    /** Runs of the same program that were left for another one, the latest first. */
    keptRuns: kept,
    /** Runs that are compared, in their order, where a lesson lists them: each keeps its line. */
    comparedRuns: signal(/** @type {Run[]} */ ([])),
    otherRuns: computed(() => kept.value.filter((each) => each.of === trainee.value && each.run !== run.value)),
    diagnosed,
    /** What goes wrong in the shown training. */
    findings,
    /** The steps at which something happens, in order. */
    trainEvents: computed(() => (trained.value === null ? [] : eventsOf(trained.value, findings.value))),
    /** The last step that can be shown; of the program's own training, its last one. */
    trainLast: computed(() => {
      const now = trained.value;
      return (now?.begins.own ? now.begins.steps : now?.rows.at(-1)?.step) ?? 0;
    }),
    /** The steps that are being taken, and since when, ms. */
    trainAim: signal(/** @type {{from: number, to: number, since: number} | null} */ (null)),
    /** Whether the steps are played over, and how many a second. */
    isStepping: signal(false),
    stepPace: signal(16),
    /** The reader's own optimizer, as far as it is written; "" for none. */
    rule: signal(""),
    /** Whether steps are arriving. */
    isTraining: signal(false),
    /** Why it could not go on. */
    trainProblem: signal(/** @type {import("../types.js").Problem | null} */ (null)),
    /** The step that a link leads to, and how many are taken first. */
    trainSought: signal(/** @type {{step: number, last: number} | null} */ (null)),
    /** How many steps are taken at once. */
    trainSteps: signal(100),
  };
}
