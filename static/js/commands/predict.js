/**
 * Commands that cover gradients, to be predicted before they are revealed.
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../predict.js").Kind} Kind
 */
import { batch, computed, effect, untracked } from "@preact/signals-core";
import { begin, knownBy, OFF, reveal } from "../predict.js";
import { endOf } from "../timeline/cues.js";
import { seek } from "../timeline/player.js";

/**
 * Covers again. Step-by-step questions start at the current moment, or at the seed if no gradient is still to come.
 * @param {Store} store @param {import("../predict.js").Mode} mode
 * @param {string | null} [node] the node for "one"; by default the shown one
 */
export function startPredicting(store, mode, node = store.shownNode.peek()?.id ?? null) {
  batch(() => {
    store.predict.value = begin(mode, node);
    store.rightTab.value = "node";
    if (mode === "next") settleStart(store);
  });
}

/** @param {Store} store records what was known before the first question */
export function settleStart(store) {
  const [trace, cues, clock, predict] = [
    store.fullTrace.peek(),
    store.cues.peek(),
    store.clock.peek(),
    store.predict.peek(),
  ];
  if (!trace || !cues || predict.mode !== "next" || predict.given !== null) return;
  const over = clock.time >= endOf(cues);
  store.predict.value = { ...predict, given: over ? new Map() : knownBy(trace, cues, Math.floor(clock.time + 1e-9)) };
  if (over) store.clock.value = seek(clock, cues, cues.seedStep);
}

/** @param {Store} store @param {number | undefined} index index of the node that is asked about next */
export function chooseAsked(store, index) {
  const id = index === undefined ? undefined : store.visibleTrace.peek()?.nodes[index].id;
  if (id !== undefined) store.selection.value = id;
}

/**
 * When playback halts, the node in question is selected: once, so that the reader can look around, and again if the
 * reader presses play without answering. The end of that key press is ignored, since the question may have been
 * answered by then.
 * @param {Store} store
 */
export function chooseAtHalt(store) {
  const moment = computed(() => (store.clock.value.time >= store.halt.value - 1e-9 ? store.halt.value : -1));
  const pushing = computed(() => moment.value >= 0 && store.clock.value.playing);
  const choose = () => chooseAsked(store, store.questions.peek().find(({ step }) => step - 1 === moment.peek())?.node);
  effect(() => {
    if (moment.value >= 0) untracked(choose);
  });
  effect(() => {
    if (pushing.value) untracked(choose);
  });
}

/**
 * @param {Store} store
 * @param {number} index
 * @param {Kind} kind
 * @param {string[]} said  one answer per asked element
 */
export function revealNode(store, index, kind, said) {
  const trace = store.fullTrace.peek();
  if (trace) store.predict.value = reveal(store.predict.peek(), trace, index, kind, said);
}

/** @param {Store} store @returns {number | null} the shown node, if its gradient is covered and can be asked for */
export function askedNode(store) {
  const node = store.shownNode.value;
  if (!node || !store.covered.value.has(node.index)) return null;
  const { mode, node: only } = store.predict.value;
  return mode === "one" && node.id !== only ? null : node.index;
}

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function predicting({ store }) {
  const on = () => store.predict.value.mode !== "off";
  return [
    {
      id: "predict",
      family: "graph",
      label: "Predict, then reveal",
      short: "Predict",
      keys: ["q"],
      place: "header",
      enabled: () => store.visibleTrace.value !== null,
      pressed: on,
      run: () => (on() ? (store.predict.value = OFF) : startPredicting(store, "next")),
    },
    {
      id: "answer",
      family: "graph",
      label: "Answer the question",
      keys: ["a"],
      enabled: () => on(),
      run: () => (store.answering.value += 1),
    },
    {
      id: "reveal",
      family: "graph",
      label: "Reveal without answering",
      keys: ["Shift+q"],
      enabled: () => askedNode(store) !== null,
      run: () => {
        const index = askedNode(store);
        if (index !== null) revealNode(store, index, "number", []);
      },
    },
  ];
}
