/**
 * The state of the page as signals, and what follows from it. Nothing here touches the document or the network.
 * @typedef {import("./types.js").Trace} Trace
 * @typedef {import("./types.js").Problem} Problem
 * @typedef {import("./types.js").Given} Given
 * @typedef {import("./types.js").Network} Network
 * @typedef {import("./types.js").OpTable} OpTable
 * @typedef {"auto" | "dark" | "light"} Theme
 * @typedef {"" | "edit" | "inspect"} Sheet
 * @typedef {{what: "fit" | "in" | "out" | "actual" | "look" | "selection", count: number}} ViewRequest  counted, so that the same may be asked twice
 * @typedef {import("./layout/read.js").Point} Point
 * @typedef {import("./layout/read.js").Box} Box
 * @typedef {object} Placed  the picture in its own px
 * @property {import("./graph/drawing.js").Drawing} drawing  whose items and lines these are
 * @property {Point[]} places  centres, per item
 * @property {{width: number, height: number}[]} sizes  per item
 * @property {Point[][]} curves  splines, per line
 * @property {{group: number, box: Box}[]} boxes  of open groups, outer ones first
 * @property {number} width
 * @property {number} height
 * @property {import("./layout/read.js").Layout} layout  all of it as it was found, to draw it once more
 * @property {{x: number, y: number}} spare  room on each side of it
 */
/** @typedef {{id: string, place: number, of: "value" | "grad", status: string, told: import("./wire.d.ts").AccountAnswer | null}} Account */
/** @typedef {{id: string, key: string, trace: Trace | null, told: import("./wire.d.ts").DerivationAnswer}} Derived */
/** @typedef {{id: string, trace: Trace, forms: import("./wire.d.ts").WholeAnswer[]}} Whole */
/** @typedef {{trace: Trace, id: string, place: number, checked: import("./wire.d.ts").CheckedAnswer | null, sweep: import("./wire.d.ts").SweepAnswer}} Check  checked: null where its elements are too many */
/** @typedef {{of: string, text: string, answer: import("./wire.d.ts").GradedFormula | null, refusal: string}} FormulaGrade */
/** @typedef {{text: string, program: string, answer: import("./wire.d.ts").GradeAnswer | null, refusal: string}} Grading  refusal: why there is no answer */
import { computed, signal } from "@preact/signals-core";
import { DEFAULT, EXAMPLES } from "./examples.js";
import { drawingOf, itemFor, resultOfGroup } from "./graph/drawing.js";
import { cover, coveredIn, haltAt, OFF, questions } from "./predict.js";
import { indexOf } from "./search.js";
import { buildCues, endOf, stepAt } from "./timeline/cues.js";
import { frameAt, nodeIn } from "./timeline/frame.js";
import { AT_START, calmly } from "./timeline/player.js";
import { sentence } from "./timeline/sentence.js";
import { givenFrom } from "./trace/values.js";

/** @typedef {ReturnType<typeof createStore>} Store */

