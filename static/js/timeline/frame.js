/**
 * (trace, time) -> what is visible. Pure: no state is kept, so seeking backwards costs nothing.
 *
 * A frame gives the state of every item and line before its step began and, separately, of the few that the step
 * changes, so that a renderer at 60 frames per second touches only those. A closed group has the state of its result.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {import("./cues.js").Step} Step
 * @typedef {import("../graph/drawing.js").Line} Line
 *
 * @typedef {object} NodeState
 * @property {Tensor | null} value  null: not computed yet
 * @property {Tensor | null} grad   the sum that has arrived so far; null: nothing yet, or no path
 * @property {"none" | "waiting" | "partial" | "done"} progress  of the gradient; none: no path to the output
 * @property {"dark" | "lit" | "zero" | "nonfinite" | "covered"} look
 * @property {number} level  brightness in 0..1
 * @property {number} over   overexposure in 0..1: how much larger than the seed the gradient is
 * @property {"" | "forward" | "backward"} active  set if the current step is its own
 * @property {boolean} [rounding]  the gradient is 0 but for rounding
 * @property {boolean} covered  the backward pass has begun, and the gradient is to be predicted
 * @property {Tensor[] | null} adding  the messages being added at this moment, the newest last
 *
 * @typedef {object} LineState  state of an edge, or of a line that bundles several
 * @property {"idle" | "value" | "lit" | "zero" | "nonfinite" | "covered"} look
 * @property {number} level
 * @property {"" | "forward" | "backward"} active
 * @property {number | null} pulse  position of the pulse, 0 at the source and 1 at the target
 * @property {Tensor | null} carries  the sum of the messages; null also if they belong to different nodes
 *
 * @typedef {object} Frame
 * @property {Trace} trace
 * @property {Cues} cues
 * @property {number} time
 * @property {number} k  the step
 * @property {number} progress  0..1 within it
 * @property {Step} step
 * @property {Map<number, NodeState>} items  those that the step changes
 * @property {Map<number, LineState>} lines
 */
import { isCovered } from "../trace/covered.js";
import { bundledState } from "../graph/bundle.js";
import { add } from "../trace/tensor.js";
import { COMPUTED, stepAt } from "./cues.js";
import { light, overexposure } from "./light.js";

/** @param {Trace} trace @param {Cues} cues @param {number} time @returns {Frame} */
export function frameAt(trace, cues, time) {
  const k = stepAt(cues, time);
  const progress = k === 0 ? 1 : Math.min(1, Math.max(0, time - (k - 1)));
  const step = cues.steps[k];
  const frame = { trace, cues, time, k, progress, step, items: new Map(), lines: new Map() };
  for (const item of itemsOf(cues, step)) frame.items.set(item, itemIn(frame, item));
  for (const line of step.lines) frame.lines.set(line, lineIn(frame, line));
  return frame;
}

/**
 * @param {Cues} cues
 * @param {Step} step
 * @returns {Set<number>} the items that a step changes: its own, and those that its lines lead to
 */
function itemsOf({ drawing }, step) {
  const items = new Set(step.lines.map((line) => drawing.lines[line].source));
  const own = drawing.itemOf[step.node];
  return own < 0 ? items : new Set([own, ...items]);
}

/**
 * The items and lines that may look different at two steps: those that the steps between them change.
 * @param {Cues} cues @param {number} from @param {number} to steps, in any order
 * @returns {{items: Set<number>, lines: Set<number>}}
 */
export function movedBetween(cues, from, to) {
  /** @type {Set<number>} */
  const items = new Set();
  /** @type {Set<number>} */
  const lines = new Set();
  for (let k = Math.min(from, to); k <= Math.max(from, to); k += 1) {
    const step = cues.steps[k];
    for (const item of itemsOf(cues, step)) items.add(item);
    for (const line of step.lines) lines.add(line);
  }
  return { items, lines };
}

