/**
 * The node that is looked at, and all that is known of it: derivation, check, what a nudge of it does.
 * @typedef {import("../types.js").Trace} Trace
 */
/** @typedef {{id: string, place: number, of: "value" | "grad", status: string, answer: import("../wire.d.ts").AccountAnswer | null}} Account */
/** @typedef {{id: string, key: string, trace: Trace | null, answer: import("../wire.d.ts").DerivationAnswer}} Derived */
/** @typedef {{id: string, trace: Trace, forms: import("../wire.d.ts").WholeAnswer[]}} Whole */
/** @typedef {{trace: Trace, id: string, place: number, checked: import("../wire.d.ts").CheckedAnswer | null, sweep: import("../wire.d.ts").SweepAnswer}} Check  checked: null where its elements are too many */
import { computed, signal } from "@preact/signals-core";
import { itemFor, resultOfGroup } from "../graph/drawing.js";
import { nodeIn } from "../timeline/frame.js";

/** The step of a difference, until another one is asked for. */
export const EPSILON = 1e-5;

/**
 * @typedef {ReturnType<typeof import("./exercise.js").createExercise>} Exercise
 * @typedef {ReturnType<typeof import("./view.js").createView>} View
 * @typedef {ReturnType<typeof import("./time.js").createTime>} Time
 * @param {Pick<Exercise, "visibleTrace" | "covered"> & Pick<View, "drawing"> & Pick<Time, "cues" | "step" | "stepFrame">} shown
 */
export function createNode({ visibleTrace, covered, drawing, cues, step, stepFrame }) {
  const selection = signal(/** @type {string | null} */ (null));
  /** What the checks of a trace say; they may be of one that is no longer shown. */
  const checked = signal(/** @type {import("../words/verdicts.js").Verdicts | null} */ (null));
  /** The number that the reader moves, to see how far its gradient tells what happens. */
  const nudge = signal(/** @type {import("../queries/nudge.js").Nudge | null} */ (null));

  return {
    selection,
    checked,
    nudge,
    /** The node that the inspector shows: the chosen one, else the one whose step it is. */
    shownNode: computed(() => {
      const now = visibleTrace.value;
      if (!now || !cues.value) return null;
      const chosen =
        selection.value === null ? undefined : (now.byId.get(selection.value) ?? resultOfGroup(now, selection.value));
      return now.nodes[chosen ?? cues.value.steps[step.value]?.node ?? now.outputIndex];
    }),
    /** The function call that the inspector shows: the chosen one, else the closed one whose step it is. */
    shownGroup: computed(() => {
      const id = selection.value ?? cues.value?.steps[step.value]?.group ?? null;
      return visibleTrace.value?.groups.find((group) => group.id === id) ?? null;
    }),
    /** The item of the drawing that is chosen; -1: none. */
    selectedItem: computed(() =>
      selection.value === null || !visibleTrace.value || !drawing.value
        ? -1
        : itemFor(drawing.value, visibleTrace.value, selection.value),
    ),
    /** How it is derived; trace: the one whose numbers it holds, null while they are of another. */
    derivation: signal(/** @type {Derived | null} */ (null)),
    /** What is known of the shown function call as one rule. */
    whole: signal(/** @type {Whole | null} */ (null)),
    /** Why the element that is pointed at is what it is; answer: null while there is none; status says why. */
    account: signal(/** @type {Account | null} */ (null)),
    /** Its numerical derivatives; null while there are none for just these values. */
    check: signal(/** @type {Check | null} */ (null)),
    /** The step of the differences. */
    epsilon: signal(EPSILON),
    /** Which element of a tensor is checked beside its sweep; of another node the first one is. */
    element: signal({ id: "", place: 0 }),
    /** What the checks of all gradients say for just these values; null while there is none. */
    verdicts: computed(() =>
      checked.value !== null && checked.value.trace === visibleTrace.value ? checked.value : null,
    ),
    /** The nudge as long as there is such a number whose gradient is known by now, and nothing is to be predicted first. */
    nudging: computed(() => {
      const [now, wish] = [stepFrame.value, nudge.value];
      const index = now?.trace.byId.get(wish?.id ?? "");
      if (!now || !wish || index === undefined || covered.value.size > 0) return null;
      return ["done", "none"].includes(nodeIn(now, index).progress) &&
        wish.place < now.trace.nodes[index].value.flat.length
        ? wish
        : null;
    }),
    /** The reader has just begun to nudge: the slider takes the focus. */
    nudgeBegins: signal(false),
    /** What comes of the nudge; null while that is not known for just these values. */
    nudged: signal(/** @type {import("../queries/nudge.js").Nudged | null} */ (null)),
  };
}
