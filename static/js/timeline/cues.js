/**
 * (trace, drawing) -> steps. Step k happens while time runs from k - 1 to k; at the whole number k it is done. Step 0
 * is the start: the leaves hold their values, nothing is computed. A closed group takes one step in each pass, in which
 * all its operations happen at once. (If other operations came between them, it would take one step for each run.)
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../graph/drawing.js").Drawing} Drawing
 * @typedef {object} Step
 * @property {"start" | "forward" | "seed" | "backward"} phase
 * @property {number} node     its node; for a closed group, the result
 * @property {number[]} nodes  all nodes that it computes or sends messages from, in order
 * @property {string | null} group  the id of the closed group, if it is the step of one
 * @property {number[]} edges  edges on which a value or message travels
 * @property {number[]} lines  the lines of the drawing that show these edges
 * @property {number} duration  in ms at speed 1
 *
 * @typedef {object} Cues
 * @property {Drawing} drawing
 * @property {Step[]} steps
 * @property {number} seedStep  the step between the two passes
 * @property {Int32Array} computedAt  node -> its forward step; 0 for leaves
 * @property {Int32Array} arrivesAt   edge -> the step that brings its message; -1 if it carries none
 * @property {Float64Array} departs   edge -> when the message leaves, as a fraction of that step
 * @property {Float64Array} lands     edge -> when the message arrives, as a fraction of that step
 * @property {number[][]} arrivals    node -> the edges whose messages it receives, in order of arrival
 */

/** Fraction of a forward step at which the node gets its value. */
export const COMPUTED = 0.7;

const FORWARD_MS = 900;
/**
 * Timing of a backward step, ms: when the first message leaves, by how much each other one is delayed, and all of them
 * at most; how long each travels; and how long what came of it is shown. A sum of messages is to be read.
 */
const PLAIN = { first: 150, gap: 330, spread: 525, travel: 750, hold: 350 };
const ADDING = { first: 150, gap: 520, spread: 680, travel: 930, hold: 650 };
/** Longest total duration at speed 1, for any number of steps, ms. */
const LONGEST_MS = 45_000;

/** @param {Trace} trace @param {Drawing} drawing @returns {Cues} */
export function buildCues(trace, drawing) {
  const { nodes, edges } = trace;
  const { lineOf } = drawing;
  const computedAt = new Int32Array(nodes.length);
  const arrivesAt = new Int32Array(edges.length).fill(-1);
  const departs = new Float64Array(edges.length);
  const lands = new Float64Array(edges.length);
  const arrivals = /** @type {number[][]} */ (nodes.map(() => []));
  const { outputIndex } = trace;
  /** @param {"start" | "seed"} phase @returns {Step} */
  const still = (phase) => ({
    phase,
    node: outputIndex,
    nodes: [outputIndex],
    group: null,
    edges: [],
    lines: [],
    duration: FORWARD_MS,
  });
  const steps = [still("start")];

  for (const run of runsOf(
    trace,
    drawing,
    nodes.filter(({ role }) => role === "operation").map(({ index }) => index),
  )) {
    for (const node of run.nodes) computedAt[node] = steps.length;
    const into = run.nodes.flatMap((node) => nodes[node].ins).filter((edge) => lineOf[edge] >= 0);
    steps.push({ phase: "forward", ...run, edges: into, lines: linesOf(drawing, into), duration: FORWARD_MS });
  }
  const seedStep = steps.length;
  /** @param {number} edge whether its message is visibly added to another one or to the seed */
  const meets = (edge) => {
    const { source } = edges[edge];
    const newest = arrivals[source].at(-1);
    return lineOf[edge] >= 0 && (source === outputIndex || (newest !== undefined && lineOf[newest] !== lineOf[edge]));
  };
  steps.push(still("seed"));
  for (const run of runsOf(trace, drawing, trace.backward)) {
    const carrying = run.nodes.flatMap((node) => nodes[node].ins).filter((edge) => edges[edge].message !== null);
    const lines = linesOf(drawing, carrying);
    const pace = carrying.some((edge) => meets(edge)) ? ADDING : PLAIN;
    const gap = lines.length > 1 ? Math.min(pace.gap, pace.spread / (lines.length - 1)) : 0;
    const duration = pace.first + gap * Math.max(0, lines.length - 1) + pace.travel + pace.hold;
    // Edges inside a closed group have no line; their messages arrive before anything leaves the group.
    const turn = new Map([[-1, -1], ...lines.map((line, place) => /** @type {const} */ ([line, place]))]);
    const turnOf = (/** @type {number} */ edge) => /** @type {number} */ (turn.get(lineOf[edge]));
    carrying.sort((a, b) => turnOf(a) - turnOf(b));
    for (const edge of carrying) {
      arrivesAt[edge] = steps.length;
      departs[edge] = (pace.first + gap * Math.max(0, turnOf(edge))) / duration;
      lands[edge] = departs[edge] + pace.travel / duration;
      arrivals[edges[edge].source].push(edge);
    }
    const sent = carrying.filter((edge) => lineOf[edge] >= 0);
    steps.push({ phase: "backward", ...run, edges: sent, lines, duration });
  }
  const total = steps.reduce((sum, { duration }) => sum + duration, 0);
  if (total > LONGEST_MS) for (const step of steps) step.duration *= LONGEST_MS / total;
  return { drawing, steps, seedStep, computedAt, arrivesAt, departs, lands, arrivals };
}

/**
 * Operations in the order of a pass; consecutive ones of one closed group are joined.
 * @param {Trace} trace @param {Drawing} drawing @param {number[]} order
 * @returns {{node: number, nodes: number[], group: string | null}[]}
 */
function runsOf({ groups }, { items, itemOf }, order) {
  const runs = [];
  let before = -1;
  for (const node of order) {
    const at = itemOf[node];
    const item = items[at];
    if (item?.kind === "group" && at === before) runs[runs.length - 1].nodes.push(node);
    else if (item?.kind === "group") runs.push({ node: item.result, nodes: [node], group: groups[item.group].id });
    else runs.push({ node, nodes: [node], group: null });
    before = at;
  }
  return runs;
}

/** @param {Drawing} drawing @param {number[]} edges @returns {number[]} the lines that show them, without repeats */
const linesOf = ({ lineOf }, edges) => [...new Set(edges.map((edge) => lineOf[edge]).filter((line) => line >= 0))];

/** @param {Cues} cues @param {number} time @returns {number} the step that contains this time */
export const stepAt = (cues, time) => Math.min(cues.steps.length - 1, Math.max(0, Math.ceil(time - 1e-9)));

/** @param {Cues} cues the moment at which everything is done */
export const endOf = (cues) => cues.steps.length - 1;
