/**
 * The inspected node and what is known about it: derivation, account, check, nudge.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef
 *   {{id: string, place: number, of: "value" | "grad", status: string, answer: import("../wire.d.ts").AccountAnswer | null}}
 *   Account
 * @typedef {{id: string, key: string, trace: Trace | null, answer: import("../wire.d.ts").DerivationAnswer}} Derived
 * @typedef {{id: string, trace: Trace, forms: import("../wire.d.ts").WholeAnswer[]}} Whole
 * @typedef
 *   {{trace: Trace, id: string, place: number, checked: import("../wire.d.ts").CheckedAnswer | null, sweep: import("../wire.d.ts").SweepAnswer}}
 *   Check  checked: null if it has too many elements
 */
import { computed, signal } from "@preact/signals-core";
import { itemFor, resultOfGroup } from "../graph/drawing.js";
import { nodeIn } from "../timeline/frame.js";

/** The default step of difference quotients. */
export const EPSILON = 1e-5;

/**
 * @typedef {ReturnType<typeof import("./exercise.js").createExercise>} Exercise
 * @typedef {ReturnType<typeof import("./view.js").createView>} View
 * @typedef {ReturnType<typeof import("./time.js").createTime>} Time
 * @param
 *   {Pick<Exercise, "visibleTrace" | "covered"> & Pick<View, "drawing"> & Pick<Time, "cues" | "step" | "stepFrame"> & Pick<ReturnType<typeof import("./page.js").createPage>, "rightTab">}
 *   shown
 */
export function createNode({ visibleTrace, covered, drawing, cues, step, stepFrame, rightTab }) {
  const selection = signal(/** @type {string | null} */ (null));
  /** The verdicts of the checks, possibly of a trace that is no longer shown. */
  const checked = signal(/** @type {import("../words/verdicts.js").Verdicts | null} */ (null));
  /** The element that is nudged, and by how much. */
  const nudge = signal(/** @type {import("../queries/nudge.js").Nudge | null} */ (null));

  return {
    selection,
    checked,
    nudge,
    /** The node in the inspector: the selected one, otherwise that of the current step. */
    shownNode: computed(() => {
      const now = visibleTrace.value;
      if (!now || !cues.value) return null;
      const chosen =
        selection.value === null ? undefined : (now.byId.get(selection.value) ?? resultOfGroup(now, selection.value));
      return now.nodes[chosen ?? cues.value.steps[step.value]?.node ?? now.outputIndex];
    }),
    /** The group in the inspector: the selected one, otherwise the closed one of the current step. */
    shownGroup: computed(() => {
      const id = selection.value ?? cues.value?.steps[step.value]?.group ?? null;
      return visibleTrace.value?.groups.find((group) => group.id === id) ?? null;
    }),
    /** The selected item of the drawing; -1: none. */
    selectedItem: computed(() =>
      selection.value === null || !visibleTrace.value || !drawing.value
        ? -1
        : itemFor(drawing.value, visibleTrace.value, selection.value),
    ),
    /** The shown node's derivation; trace: the one it was derived from, null if its own numbers are outdated. */
    derivation: signal(/** @type {Derived | null} */ (null)),
    /** The closed forms of the shown function call. */
    whole: signal(/** @type {Whole | null} */ (null)),
    /** The account of the element pointed at; answer: null while there is none, for the reason in status. */
    account: signal(/** @type {Account | null} */ (null)),
    /** The shown node's numerical derivatives; null until they are known for the current values. */
    check: signal(/** @type {Check | null} */ (null)),
    /** The step of difference quotients. */
    epsilon: signal(EPSILON),
    /** The element of a tensor that is swept; for any other node it is the first. */
    element: signal({ id: "", place: 0 }),
    /** The verdicts for the current values; null until they are known. */
    verdicts: computed(() =>
      checked.value !== null && checked.value.trace === visibleTrace.value ? checked.value : null,
    ),
    /** The nudge, while its panel is open, its element exists, its gradient is known, and nothing is covered. */
    nudging: computed(() => {
      const [now, wish] = [stepFrame.value, nudge.value];
      const index = now?.trace.byId.get(wish?.id ?? "");
      if (!now || !wish || index === undefined || covered.value.size > 0 || rightTab.value !== "node") return null;
      return ["done", "none"].includes(nodeIn(now, index).progress) &&
        wish.place < now.trace.nodes[index].value.flat.length
        ? wish
        : null;
    }),
    /** Whether a nudge has just started, so that its slider takes the focus. */
    nudgeBegins: signal(false),
    /** The effect of the nudge; null until it is known for the current values. */
    nudged: signal(/** @type {import("../queries/nudge.js").Nudged | null} */ (null)),
  };
}
