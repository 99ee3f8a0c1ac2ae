/**
 * The examples that a hand draws: those of the program, or a draft that becomes a program when a network is built.
 * @typedef {import("../points/points.js").Points} Points
 */
import { computed, signal } from "@preact/signals-core";
import { namesIn, noPoints, pointsOf } from "../points/points.js";

/**
 * @typedef {ReturnType<typeof import("./subject.js").createSubject>} Subject
 * @typedef {ReturnType<typeof import("./training.js").createTraining>} Training
 * @param {Pick<Subject, "program" | "given" | "fullTrace"> & Pick<Training, "shownUpdate">} about
 */
export function createPoints({ program, given, fullTrace, shownUpdate }) {
  /** Points of no program yet; null: those of the program are drawn, if it has some. */
  const draft = signal(/** @type {Points | null} */ (null));
  let known = /** @type {import("../points/points.js").Names | null} */ (null);
  /** The names of the examples. The program of an update has none, and is still about those of the loss. */
  const names = computed(() => {
    if (fullTrace.value !== null && shownUpdate.value === "") known = namesIn(fullTrace.value);
    return known;
  });
  const held = computed(() => (names.value === null ? null : pointsOf(program.value, given.value, names.value)));

  return {
    /** Whether a network is to learn from points of the reader's own. */
    ownPoints: signal(false),
    draft,
    /** The points of the program; null if it has none. */
    heldPoints: held,
    /** The points that are drawn. */
    shownPoints: computed(() => draft.value ?? held.value?.points ?? noPoints(2, 2)),
    /** A file of comma-separated values that was opened, to be taken as points. */
    csv: signal(/** @type {{name: string, text: string} | null} */ (null)),
  };
}
