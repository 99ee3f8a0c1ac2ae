/**
 * The reader's edits: one history for text, values and opened programs, and the last state saved for the next visit.
 * Edits need not be reported: any change of program or values counts as one.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("./history.js").Edit} Edit
 * @typedef {ReturnType<typeof createEdits>} Edits
 */
import { computed, effect, signal } from "@preact/signals-core";
import { DEFAULT } from "../examples.js";
import { kindOf, record, redo, startAt, undo } from "./history.js";
import { forget, recall, remember } from "./storage.js";
import { isNumbers } from "../links/url.js";
import { PLAIN_RUN } from "../store/training.js";
import { isRun, sameRun } from "../training/rule.js";

const KEY = "backlit-edits";
const VERSION = 1;
/** Longest saved text: more than the server accepts, and far less than browsers store per site. */
const LARGEST = 500_000;
/** Delay after the last edit before it is saved, ms. */
const REST = 400;

/**
 * @param {Store} store
 * @param {import("../session.js").Session} session
 * @param {import("../queries/training.js").Trainer} trainer
 * @param {{keep: boolean, onFirst: () => void}} how  keep: save for the next visit; onFirst: called at the first edit
 */
export function createEdits(store, session, trainer, { keep, onFirst }) {
  const history = signal(startAt(stateOf(store)));
  let replaying = false;
  let gesture = 0;
  let held = false;
  let timer = 0;
  addEventListener("pointerdown", () => ([held, gesture] = [true, gesture + 1]), { capture: true });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (held = false), { capture: true });

  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (keep) write(history.peek().present);
  };
  addEventListener("pagehide", () => timer !== 0 && save());

  effect(() => {
    const edit = stateOf(store);
    if (replaying) return;
    const before = history.peek();
    const next = record(before, edit, {
      kind: kindOf(before.present, edit),
      at: performance.now(),
      gesture: held ? gesture : 0,
    });
    if (next === before) return;
    if (before.past.length === 0) onFirst();
    history.value = next;
    clearTimeout(timer);
    timer = window.setTimeout(save, REST);
  });

  /** @param {typeof undo} way */
  const go = (way) => () => {
    const next = way(history.peek());
    if (next.present === history.peek().present) return;
    replaying = true;
    session.put(() => {
      const { run = PLAIN_RUN, ...rest } = next.present;
      put(store, rest);
      if (!sameRun(run, chosenRun(store))) trainer.put(run);
    });
    replaying = false;
    history.value = next;
    save();
  };

  return {
    undo: go(undo),
    redo: go(redo),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
  };
}

/** Restores the last visit's state, if there is one. @param {Store} store */
export function resume(store) {
  const edit = read(recall(KEY));
  if (edit === null) return;
  put(store, edit);
  store.trainRun.value = edit.run ?? PLAIN_RUN;
}

/** All of an edit but its run, with which a training may come back. @param {Store} store @param {Edit} edit */
function put(store, { program, given, opened, backward = "", rule = "", draft = null }) {
  store.opened.value = opened;
  store.draft.value = draft;
  store.given.value = given;
  store.program.value = program;
  store.backward.value = backward;
  store.rule.value = rule;
}

/** @param {Store} store @returns {Edit} reads signals */
const stateOf = (store) => ({
  program: store.program.value,
  given: store.given.value,
  opened: store.opened.value,
  backward: store.backward.value,
  rule: store.rule.value,
  draft: store.draft.value,
  run: chosenRun(store),
});

/**
 * What the reader has set for a training. The program's own has nothing to set, and runs that a lesson compares are the
 * lesson's.
 * @param {Pick<Store, "trainRun" | "comparedRuns">} store
 */
const chosenRun = ({ trainRun, comparedRuns }) =>
  trainRun.value.own || comparedRuns.value.length > 0 ? PLAIN_RUN : trainRun.value;

/** @param {Edit} edit */
function write({ program, given, opened, backward, rule, run }) {
  const values = Object.fromEntries(Object.entries(given).map(([id, { value }]) => [id, value]));
  const set = !sameRun(run, PLAIN_RUN);
  // An untouched page need not be saved.
  const fresh =
    !backward &&
    !rule &&
    !set &&
    program === DEFAULT.program &&
    opened.title === DEFAULT.title &&
    JSON.stringify(values) === JSON.stringify(DEFAULT.values);
  const text = JSON.stringify({
    version: VERSION,
    program,
    given,
    opened,
    ...(backward && { backward }),
    ...(rule && { rule }),
    ...(set && { run }),
  });
  // If the program is too large to save, restoring an older one would be worse than none.
  if (fresh || text.length > LARGEST) forget(KEY);
  else remember(KEY, text);
}

/** @param {string | null} text @returns {Edit | null} null if it is not valid */
export function read(text) {
  if (text === null || text.length > LARGEST) return null;
  try {
    const { version, program, given, opened, backward = "", rule = "", run = null } = JSON.parse(text);
    const texts = [program, backward, rule, opened.title, opened.hint, opened.program];
    const values = Object.values(given);
    const good =
      version === VERSION &&
      texts.every((each) => typeof each === "string") &&
      !Array.isArray(given) &&
      (run === null || isRun(run)) &&
      values.every((each) => isNumbers(each.value) && (each.line === null || typeof each.line === "string"));
    return good
      ? {
          program,
          given,
          opened: { title: opened.title, hint: opened.hint, program: opened.program },
          ...(backward && { backward }),
          ...(rule && { rule }),
          ...(run && { run }),
        }
      : null;
  } catch {
    return null;
  }
}