/** @param {Frame} frame @param {number} index of an item @returns {NodeState} */
export function itemIn(frame, index) {
  const known = frame.items.get(index);
  if (known !== undefined) return known;
  const item = frame.cues.drawing.items[index];
  if (item.kind === "node") return nodeIn(frame, item.node);
  return item.elements
    ? bundledState(
        item.elements,
        item.elements.nodes.map((node) => nodeIn(frame, node)),
      )
    : nodeIn(frame, item.result);
}

/** @param {Frame} frame @param {number} index of a node, drawn or not @returns {NodeState} */
export const nodeIn = (frame, index) => nodeState(frame.trace, frame.cues, index, frame.k, frame.progress);

/** @param {Frame} frame @param {number} index of a line @returns {LineState} */
export const lineIn = (frame, index) =>
  frame.lines.get(index) ??
  lineState(frame.trace, frame.cues, frame.cues.drawing.lines[index].edges, frame.k, frame.progress);

/** @param {Frame} frame @param {number[]} edges drawn as one line, or not drawn @returns {LineState} */
export const strandIn = (frame, edges) => lineState(frame.trace, frame.cues, edges, frame.k, frame.progress);

/** @param {Cues} cues @param {number} edge @param {number} k @param {number} progress */
function arrived(cues, edge, k, progress) {
  const at = cues.arrivesAt[edge];
  return at >= 0 && (at < k || (at === k && progress >= cues.lands[edge]));
}

/**
 * @param {Trace} trace @param {Cues} cues @param {number} index @param {number} k @param {number} progress
 * @returns {NodeState}
 */
function nodeState(trace, cues, index, k, progress) {
  const node = trace.nodes[index];
  const step = cues.steps[k];
  const computed = cues.computedAt[index] < k || (cues.computedAt[index] === k && progress >= COMPUTED);
  const { itemOf } = cues.drawing;
  const own =
    step.phase !== "start" && (step.node === index || (itemOf[index] >= 0 && itemOf[step.node] === itemOf[index]));
  /** @type {NodeState} */
  const state = {
    value: node.role !== "operation" || computed ? node.value : null,
    grad: null,
    progress: node.grad === null ? "none" : "waiting",
    look: "dark",
    level: 0,
    over: 0,
    active: own ? (step.phase === "forward" ? "forward" : "backward") : "",
    rounding: node.leftover !== null,
    covered: k >= cues.seedStep && isCovered(node.grad),
    adding: null,
  };
  if (node.grad === null) return state;

  const seeded = index === trace.outputIndex && (k > cues.seedStep || (k === cues.seedStep && progress >= COMPUTED));
  const expected = cues.arrivals[index];
  const here = expected.filter((edge) => arrived(cues, edge, k, progress));
  const parts = messages(trace, cues, here);
  if (index === trace.outputIndex) {
    if (!seeded) return state;
    parts.unshift(trace.seed);
  }
  if (parts.length === 0) return state;

  const complete = here.length === expected.length;
  // Once all have arrived, show the engine's own sum, which may differ in the last digit.
  const grad = complete ? node.grad : parts.reduce(add);
  const newest = here.at(-1);
  const adding =
    parts.length > 1 && !parts.some(isCovered) && newest !== undefined && cues.arrivesAt[newest] === k ? parts : null;
  const reached = complete ? /** @type {const} */ ("done") : /** @type {const} */ ("partial");
  const shown = light(grad, trace);
  if (isAside(node, shown)) return { ...state, grad, progress: reached, adding };
  const over = trace.lost === null ? overexposure(grad, trace.seed) : 0;
  return { ...state, ...shown, over, grad, progress: reached, adding };
}

/**
 * Nobody trains a target: its gradient is a number like others, but gives no light that would lead the eye there.
 * @param {import("../types.js").Node | null} node @param {{look: string}} shown
 */
const isAside = (node, { look }) => node?.use === "target" && look === "lit";

