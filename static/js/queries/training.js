/**
 * Takes steps of a training: asks for them, and shows each as it arrives.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store/training.js").Run} Run
 * @typedef {ReturnType<typeof createTrainer>} Trainer
 */
import { batch, effect } from "@preact/signals-core";
import { underWay } from "../busy.js";
import { PLAIN_RUN } from "../store/training.js";
import { sameRun, sameUntil } from "../training/rule.js";
import { requestView } from "../store/view.js";
import { createPlaying } from "./playing.js";
import { endOf } from "../timeline/cues.js";
import { seek } from "../timeline/player.js";
import { createStepStream } from "./step_stream.js";

/** Most runs that are kept beside the shown one. */
const KEPT = 4;

/** @param {Store} store */
export function createTrainer(store) {
  const { pause, reached, taking } = createStepStream(store);

  // Another program, or other values: what was under way is for nobody.
  effect(() => {
    const now = store.known.value;
    if (now === null || store.trained.value !== null) return;
    // Its own training was that of another text.
    if (store.trainRun.peek().own) reset();
    else pause();
  });

  // What was wrong with another program, or another run, is nothing of this one's.
  effect(() => {
    void [store.trainee.value, store.trainRun.value];
    store.trainProblem.value = null;
  });

  // Another program has other examples.
  let about = store.trainee.peek();
  effect(() => {
    const now = store.trainee.value;
    if (now !== about && store.trainSought.peek() === null) store.chosenExample.value = null;
    about = now;
  });

  // A link to a step: all steps up to its last are taken first, once the program stands.
  effect(() => {
    const sought = store.trainSought.value;
    if (sought === null || !store.current.value) return;
    store.trainSought.value = null;
    void take(sought.last).then(() => go(sought.step));
  });

  /** The program with its own values again. */
  function reset() {
    pause();
    keep();
    batch(() => {
      // Where runs are compared, all of them begin anew.
      if (store.comparedRuns.peek().length > 0) store.keptRuns.value = [];
      store.chosenStep.value = null;
      store.chosenExample.value = null;
      store.known.value = null;
      store.trainProblem.value = null;
      const { changes, ...run } = store.trainRun.peek();
      if (run.own) store.trainRun.value = PLAIN_RUN;
      else if (changes) store.trainRun.value = run;
    });
  }

  /**
   * Takes steps from the shown one on if it is the last, else from the last one. Where runs are compared, of each of
   * them.
   * @param {number} steps
   */
  const take = (steps) => underWay("train", store.comparedRuns.peek().length > 1 ? takingEach(steps) : taking(steps));

  /** The shown run is the last, and stays. @param {number} steps @returns {Promise<boolean>} */
  async function takingEach(steps) {
    const shown = store.trainRun.peek();
    for (const run of [...store.comparedRuns.peek().filter((each) => each !== shown), shown]) {
      show(run);
      if (!(await taking(steps))) return false;
    }
    return true;
  }

  /** Shows a run as far as it is known, at the same step as the one before. @param {Run} run */
  function show(run) {
    const known = store.keptRuns.peek().find((each) => each.of === store.trainee.peek() && each.run === run);
    const step = store.trainStep.peek();
    if (run === store.trainRun.peek()) return;
    if (known) {
      recall(known);
      if (step !== null) go(step);
      return;
    }
    pause();
    keep();
    batch(() => {
      store.chosenStep.value = null;
      store.known.value = null;
      store.trainRun.value = run;
    });
  }

  /** @param {import("../store/training.js").Trained} training  one that was kept */
  function recall(training) {
    pause();
    keep();
    batch(() => {
      store.trainRun.value = training.run;
      store.known.value = training;
      store.chosenStep.value = training.rows[training.rows.length - 1].step;
    });
  }

  /** @param {number} step shows a step that is known */
  function go(step) {
    const training = store.trained.peek();
    if (training) store.chosenStep.value = Math.max(0, Math.min(reached(), Math.round(step)));
  }

  /** Keeps what is shown, to be compared with the next run. */
  function keep() {
    const training = store.trained.peek();
    if (training === null || training.rows.length < 2 || training.run.own) return;
    const others = store.keptRuns.peek().filter(({ of, run }) => of === training.of && run !== training.run);
    store.keptRuns.value = [training, ...others].slice(0, KEPT);
  }

  /** Before the first step: whoever has not moved in time yet shall see what each step computes, not empty boxes. */
  function light() {
    const [clock, cues] = [store.clock.peek(), store.cues.peek()];
    if (store.trainStep.peek() === null && clock.time === 0 && cues !== null)
      store.clock.value = seek(clock, cues, Math.min(store.halt.peek(), endOf(cues)));
  }

  /**
   * Puts another run in the place of the shown one, as undo does: with its steps if they are kept, else with those that
   * both have.
   * @param {Run} run
   */
  function put(run) {
    const of = store.trainee.peek();
    const known = store.keptRuns.peek().find((each) => each.of === of && sameRun(each.run, run));
    const shown = store.trainStep.peek();
    if (known) {
      recall(known);
      if (shown !== null) go(shown);
      return;
    }
    const training = store.trained.peek();
    pause();
    keep();
    batch(() => {
      store.trainRun.value = run;
      const same = training ? sameUntil(training.run, run) : 0;
      const rows = training?.rows.filter(({ step }) => step <= same) ?? [];
      store.known.value = training && rows.length > 0 && same > 0 ? { ...training, run, rows, ended: null } : null;
      const at = store.chosenStep.peek();
      store.chosenStep.value = store.known.peek() && at !== null ? Math.min(at, rows[rows.length - 1].step) : null;
    });
  }

  const play = createPlaying(store, go);

  /** The groups that were open in the picture of the loss. */
  let open = /** @type {ReadonlySet<string> | null} */ (null);

  /** @param {string} parameter  whose update is shown in place of the loss; "" for the loss again */
  function explain(parameter) {
    batch(() => {
      const before = store.shownUpdate.peek();
      if (before === "" && parameter !== "") open = store.openGroups.peek();
      if ((before === "") !== (parameter === "")) store.openGroups.value = parameter === "" ? open : null;
      store.chosenUpdate.value = parameter;
      if (parameter !== before) requestView(store, "look");
    });
  }

  return {
    /** @param {number} steps */
    take(steps) {
      light();
      return take(steps);
    },
    pause,
    /** Shows a step that is known. @param {number} step */
    go(step) {
      store.isStepping.value = false;
      go(step);
    },
    /** Plays over the steps that are known. */
    play() {
      light();
      play();
    },
    explain,
    /**
     * Shows one example alone at the shown step, at the first one if no step is taken yet; null: those of the step
     * again.
     * @param {number | null} row
     */
    async example(row) {
      batch(() => {
        explain("");
        store.chosenExample.value = row;
      });
      if (row === null || store.trainStep.peek() !== null) return;
      light();
      await underWay("train", taking(1));
      go(0);
    },
    recall,
    show,
    /** Shows the training that the program does itself. */
    async own() {
      reset();
      light();
      store.trainRun.value = { own: true };
      await take(store.fullTrace.peek()?.turns ?? 0);
    },
    /** One step on: shows the next one, which is taken if it is not known yet. */
    async next() {
      light();
      store.isStepping.value = false;
      const at = store.trainStep.peek();
      if (at !== null && at < reached()) store.chosenStep.value = at + 1;
      else if (!store.trainRun.peek().own) await underWay("train", taking(1));
    },
    reset,
    /**
     * Sets something for the whole run, which begins anew.
     * @param {Partial<Run>} change
     */
    set(change) {
      batch(() => {
        reset();
        store.trainRun.value = { ...store.trainRun.peek(), ...change };
      });
    },
    put,
    /**
     * Changes the optimizer or its settings from the shown step on: what came before stays.
     * @param {{optimizer?: string, settings?: Record<string, number>}} change
     */
    change(change) {
      const [training, step] = [store.trained.peek(), store.trainStep.peek()];
      if (training === null || step === null || step === 0) {
        const run = store.trainRun.peek();
        // Another optimizer has other settings.
        const settings = change.settings ? { ...run.settings, ...change.settings } : {};
        return void this.set({ ...change, settings });
      }
      pause();
      // What came behind the step is kept beside it, and comes back with an undo.
      if (step < reached()) keep();
      const run = training.run;
      const earlier = (run.changes ?? []).filter((each) => each.step < step);
      const same = (run.changes ?? []).find((each) => each.step === step);
      const settings = change.settings ? { ...same?.settings, ...change.settings } : undefined;
      const changed = { ...run, changes: [...earlier, { ...same, step, ...change, ...(settings && { settings }) }] };
      batch(() => {
        store.trainRun.value = changed;
        store.known.value = {
          ...training,
          run: changed,
          rows: training.rows.filter((row) => row.step <= step),
          ended: null,
        };
      });
    },
  };
}