/** The step of a difference, until another one is asked for. */
export const EPSILON = 1e-5;

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
  /** The trace as it came; whoever shows anything of it shows `trace`. */
  const actual = signal(/** @type {Trace | null} */ (null));
  /** Which gradients the reader wants to find out first. */
  const predict = signal(OFF);
  /** The nodes whose gradients are covered. */
  const covered = computed(() => coveredIn(actual.value, predict.value));
  const trace = computed(() => actual.value && cover(actual.value, covered.value));
  /** The text that the trace was made from. */
  const traced = signal(/** @type {string | null} */ (null));
  const problem = signal(/** @type {Problem | null} */ (null));
  const clock = signal(AT_START);
  const reducedMotion = signal(false);
  const selection = signal(/** @type {string | null} */ (null));

  /** The ids of the groups that stand open; null: as the drawing sees fit. */
  const openGroups = signal(/** @type {ReadonlySet<string> | null} */ (null));
  const structure = computed(() => trace.value?.key ?? null);
  /** What is drawn. Numbers that change leave it as it is. */
  const drawing = computed(() => {
    void structure.value;
    const now = trace.peek();
    return now && drawingOf(now, openGroups.value);
  });
  const cues = computed(() => (trace.value && drawing.value ? buildCues(trace.value, drawing.value) : null));
  /** Without motion, time is seen in whole steps only, at a pace that can be followed. */
  const shownTime = computed(() => (reducedMotion.value && cues.value ? calmly(clock.value, cues.value) : clock.value.time));
  const frame = computed(() => (trace.value && cues.value ? frameAt(trace.value, cues.value, shownTime.value) : null));
  /** The current step done: what panels tell, which follow steps and not every frame. */
  const settled = computed(() => (trace.value && cues.value ? frameAt(trace.value, cues.value, step.value) : null));
  const step = computed(() => (cues.value ? stepAt(cues.value, shownTime.value) : 0));
  /** The last step that is over. */
  const done = computed(() => Math.floor(shownTime.value + 1e-9));
  /** The covered gradients that can be asked for, in the order in which they come. */
  const asked = computed(() => (cues.value ? questions(cues.value, covered.value) : []));
  /** The moment at which it halts, because what comes next is asked first. */
  const halt = computed(() => (predict.value.mode === "next" ? haltAt(asked.value, clock.value.time) : Infinity));
  const atEnd = computed(() => cues.value !== null && clock.value.time >= endOf(cues.value));
  const playing = computed(() => clock.value.playing && clock.value.target === null);
  /** What the shown trace's moments are told as, as far as the server was asked. */
  const told = signal(/** @type {import("./timeline/sentence.js").Told} */ (new Map()));
  const parts = computed(() => (trace.value && cues.value ? sentence(trace.value, cues.value, told.value, step.value) : []));
  /** The node that the inspector shows: the chosen one, else the one whose step it is. */
  const shownNode = computed(() => {
    const now = trace.value;
    if (!now || !cues.value) return null;
    const chosen = selection.value === null ? undefined : (now.byId.get(selection.value) ?? resultOfGroup(now, selection.value));
    return now.nodes[chosen ?? cues.value.steps[step.value]?.node ?? now.outputIndex];
  });
  /** The function call that the inspector shows: the chosen one, else the closed one whose step it is. */
  const shownGroup = computed(() => {
    const id = selection.value ?? cues.value?.steps[step.value]?.group ?? null;
    return trace.value?.groups.find((group) => group.id === id) ?? null;
  });
  /** The item of the drawing that is chosen; -1: none. */
  const selectedItem = computed(() =>
    selection.value === null || !trace.value || !drawing.value ? -1 : itemFor(drawing.value, trace.value, selection.value));
  /** What the checks of a trace say; they may be of one that is no longer shown. */
  const checked = signal(/** @type {import("./words/verdicts.js").Verdicts | null} */ (null));
  /** The same for just these values; null while there is none. */
  const verdicts = computed(() => (checked.value !== null && checked.value.trace === trace.value ? checked.value : null));
  /** The number that the reader moves, to see how far its gradient tells what happens. */
  const nudge = signal(/** @type {import("./asks/nudge.js").Nudge | null} */ (null));
  /** The same as long as there is such a number whose gradient is known by now, and nothing is to be predicted first. */
  const nudging = computed(() => {
    const [now, wish] = [settled.value, nudge.value];
    const index = now?.trace.byId.get(wish?.id ?? "");
    if (!now || !wish || index === undefined || covered.value.size > 0) return null;
    return ["done", "none"].includes(nodeIn(now, index).progress) && wish.place < now.trace.nodes[index].value.flat.length ? wish : null;
  });
  const stageView = signal(/** @type {"graph" | "table"} */ ("graph"));
  const zoom = signal(1);
  /** Where everything stands in the picture; the scene says so once it is drawn. */
  const layout = signal(/** @type {Placed | null} */ (null));
  /** The size of the stage, px. */
  const window = signal({ width: 0, height: 0 });
  /** The map of the graph: shown by itself where the graph is larger than its window. */
  const minimap = signal(/** @type {"auto" | "shown" | "hidden"} */ ("auto"));
  const mapped = computed(() => {
    if (stageView.value !== "graph" || layout.value === null || minimap.value === "hidden") return false;
    const { width, height } = layout.value;
    return minimap.value === "shown" || width * zoom.value > window.value.width + 1 || height * zoom.value > window.value.height + 1;
  });
  const query = signal("");
  const index = computed(() => {
    void structure.value;
    const now = trace.peek();
    return now ? indexOf(now) : () => [];
  });
  /** The nodes that the search box finds. */
  const matches = computed(() => index.value(query.value));
  /** Does the picture show the program that stands in the editor? */
  const current = computed(() => problem.value === null && traced.value === program.value);

  return {
    program, opened, named: resembles, title, hint, given, actual, predict, covered, asked, halt, trace, traced, problem, clock, reducedMotion, selection,
    cues, frame, settled, nudge, nudging, step, done, atEnd, playing, told, parts, shownNode, shownGroup, selectedItem, current, openGroups, drawing, query, matches,
    checked, verdicts, stageView, zoom, layout, window, minimap, mapped,
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
    /** Present holds still: time and values stay as they are, whatever key the remote sends. */
    frozen: signal(false),
    /** A circle of light goes with the pointer. */
    spotlight: signal(false),
    /** The list that Present goes through. */
    programs: signal(EXAMPLES),
    leftTab: signal(/** @type {"program" | "network" | "backward"} */ ("program")),
    /** The backward pass that the reader writes, and what the server says of it. */
    backward: signal(""),
    /** The derivative that the reader writes as a formula: of which input, and the text. */
    formula: signal({ of: "", text: "" }),
    formulaGrade: signal(/** @type {FormulaGrade | null} */ (null)),
    grading: signal(/** @type {Grading | null} */ (null)),
    rightTab: signal(/** @type {"node" | "code" | "output"} */ ("node")),
    /** The program as code in one language, once somebody looks at it; and the gradient whose line is sought, counted. */
    code: signal(/** @type {import("./asks/codes.js").Code | null} */ (null)),
    codeTarget: signal(/** @type {import("./asks/codes.js").Target} */ ("numpy")),
    codeSought: signal({ node: "", count: 0 }),
    sheet: signal(/** @type {Sheet} */ ("")),
    /** The dialog that stands open, by its name in main.js; "" for none. */
    dialog: signal(""),
    /** Is the search box open? */
    searching: signal(false),
    /** What was last found and shall be seen, by its id; counted, as the same may be sought twice. */
    sought: signal({ id: "", focus: false, count: 0 }),
    /** The element of a tensor that the reader points at. */
    pointed: signal(/** @type {import("./trace/elements.js").Pointed | null} */ (null)),
    /** Counts how often the reader asked to go through the elements of a node by keys. */
    walk: signal(0),
    /** Counts how often the reader asked for the question of the chosen node. */
    answering: signal(0),
    /** What leads to a wrong answer, and to which one; no parts where none is known. */
    slip: signal({ of: /** @type {import("./predict.js").Revealed | null} */ (null), parts: /** @type {import("./wire.d.ts").SentencePart[]} */ ([]) }),
    /** Why it is what it is; told: null while that cannot be said, status says why. */
    account: signal(/** @type {Account | null} */ (null)),
    /** How the shown node is derived; trace: the one whose numbers it holds, null while they are of another. */
    derivation: signal(/** @type {Derived | null} */ (null)),
    /** What is known of the shown function call as one rule. */
    whole: signal(/** @type {Whole | null} */ (null)),
    /** What a formula, or the picture, points at: a node and an edge by their places in the trace. */
    hinted: signal(/** @type {{node: number | null, edge: number | null} | null} */ (null)),
    /** The reader has just begun to nudge: the slider takes the focus. */
    nudgeBegins: signal(false),
    /** What comes of the nudge; null while that is not known for just these values. */
    nudged: signal(/** @type {import("./asks/nudge.js").Nudged | null} */ (null)),
    /** The numerical derivatives of the node that is shown; null while there are none for just these values. */
    check: signal(/** @type {Check | null} */ (null)),
    /** The step of the differences. */
    epsilon: signal(EPSILON),
    /** Which element of a tensor is checked beside its sweep; of another node the first one is. */
    element: signal({ id: "", place: 0 }),
    /** Where in the window the marks stand that took part in it: what explains it keeps off them. */
    involved: signal(/** @type {import("./trace/elements.js").Box[]} */ ([])),
    /** Does the view go along with the step? */
    follow: signal(false),
    view: signal(/** @type {ViewRequest} */ ({ what: "fit", count: 0 })),
    /** What of the picture the window shows, as the scene tells it; null while the whole picture fits. */
    camera: signal(/** @type {import("./links/url.js").Camera | null} */ (null)),
    /** Parts of the page that a link or a frame leaves out, by their names in parts.js. */
    hidden: signal(/** @type {ReadonlySet<string>} */ (new Set())),
    /** How often the browser's file picker was asked for. */
    picking: signal(0),
    /** The notebook whose cells are being chosen. */
    notebook: signal(/** @type {{name: string, cells: import("./edits/notebook.js").Cell[]} | null} */ (null)),
    /** Which of the first steps is pointed out, from 1; 0: none. */
    firstStep: signal(0),
    /** Is every element a node of its own? */
    detail: signal(/** @type {"tensor" | "scalar"} */ ("tensor")),
    /** Array operations that are opened to their scalars, by id. */
    scalar: signal(/** @type {ReadonlySet<string>} */ (new Set())),
    /** The program that the server would not show in scalar detail, and why. */
    refused: signal(/** @type {{program: string, why: string} | null} */ (null)),
    /** What the reader has to know once, and may put away. */
    note: signal(""),
  };
}