/**
 * Messages in order of arrival; those on one line count as one.
 * @param {Trace} trace @param {Cues} cues @param {number[]} edges in order of arrival @returns {Tensor[]}
 */
function messages(trace, { drawing: { lineOf } }, edges) {
  /** @type {Tensor[]} */
  const parts = [];
  edges.forEach((edge, i) => {
    const message = /** @type {Tensor} */ (trace.edges[edge].message);
    const together = i > 0 && lineOf[edge] >= 0 && lineOf[edge] === lineOf[edges[i - 1]];
    if (together) parts[parts.length - 1] = add(parts[parts.length - 1], message);
    else parts.push(message);
  });
  return parts;
}

/**
 * @param {Trace} trace @param {Cues} cues @param {number[]} bundle edges @param {number} k @param {number} progress
 * @returns {LineState}
 */
function lineState(trace, cues, bundle, k, progress) {
  const forward = bundle.some((edge) => cues.computedAt[trace.edges[edge].target] === k);
  /** @type {LineState} */
  const state = {
    look: bundle.some((edge) => k > cues.computedAt[trace.edges[edge].target]) ? "value" : "idle",
    level: 0,
    active: "",
    pulse: null,
    carries: null,
  };
  if (forward) {
    const along = Math.min(1, progress / COMPUTED);
    const source = sourceOf(trace, bundle);
    return {
      ...state,
      look: "value",
      active: "forward",
      pulse: along < 1 ? ease(along) : null,
      carries: source?.value ?? null,
    };
  }
  const moving = bundle.filter((edge) => cues.arrivesAt[edge] === k);
  const before = bundle.filter((edge) => cues.arrivesAt[edge] >= 0 && cues.arrivesAt[edge] < k);
  if (moving.length === 0) return before.length === 0 ? state : { ...state, ...shine(trace, before) };
  const [departs, lands] = [cues.departs[moving[0]], cues.lands[moving[0]]];
  const along = (progress - departs) / (lands - departs);
  const lit = along > 0 ? [...before, ...moving] : before;
  return {
    ...state,
    // Light follows the pulse: before it leaves, the edge looks as after the forward pass.
    ...(lit.length > 0 ? shine(trace, lit) : {}),
    active: "backward",
    pulse: along > 0 && along < 1 ? 1 - ease(along) : null,
    carries: along > 0 ? sumOf(trace, moving) : null,
  };
}

/**
 * @param {Trace} trace
 * @param {number[]} bundle
 * @returns {import("../types.js").Node | null} null if they come from several nodes
 */
function sourceOf({ nodes, edges }, bundle) {
  const { source } = edges[bundle[0]];
  return bundle.every((edge) => edges[edge].source === source) ? nodes[source] : null;
}

/** @param {Trace} trace @param {number[]} bundle edges that carry messages @returns {Tensor | null} */
export function sumOf(trace, bundle) {
  return sourceOf(trace, bundle) === null
    ? null
    : bundle.map((edge) => /** @type {Tensor} */ (trace.edges[edge].message)).reduce(add);
}

/**
 * The light of a line's messages; if they belong to different nodes, the strongest.
 * @param {Trace} trace @param {number[]} bundle @returns {{look: LineState["look"], level: number}}
 */
function shine(trace, bundle) {
  const sum = sumOf(trace, bundle);
  if (sum !== null) {
    const shown = light(sum, trace);
    return isAside(sourceOf(trace, bundle), shown) ? { look: "value", level: 0 } : shown;
  }
  const each = bundle.map((edge) => light(/** @type {Tensor} */ (trace.edges[edge].message), trace));
  return (
    each.find(({ look }) => look === "covered") ??
    each.find(({ look }) => look === "nonfinite") ??
    each.reduce((best, next) => (next.level > best.level ? next : best))
  );
}

/** @param {number} p fraction of the time @returns {number} fraction of the distance */
export const ease = (p) => (p < 0.5 ? 2 * p * p : 1 - (2 - 2 * p) ** 2 / 2);
