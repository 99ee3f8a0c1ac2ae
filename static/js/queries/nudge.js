/**
 * One element moved by Δ: the change of the output that its gradient predicts, and the true one. The result belongs to
 * one trace, and is cleared with it.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {{id: string, place: number, delta: number}} Nudge  which element of which node, in row-major order, and how
 *   far
 * @typedef {object} Nudged
 * @property {Trace} trace
 * @property {string} id
 * @property {number} place
 * @property {number} delta
 * @property {number} value     before it is moved
 * @property {number | null} gradient
 * @property {number} output    before; weighted by the seed
 * @property {number} predicted  change of the output
 * @property {number} true       change of the output
 * @property {number[]} gaps    between both, at Δ, Δ/2 and Δ/4
 * @property {number} noise     a gap below this is round-off
 * @property {{x: number[], y: number[]}} curve  the output against this number
 * @property {{predicted: Tensor, true: Tensor}[]} nodes  change of each node
 * @property {Map<number, {predicted: Tensor, true: Tensor}>} edges  by index: the change that arrives along each edge
 *   alone
 * @property {string} trouble   why there is no result; "" if there is
 */
import { effect } from "@preact/signals-core";
import { reasonOf } from "../api.js";
import { createQuery, inTurn } from "../query.js";
import { isStandIn } from "../trace/closed.js";
import { indexOf } from "../trace/elements.js";
import { leavesOf } from "../trace/leaves.js";
import { fromWire, number, toWire } from "../trace/tensor.js";
import { subjectOf } from "../trace/subject.js";
import { roundedDown } from "../trace/values.js";

/** Points of the curve on each side of the number. */
const POINTS = 24;
/** Relative size of a gap that round-off alone may cause: some dozens of roundings. */
const ROUND_OFF = 64 * 2 ** -52;
/** How close a measured ratio must be to count as a quarter, a half or an eighth. */
const NEAR = 0.12;
/** Largest array whose elements can be chosen; in a larger one the steepest is nudged. */
export const CHOICES = 144;

/**
 * @param {number} x the current number
 * @returns {number} a slider's range on each side: 1, 2 or 5 times a power of ten
 */
export function reachOf(x) {
  const size = Number.isFinite(x) ? Math.abs(x) / 2 : 0;
  return size <= 1 ? 1 : roundedDown(size);
}

/** @param {Trace} trace @param {Node | null} node whether it can be nudged: an editable input, or an operation */
export const isNudgeable = (trace, node) =>
  node !== null &&
  !isStandIn(node) &&
  node.value.flat.length > 0 &&
  (node.role === "operation" || trace.leaves.some((leaf) => leaf.id === node.id && leaf.editable && !leaf.settles));

/** @param {Node} node @returns {number} the element whose gradient is the largest */
export function steepest(node) {
  const sizes = (node.grad ?? node.value).flat.map((x) => (Number.isFinite(x) ? Math.abs(x) : 0));
  return node.grad === null ? 0 : sizes.indexOf(Math.max(...sizes));
}

/**
 * @param {number} x
 * @param {number} delta
 * @returns {number[]} the steps of the curve: evenly spaced, 0 in the middle, Δ included
 */
export function curveSteps(x, delta) {
  const reach = Math.max(reachOf(x), Math.abs(delta) * 1.25);
  return Array.from({ length: 2 * POINTS + 1 }, (_, i) => (reach * (i - POINTS)) / POINTS);
}

/**
 * How the gap between prediction and truth shrinks with the step, as measured, in words.
 * @param {Pick<Nudged, "gaps" | "noise" | "gradient" | "true" | "delta">} nudged
 * @returns {string}
 */
export function shrinking({ gaps, noise, gradient, true: moved, delta }) {
  if (delta === 0) return "Move Δ to see how far the prediction carries.";
  if (gradient === null)
    return Math.abs(moved) > noise
      ? "No path with a gradient leads to the output, yet the output moves: it jumps."
      : "No path leads to the output, so it does not move.";
  if (!gaps.every(Number.isFinite)) return "There is no finite number to compare.";
  const [whole, half, quarter] = gaps.map((gap) => (gap <= noise ? 0 : gap));
  if (whole === 0 && half === 0 && quarter === 0) return "No gap: the output is linear in this value here.";
  if (half === 0 || quarter === 0) return "This step crosses a kink: a smaller one shows no gap.";
  if (whole === 0)
    return "No gap at this step, but there is one at smaller steps: the curve meets its tangent again here.";
  const ratios = [half / whole, quarter / half];
  /** @param {number} part */
  const all = (part) => ratios.every((ratio) => Math.abs(ratio / part - 1) <= NEAR);
  if (all(1 / 4)) return "Halve Δ: the gap falls to a quarter.";
  if (all(1 / 8)) return "Halve Δ: the gap falls to an eighth. The curve does not bend here.";
  if (all(1 / 2)) return "Halve Δ: the gap only halves. The slope is different on this side: a kink.";
  const [first, second] = ratios.map((ratio) => `${Math.round(ratio * 100)} %`);
  return `Halve Δ: the gap goes to ${first}. Halve it again: it goes to ${second} of that.`;
}

