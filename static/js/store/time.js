/** The steps of both passes, the current moment, and the sentences about it. */
import { computed, signal } from "@preact/signals-core";
import { haltAt, questionsIn } from "../predict.js";
import { buildCues, endOf, stepAt } from "../timeline/cues.js";
import { frameAt } from "../timeline/frame.js";
import { AT_START, calmly } from "../timeline/player.js";
import { sentence } from "../timeline/sentence.js";

/**
 * @typedef {ReturnType<typeof import("./exercise.js").createExercise>} Exercise
 * @typedef {ReturnType<typeof import("./view.js").createView>} View
 * @param {Pick<Exercise, "visibleTrace" | "predict" | "covered"> & Pick<View, "drawing">} shown
 */
export function createTime({ visibleTrace, predict, covered, drawing }) {
  const clock = signal(AT_START);
  const reducedMotion = signal(false);
  const cues = computed(() =>
    visibleTrace.value && drawing.value ? buildCues(visibleTrace.value, drawing.value) : null,
  );
  /** With reduced motion, time advances in whole steps, at a readable pace. */
  const shownTime = computed(() =>
    reducedMotion.value && cues.value ? calmly(clock.value, cues.value) : clock.value.time,
  );
  const step = computed(() => (cues.value ? stepAt(cues.value, shownTime.value) : 0));
  /** The covered gradients that can be asked for, in order of time. */
  const questions = computed(() => (cues.value ? questionsIn(cues.value, covered.value) : []));
  /** The sentences about the trace's moments, as far as they have arrived. */
  const sentences = signal(/** @type {import("../timeline/sentence.js").Sentences} */ (new Map()));

  return {
    clock,
    reducedMotion,
    cues,
    step,
    questions,
    sentences,
    frame: computed(() =>
      visibleTrace.value && cues.value ? frameAt(visibleTrace.value, cues.value, shownTime.value) : null,
    ),
    /** The frame at the end of the current step, for panels that follow steps and not every frame. */
    stepFrame: computed(() =>
      visibleTrace.value && cues.value ? frameAt(visibleTrace.value, cues.value, step.value) : null,
    ),
    /** The last completed step. */
    done: computed(() => Math.floor(shownTime.value + 1e-9)),
    /** The moment at which playback halts, because the next gradient is asked for first. */
    halt: computed(() => (predict.value.mode === "next" ? haltAt(questions.value, clock.value.time) : Infinity)),
    atEnd: computed(() => cues.value !== null && clock.value.time >= endOf(cues.value)),
    playing: computed(() => clock.value.playing && clock.value.target === null),
    parts: computed(() =>
      visibleTrace.value && cues.value ? sentence(visibleTrace.value, cues.value, sentences.value, step.value) : [],
    ),
  };
}
