/**
 * (trace, time) -> what is visible, pure. Seeking backwards is free, because nothing here remembers.
 *
 * A frame holds the state of every node and edge before its step began, and apart from it the few that the step moves:
 * who draws at 60 frames a second touches only those.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {import("./cues.js").Step} Step
 *
 * @typedef {object} NodeState
 * @property {Tensor | null} value  null: not computed yet
 * @property {Tensor | null} grad   what has arrived so far; null: nothing yet, or no path
 * @property {"none" | "waiting" | "partial" | "done"} progress  of the gradient; none: no path to the output
 * @property {"dark" | "lit" | "zero" | "nonfinite"} look
 * @property {number} level  brightness in 0..1
 * @property {"" | "forward" | "backward"} active  does the current step belong to it
 * @property {Tensor[] | null} adding  the messages being added at this moment, the newest last
 *
 * @typedef {object} EdgeState
 * @property {"idle" | "value" | "lit" | "zero" | "nonfinite"} look
 * @property {number} level
 * @property {"" | "forward" | "backward"} active
 * @property {number | null} pulse  where the pulse is, 0 at the source and 1 at the target
 * @property {Tensor | null} carries
 *
 * @typedef {object} Frame
 * @property {Trace} trace
 * @property {Cues} cues
 * @property {number} time
 * @property {number} k  the step
 * @property {number} progress  0..1 within it
 * @property {Step} step
 * @property {Map<number, NodeState>} nodes  those that the step moves
 * @property {Map<number, EdgeState>} edges
 */
import { add } from "../tensor.js";
import { COMPUTED, TRAVEL, stepAt } from "./cues.js";
import { light } from "./light.js";

/** @param {Trace} trace @param {Cues} cues @param {number} time @returns {Frame} */
export function frameAt(trace, cues, time) {
  const k = stepAt(cues, time);
  const progress = k === 0 ? 1 : Math.min(1, Math.max(0, time - (k - 1)));
  const step = cues.steps[k];
  const nodes = new Map([[step.node, nodeState(trace, cues, step.node, k, progress)]]);
  const edges = new Map();
  for (const edge of step.edges) {
    edges.set(edge, edgeState(trace, cues, edge, k, progress));
    const { source } = trace.edges[edge];
    if (!nodes.has(source)) nodes.set(source, nodeState(trace, cues, source, k, progress));
  }
  return { trace, cues, time, k, progress, step, nodes, edges };
}

/**
 * The nodes and edges that may look different at one step than at another: those that the steps between them move.
 * @param {Trace} trace @param {Cues} cues @param {number} from @param {number} to steps, in any order
 * @returns {{nodes: Set<number>, edges: Set<number>}}
 */
export function movedBetween(trace, cues, from, to) {
  /** @type {Set<number>} */
  const nodes = new Set();
  /** @type {Set<number>} */
  const edges = new Set();
  for (let k = Math.min(from, to); k <= Math.max(from, to); k += 1) {
    const step = cues.steps[k];
    nodes.add(step.node);
    for (const edge of step.edges) {
      edges.add(edge);
      nodes.add(trace.edges[edge].source);
    }
  }
  return { nodes, edges };
}

/** @param {Frame} frame @param {number} index @returns {NodeState} */
export const nodeIn = (frame, index) =>
  frame.nodes.get(index) ?? nodeState(frame.trace, frame.cues, index, frame.k, frame.progress);

/** @param {Frame} frame @param {number} index @returns {EdgeState} */
export const edgeIn = (frame, index) =>
  frame.edges.get(index) ?? edgeState(frame.trace, frame.cues, index, frame.k, frame.progress);

/** @param {Cues} cues @param {number} edge @param {number} k @param {number} progress */
function arrived(cues, edge, k, progress) {
  const at = cues.arrivesAt[edge];
  return at >= 0 && (at < k || (at === k && progress >= cues.departs[edge] + TRAVEL));
}

/**
 * @param {Trace} trace @param {Cues} cues @param {number} index @param {number} k @param {number} progress
 * @returns {NodeState}
 */
function nodeState(trace, cues, index, k, progress) {
  const node = trace.nodes[index];
  const step = cues.steps[k];
  const computed = cues.computedAt[index] < k || (cues.computedAt[index] === k && progress >= COMPUTED);
  const own = step.node === index && step.phase !== "start";
  /** @type {NodeState} */
  const state = {
    value: node.role !== "operation" || computed ? node.value : null,
    grad: null,
    progress: node.grad === null ? "none" : "waiting",
    look: "dark",
    level: 0,
    active: own ? (step.phase === "forward" ? "forward" : "backward") : "",
    adding: null,
  };
  if (node.grad === null) return state;

  const seeded = index === trace.outputIndex && (k > cues.seedStep || (k === cues.seedStep && progress >= COMPUTED));
  const expected = cues.arrivals[index];
  const here = expected.filter((edge) => arrived(cues, edge, k, progress));
  const parts = here.map((edge) => /** @type {Tensor} */ (trace.edges[edge].message));
  if (index === trace.outputIndex) {
    if (!seeded) return state;
    parts.unshift(trace.seed);
  }
  if (parts.length === 0) return state;

  const complete = here.length === expected.length;
  // Once all have come, show the engine's own sum: it may round differently in the last place.
  const grad = complete ? node.grad : parts.reduce(add);
  const newest = here.at(-1);
  const adding = parts.length > 1 && newest !== undefined && cues.arrivesAt[newest] === k ? parts : null;
  return { ...state, ...light(grad, trace.largest), grad, progress: complete ? "done" : "partial", adding };
}

/**
 * @param {Trace} trace @param {Cues} cues @param {number} index @param {number} k @param {number} progress
 * @returns {EdgeState}
 */
function edgeState(trace, cues, index, k, progress) {
  const edge = trace.edges[index];
  const forward = cues.computedAt[edge.target];
  const backward = cues.arrivesAt[index];
  /** @type {EdgeState} */
  const state = { look: k > forward ? "value" : "idle", level: 0, active: "", pulse: null, carries: null };

  if (k === forward) {
    const carries = trace.nodes[edge.source].value;
    const along = Math.min(1, progress / COMPUTED);
    return { ...state, look: "value", active: "forward", pulse: along < 1 ? ease(along) : null, carries };
  }
  if (backward < 0 || k < backward || edge.message === null) return state;
  const shine = light(edge.message, trace.largest);
  if (k > backward) return { ...state, ...shine };
  const along = (progress - cues.departs[index]) / TRAVEL;
  return {
    ...state,
    // The light goes with the pulse: before it leaves, the edge is as the forward pass left it.
    ...(along > 0 ? shine : {}),
    active: "backward",
    pulse: along > 0 && along < 1 ? 1 - ease(along) : null,
    carries: along > 0 ? edge.message : null,
  };
}

/** @param {number} p */
const ease = (p) => (p < 0.5 ? 2 * p * p : 1 - (2 - 2 * p) ** 2 / 2);
