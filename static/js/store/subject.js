/**
 * The program, its values, and what the server made of them.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Problem} Problem
 * @typedef {import("../types.js").Given} Given
 * @typedef {import("../types.js").Network} Network
 * @typedef {import("../types.js").OpTable} OpTable
 */
import { computed, signal } from "@preact/signals-core";
import { DEFAULT } from "../examples.js";
import { givenFrom } from "../trace/values.js";

export function createSubject() {
  const program = signal(DEFAULT.program);
  /** The last opened program. Its title and hint apply while at least half of the lines come from it. */
  const opened = signal({ title: DEFAULT.title, hint: DEFAULT.hint, program: DEFAULT.program });
  const named = computed(() => {
    const known = new Set(opened.value.program.split("\n"));
    const lines = program.value.split("\n").filter((line) => line.trim() !== "");
    return lines.length > 0 && lines.filter((line) => known.has(line)).length * 2 >= lines.length;
  });
  /** The program of the current trace. */
  const traced = signal(/** @type {string | null} */ (null));
  const problem = signal(/** @type {Problem | null} */ (null));

  return {
    program,
    opened,
    named,
    traced,
    problem,
    /** Names of a text that was pasted, which neither it nor a text pasted before defines. */
    undefinedNames: signal(/** @type {string[]} */ ([])),
    title: computed(() => (named.value ? opened.value.title : "A program of your own")),
    hint: computed(() => (named.value ? opened.value.hint : "")),
    given: signal(/** @type {Record<string, Given>} */ (givenFrom(DEFAULT.values))),
    /** The name whose gradients the reader wants; "" for what the program is about. */
    output: signal(""),
    /** Where the values now lead the program another way, in a sentence. */
    branched: signal(""),
    /** The server's trace. Views read `visibleTrace`, which hides what is to be predicted. */
    fullTrace: signal(/** @type {Trace | null} */ (null)),
    /** Whether the graph shows the program in the editor. */
    current: computed(() => problem.value === null && traced.value === program.value),
    /** Whether nodes are arrays, or every element is a node. */
    detail: signal(/** @type {"tensor" | "scalar"} */ ("tensor")),
    /** Array operations that are opened into scalars, by id. */
    scalar: signal(/** @type {ReadonlySet<string>} */ (new Set())),
    /** The program that the server refused to show in scalar detail, and why. */
    refused: signal(/** @type {{program: string, why: string} | null} */ (null)),
    ops: signal(/** @type {OpTable | null} */ (null)),
    network: signal(
      /** @type {Network} */ ({
        inputs: 2,
        layers: [
          { units: 3, activation: "tanh" },
          { units: 1, activation: "identity" },
        ],
        loss: "mse",
        init: "xavier",
        random_seed: 0,
        batch: 1,
        data: null,
        noise: null,
        points: null,
        features: [],
        residual: false,
        norm: false,
        dropout: 0,
      }),
    ),
  };
}
