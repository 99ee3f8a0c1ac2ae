/**
 * Trace -> steps. Step k is what happens while time runs from k - 1 to k; at the whole number k it rests, done.
 * Step 0 is the start: the leaves hold their values, nothing is computed.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {object} Step
 * @property {"start" | "forward" | "seed" | "backward"} phase
 * @property {number} node   node index
 * @property {number[]} edges  edges on which something travels
 * @property {number} duration  in ms at speed 1
 *
 * @typedef {object} Cues
 * @property {Step[]} steps
 * @property {number} seedStep  the step between the two passes
 * @property {Int32Array} computedAt  node -> its forward step; 0 for leaves
 * @property {Int32Array} arrivesAt   edge -> the step that brings its message; -1 if it carries none
 * @property {Float64Array} departs   edge -> when in that step (0..1) the message leaves
 * @property {number[][]} arrivals    node -> the edges whose messages it receives, in order of arrival
 */

/** The part of a step that a message needs from one end of its edge to the other. */
export const TRAVEL = 0.5;
/** When in a forward step the node has its value. */
export const COMPUTED = 0.7;

const FORWARD_MS = 900;
const BACKWARD_MS = 1500;
/** However many steps there are, speed 1 plays them all within this. */
const LONGEST_MS = 45_000;

/** @param {Trace} trace @returns {Cues} */
export function buildCues(trace) {
  const { nodes, edges } = trace;
  const computedAt = new Int32Array(nodes.length);
  const arrivesAt = new Int32Array(edges.length).fill(-1);
  const departs = new Float64Array(edges.length);
  const arrivals = /** @type {number[][]} */ (nodes.map(() => []));
  /** @type {Step[]} */
  const steps = [{ phase: "start", node: trace.outputIndex, edges: [], duration: FORWARD_MS }];

  for (const node of nodes) {
    if (node.role !== "operation") continue;
    computedAt[node.index] = steps.length;
    steps.push({ phase: "forward", node: node.index, edges: node.ins, duration: FORWARD_MS });
  }
  const seedStep = steps.length;
  steps.push({ phase: "seed", node: trace.outputIndex, edges: [], duration: FORWARD_MS });
  for (const index of trace.backward) {
    const carrying = nodes[index].ins.filter((edge) => edges[edge].message !== null);
    const gap = carrying.length > 1 ? Math.min(0.22, 0.35 / (carrying.length - 1)) : 0;
    carrying.forEach((edge, place) => {
      arrivesAt[edge] = steps.length;
      departs[edge] = 0.1 + gap * place;
      arrivals[edges[edge].source].push(edge);
    });
    steps.push({ phase: "backward", node: index, edges: carrying, duration: BACKWARD_MS });
  }
  const total = steps.reduce((sum, { duration }) => sum + duration, 0);
  if (total > LONGEST_MS) for (const step of steps) step.duration *= LONGEST_MS / total;
  return { steps, seedStep, computedAt, arrivesAt, departs, arrivals };
}

/** @param {Cues} cues @param {number} time @returns {number} the step that time lies in */
export const stepAt = (cues, time) => Math.min(cues.steps.length - 1, Math.max(0, Math.ceil(time - 1e-9)));

/** @param {Cues} cues the moment at which everything is done */
export const endOf = (cues) => cues.steps.length - 1;
