/**
 * The state of the page as signals, and what follows from it. Nothing here touches the document or the network.
 * @typedef {import("./types.js").Trace} Trace
 * @typedef {import("./types.js").Problem} Problem
 * @typedef {import("./types.js").Given} Given
 * @typedef {import("./types.js").Network} Network
 * @typedef {import("./types.js").OpTable} OpTable
 * @typedef {"auto" | "dark" | "light"} Theme
 * @typedef {"" | "edit" | "inspect"} Sheet
 * @typedef {{what: "fit" | "in" | "out" | "actual", count: number}} ViewRequest  counted, so that the same may be asked twice
 */
import { computed, signal } from "@preact/signals-core";
import { DEFAULT } from "./examples.js";
import { buildCues, endOf, stepAt } from "./timeline/cues.js";
import { frameAt } from "./timeline/frame.js";
import { AT_START } from "./timeline/player.js";
import { sentence } from "./timeline/sentence.js";
import { givenFrom } from "./values.js";

/** @typedef {ReturnType<typeof createStore>} Store */

export function createStore() {
  const program = signal(DEFAULT.program);
  /** What was opened last: its name and what to try with it hold as long as most of its text still stands. */
  const opened = signal({ title: DEFAULT.title, hint: DEFAULT.hint, program: DEFAULT.program });
  const resembles = computed(() => {
    const known = new Set(opened.value.program.split("\n"));
    const lines = program.value.split("\n").filter((line) => line.trim() !== "");
    return lines.filter((line) => known.has(line)).length * 2 >= lines.length;
  });
  const title = computed(() => (resembles.value ? opened.value.title : "A program of your own"));
  const hint = computed(() => (resembles.value ? opened.value.hint : ""));
  const given = signal(/** @type {Record<string, Given>} */ (givenFrom(DEFAULT.values)));
  const trace = signal(/** @type {Trace | null} */ (null));
  /** The text that the trace was made from. */
  const traced = signal(/** @type {string | null} */ (null));
  const problem = signal(/** @type {Problem | null} */ (null));
  const clock = signal(AT_START);
  const reducedMotion = signal(false);
  const selection = signal(/** @type {string | null} */ (null));

  const cues = computed(() => trace.value && buildCues(trace.value));
  /** Without motion, time is seen in whole steps only. */
  const shownTime = computed(() => (reducedMotion.value ? Math.floor(clock.value.time + 1e-9) : clock.value.time));
  const frame = computed(() => (trace.value && cues.value ? frameAt(trace.value, cues.value, shownTime.value) : null));
  /** The current step done: what panels tell, which follow steps and not every frame. */
  const settled = computed(() => (trace.value && cues.value ? frameAt(trace.value, cues.value, step.value) : null));
  const step = computed(() => (cues.value ? stepAt(cues.value, shownTime.value) : 0));
  /** The last step that is over. */
  const done = computed(() => Math.floor(shownTime.value + 1e-9));
  const atEnd = computed(() => cues.value !== null && clock.value.time >= endOf(cues.value));
  const playing = computed(() => clock.value.playing && clock.value.target === null);
  const parts = computed(() => (trace.value && cues.value ? sentence(trace.value, cues.value, step.value) : []));
  /** The node that the inspector shows: the chosen one, else the one whose step it is. */
  const shownNode = computed(() => {
    const now = trace.value;
    if (!now || !cues.value) return null;
    const chosen = selection.value === null ? undefined : now.byId.get(selection.value);
    return now.nodes[chosen ?? cues.value.steps[step.value]?.node ?? now.outputIndex];
  });
  /** Does the picture show the program that stands in the editor? */
  const current = computed(() => problem.value === null && traced.value === program.value);

  return {
    program, opened, title, hint, given, trace, traced, problem, clock, reducedMotion, selection,
    cues, frame, settled, step, done, atEnd, playing, parts, shownNode, current,
    ops: signal(/** @type {OpTable | null} */ (null)),
    network: signal(/** @type {Network} */ ({
      inputs: 2,
      layers: [{ units: 3, activation: "tanh" }, { units: 1, activation: "identity" }],
      loss: "mse",
      init: "xavier",
      random_seed: 0,
    })),
    theme: signal(/** @type {Theme} */ ("auto")),
    present: signal(false),
    leftTab: signal(/** @type {"program" | "network"} */ ("program")),
    rightTab: signal(/** @type {"node" | "output"} */ ("node")),
    sheet: signal(/** @type {Sheet} */ ("")),
    zoom: signal(1),
    /** Does the view go along with the step? */
    follow: signal(false),
    view: signal(/** @type {ViewRequest} */ ({ what: "fit", count: 0 })),
  };
}
