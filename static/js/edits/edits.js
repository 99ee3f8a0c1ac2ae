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

const KEY = "backlit-edits";
const VERSION = 1;
/** Longest saved text: more than the server accepts, and far less than browsers store per site. */
const LARGEST = 500_000;
/** Delay after the last edit before it is saved, ms. */
const REST = 400;

/**
 * @param {Store} store
 * @param {import("../session.js").Session} session
 * @param {{keep: boolean, onFirst: () => void}} how  keep: save for the next visit; onFirst: called at the first edit
 */
export function createEdits(store, session, { keep, onFirst }) {
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
    session.put(() => put(store, next.present));
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
  if (edit !== null) put(store, edit);
}

/** @param {Store} store @param {Edit} edit */
function put(store, { program, given, opened, backward = "", rule = "" }) {
  store.opened.value = opened;
  store.given.value = given;
  store.program.value = program;
  store.backward.value = backward;
  store.rule.value = rule;
}

/** @param {Store} store @returns {Edit} reads signals */
const stateOf = ({ program, given, opened, backward, rule }) => ({
  program: program.value,
  given: given.value,
  opened: opened.value,
  backward: backward.value,
  rule: rule.value,
});

/** @param {Edit} edit */
function write({ program, given, opened, backward, rule }) {
  const values = Object.fromEntries(Object.entries(given).map(([id, { value }]) => [id, value]));
  // An untouched page need not be saved.
  const fresh =
    !backward &&
    !rule &&
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
  });
  // If the program is too large to save, restoring an older one would be worse than none.
  if (fresh || text.length > LARGEST) forget(KEY);
  else remember(KEY, text);
}

/** @param {string | null} text @returns {Edit | null} null if it is not valid */
export function read(text) {
  if (text === null || text.length > LARGEST) return null;
  try {
    const { version, program, given, opened, backward = "", rule = "" } = JSON.parse(text);
    const texts = [program, backward, rule, opened.title, opened.hint, opened.program];
    const values = Object.values(given);
    const good =
      version === VERSION &&
      texts.every((each) => typeof each === "string") &&
      !Array.isArray(given) &&
      values.every((each) => isNumbers(each.value) && (each.line === null || typeof each.line === "string"));
    return good
      ? {
          program,
          given,
          opened: { title: opened.title, hint: opened.hint, program: opened.program },
          ...(backward && { backward }),
          ...(rule && { rule }),
        }
      : null;
  } catch {
    return null;
  }
}