/**
 * @param {Trace} trace @param {Nudge} nudge @param {number[]} curve
 * @param {import("../wire.d.ts").NudgeAnswer} answer to steps Δ/2, Δ/4 and those of the curve
 * @returns {Nudged}
 */
export function readNudged(trace, { id, place, delta }, curve, answer) {
  const [value, output, predicted, moved] = [answer.value, answer.output, answer.predicted, answer.true].map(number);
  const [half, quarter, ...points] = answer.outputs.map(number);
  const gradient = answer.gradient === null ? null : number(answer.gradient);
  const size = Math.max(Math.abs(output), ...[half, quarter].filter(Number.isFinite).map(Math.abs));
  return {
    trace,
    id,
    place,
    delta,
    value,
    gradient,
    output,
    predicted,
    true: moved,
    gaps: [moved, half - output, quarter - output].map((true_, i) => Math.abs(true_ - predicted / 2 ** i)),
    noise: ROUND_OFF * size,
    curve: { x: points.map((_, i) => value + curve[i]), y: points },
    nodes: trace.nodes.map(({ shape }, i) => ({
      predicted: fromWire(answer.nodes.predicted[i], shape),
      true: fromWire(answer.nodes.true[i], shape),
    })),
    edges: new Map(
      answer.edges.map(({ edge, predicted: sent, true: really }) => {
        const { shape } = trace.nodes[trace.edges[edge].target];
        return [edge, { predicted: fromWire(sent, shape), true: fromWire(really, shape) }];
      }),
    ),
    trouble: "",
  };
}

/** @param {Trace} trace @param {Nudge} nudge @param {string} trouble @returns {Nudged} */
const nothing = (trace, nudge, trouble) => ({
  trace,
  ...nudge,
  trouble,
  value: NaN,
  gradient: null,
  output: NaN,
  predicted: NaN,
  true: NaN,
  gaps: [],
  noise: 0,
  curve: { x: [], y: [] },
  nodes: [],
  edges: new Map(),
});

/** @param {Store} store */
export function createNudges(store) {
  effect(() => {
    const [trace, nudge, held] = [store.fullTrace.value, store.nudging.value, store.nudged.peek()];
    if (held && (nudge === null || held.trace !== trace || held.id !== nudge.id || held.place !== nudge.place))
      store.nudged.value = null;
  });

  createQuery("nudge", {
    about: () => {
      const [trace, nudge] = [store.fullTrace.value, store.nudging.value];
      return trace && nudge && trace.byId.has(nudge.id)
        ? { trace, id: nudge.id, place: nudge.place, delta: nudge.delta }
        : null;
    },
    ask: ({ trace, id, place, delta }, post) => {
      const { value, shape } = nodeOf(trace, id);
      if (place >= value.flat.length) return null;
      const subject = subjectOf(store, trace);
      const steps = [delta / 2, delta / 4, ...curveSteps(value.flat[place], delta)];
      return post({
        ...subject,
        values: { ...subject.values, ...shownIn(trace) },
        node: id,
        index: indexOf(place, shape),
        delta,
        steps,
      });
    },
    take: (answer, { trace, ...nudge }) => {
      const curve = curveSteps(nodeOf(trace, nudge.id).value.flat[nudge.place], nudge.delta);
      if (answer.nodes.true.length === trace.nodes.length) store.nudged.value = readNudged(trace, nudge, curve, answer);
    },
    refuse: (problem, { trace, ...nudge }) => (store.nudged.value = nothing(trace, nudge, reasonOf(problem))),
    waits: inTurn,
    holds: (older, now) =>
      now !== null && older.trace === now.trace && older.id === now.id && older.place === now.place,
  });
}

/** @param {Trace} trace @param {string} id of one of its nodes */
const nodeOf = (trace, id) => trace.nodes[/** @type {number} */ (trace.byId.get(id))];

/**
 * @param {Trace} trace
 * @returns {Record<string, import("../types.js").WireNumber>} the shown values, which may lag behind those just set
 */
function shownIn(trace) {
  if (trace.detail === "scalar") return {};
  return Object.fromEntries(
    leavesOf(trace).flatMap(({ id, editable, tensor }) =>
      editable && trace.byId.has(id) ? [/** @type {const} */ ([id, toWire(tensor)])] : [],
    ),
  );
}
