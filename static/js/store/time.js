/** The steps of the passes, the moment that is shown of them, and what is told of it. */
import { computed, signal } from "@preact/signals-core";
import { haltAt, questions } from "../predict.js";
import { buildCues, endOf, stepAt } from "../timeline/cues.js";
import { frameAt } from "../timeline/frame.js";
import { AT_START, calmly } from "../timeline/player.js";
import { sentence } from "../timeline/sentence.js";

/**
 * @typedef {ReturnType<typeof import("./exercise.js").createExercise>} Exercise
 * @typedef {ReturnType<typeof import("./view.js").createView>} View
 * @param {Pick<Exercise, "trace" | "predict" | "covered"> & Pick<View, "drawing">} shown
 */
export function createTime({ trace, predict, covered, drawing }) {
  const clock = signal(AT_START);
  const reducedMotion = signal(false);
  const cues = computed(() => (trace.value && drawing.value ? buildCues(trace.value, drawing.value) : null));
  /** Without motion, time is seen in whole steps only, at a pace that can be followed. */
  const shownTime = computed(() =>
    reducedMotion.value && cues.value ? calmly(clock.value, cues.value) : clock.value.time,
  );
  const step = computed(() => (cues.value ? stepAt(cues.value, shownTime.value) : 0));
  /** The covered gradients that can be asked for, in the order in which they come. */
  const asked = computed(() => (cues.value ? questions(cues.value, covered.value) : []));
  /** What the shown trace's moments are told as, as far as the server was asked. */
  const told = signal(/** @type {import("../timeline/sentence.js").Told} */ (new Map()));

  return {
    clock,
    reducedMotion,
    cues,
    step,
    asked,
    told,
    frame: computed(() => (trace.value && cues.value ? frameAt(trace.value, cues.value, shownTime.value) : null)),
    /** The current step done: what panels tell, which follow steps and not every frame. */
    settled: computed(() => (trace.value && cues.value ? frameAt(trace.value, cues.value, step.value) : null)),
    /** The last step that is over. */
    done: computed(() => Math.floor(shownTime.value + 1e-9)),
    /** The moment at which it halts, because what comes next is asked first. */
    halt: computed(() => (predict.value.mode === "next" ? haltAt(asked.value, clock.value.time) : Infinity)),
    atEnd: computed(() => cues.value !== null && clock.value.time >= endOf(cues.value)),
    playing: computed(() => clock.value.playing && clock.value.target === null),
    parts: computed(() => (trace.value && cues.value ? sentence(trace.value, cues.value, told.value, step.value) : [])),
  };
}
