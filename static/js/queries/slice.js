/**
 * A slice through the loss at the shown step of a training: asked for while it is looked at; a place of it opens.
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { outcome, post, reasonOf } from "../api.js";
import { readSlice } from "../plots/slice.js";
import { createQuery, inTurn } from "../query.js";
import { textWith } from "../trace/subject.js";

/** A pause after the last change: a slice takes hundreds of passes, and a scrubber moves often, ms. */
const PAUSE = 200;
/** Points along each axis. */
const RESOLUTION = 31;

/**
 * @param {Store} store
 * @param {import("../session.js").Session} session
 * @param {() => boolean} wanted  whether it is shown; reads signals
 * @returns {{open: (place: [number, number]) => Promise<void>}}
 */
export function createSlices(store, session, wanted) {
  const about = () => {
    if (!wanted() || !store.sliceOpen.value || store.fullTrace.value === null || !store.current.value) return null;
    const wish = store.sliceWish.value;
    const elements = wish.of === "weights" ? store.sliceChosen.value : null;
    if (wish.of === "weights" && elements === null) return null;
    const step = store.trainStep.value;
    const run = step === null ? null : store.trainRun.value;
    const last = run?.own ? 0 : (store.trained.value?.rows.at(-1)?.step ?? 0);
    return { ...store.trainee.value, run, step, last, elements, seed: wish.seed };
  };
  /** @param {NonNullable<ReturnType<typeof about>>} of @param {object} further */
  const body = ({ program, given, output, run, step, last, elements, seed }, further) => ({
    ...textWith(program, given, output, run === null || step === null ? null : { run, step }),
    slice: { ...(elements ? { elements } : { random_seed: seed }), last, ...further },
    resolution: RESOLUTION,
  });

  createQuery("surface", {
    about,
    rest: () => PAUSE,
    ask: (of, send) => send(body(of, {})),
    take: (answer) =>
      batch(() => {
        store.slice.value = readSlice(answer);
        store.sliceRefused.value = "";
      }),
    refuse: (problem) =>
      batch(() => {
        store.slice.value = null;
        store.sliceRefused.value = reasonOf(problem);
      }),
    waits: inTurn,
  });

  return {
    /** The program with the parameters of a place. */
    async open(place) {
      const of = about();
      if (of === null) return;
      const found = await outcome(post("surface", body(of, { place })));
      if (found?.answer) session.setValues(found.answer.slice.parameters);
    },
  };
}
