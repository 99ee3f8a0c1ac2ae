/**
 * What travels in this frame, and what stands on its edges.
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./edges.js").PulseState} PulseState
 * @typedef {import("../layout/read.js").Point} Point
 */
import { isCovered } from "../covered.js";
import { formatFactor, formatTensor } from "../format.js";
import { factorOf, sharedFactor, withoutOwn } from "../formula.js";
import { COMPUTED } from "../timeline/cues.js";
import { ease, sumOf } from "../timeline/frame.js";
import { isAll, isSingle, isZero } from "../tensor.js";
import { nodeOf } from "./arrange.js";

/** A pulse of more numbers than this is silent: the node that it reaches shows them. */
const SPOKEN = 2;
/** An edge of this length shows its pulse on both sides of what stands on it; beside a shorter one it stands so far away, px. */
const ROOMY = 96;
const BESIDE = { above: 25, right: 36 };
/** Longer derivative code does not fit an edge; sentence and inspector have it. */
const LONGEST = 10;

/**
 * @param {Frame} frame
 * @param {{at: (t: number) => import("../layout/read.js").Point}[]} curves by line
 * @param {Point[]} way in: from outside to where the seed enters
 * @returns {PulseState[]}
 */
export function pulseStates(frame, curves, way) {
  const { items, lines } = frame.cues.drawing;
  if (frame.step.phase === "seed") return seedComing(frame, way);
  return [...frame.lines].map(([index, state]) => {
    const curve = curves[index];
    const target = nodeOf(frame.trace, items[lines[index].target]);
    const backward = state.active === "backward";
    // On its way back the node's own gradient meets the local derivative in the middle and goes on as the message.
    const before = backward && state.pulse !== null && state.pulse > 0.5;
    const carries = before ? target.grad : state.carries;
    return {
      way: backward ? /** @type {const} */ ("backward") : /** @type {const} */ ("forward"),
      at: state.pulse === null ? null : curve.at(state.pulse),
      carries: carries && carries.flat.length <= SPOKEN ? formatTensor(carries, SPOKEN, 3) : "",
      covered: backward && isCovered(carries),
      dark: backward && carries !== null && isZero(carries),
      middle: beadPlace(curve),
      local: backward ? beadOf(frame.trace, items[lines[index].target], lines[index].edges) : "",
    };
  });
}

/**
 * Where the local derivative stands: on its edge, or beside one that is too short to show the pulse on both sides of it.
 * @param {{at: (t: number) => Point}} curve @returns {Point}
 */
function beadPlace({ at }) {
  const [from, middle, to] = [at(0), at(0.5), at(1)];
  const [across, down] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  if (Math.hypot(across, down) >= ROOMY) return middle;
  return across >= down ? { x: middle.x, y: middle.y - BESIDE.above } : { x: middle.x + BESIDE.right, y: middle.y };
}

/** @param {Frame} frame @param {Point[]} way @returns {PulseState[]} the seed comes in from outside: nobody in the graph sends it */
function seedComing({ trace, progress }, [from, to]) {
  const along = progress / COMPUTED;
  if (along >= 1) return [];
  const t = ease(along);
  const at = { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
  return [{ way: "backward", at, carries: trace.seed.flat.length <= SPOKEN ? formatTensor(trace.seed, SPOKEN, 3) : "", covered: false, dark: isZero(trace.seed), middle: to, local: "" }];
}

/**
 * @param {Trace} trace @param {import("../graph/drawing.js").Item} target @param {number[]} bundle edges of one line
 * @returns {string}
 */
function beadOf(trace, target, bundle) {
  if (target.kind === "node" && bundle.length === 1) return bead(trace.nodes[target.node], trace.edges[bundle[0]]);
  // What a function does to one number on the way is one number, too: what comes out over what went in.
  const own = nodeOf(trace, target).grad;
  const message = sumOf(trace, bundle);
  if (target.kind === "group" && !exitsOnce(trace, target)) return "";
  if (own === null || message === null || !isSingle(own) || !isSingle(message) || own.flat[0] === 0) return "";
  const ratio = message.flat[0] / own.flat[0];
  return Number.isFinite(ratio) ? `× ${formatFactor(ratio, 3)}` : "";
}

/** @param {Trace} trace @param {import("../graph/drawing.js").GroupItem} item does it hand on nothing but its result */
function exitsOnce({ nodes, edges, outputIndex }, item) {
  const inside = new Set(item.nodes);
  if (inside.has(outputIndex) && item.result !== outputIndex) return false;
  return item.nodes.every((node) => node === item.result || nodes[node].outs.every((edge) => inside.has(edges[edge].target)));
}

/**
 * The local derivative as it stands on its edge: a number, else the code that the gradient goes through.
 * @param {import("../types.js").Node} node @param {import("../types.js").Edge} edge
 */
function bead(node, edge) {
  const number = factorOf(edge) ?? sharedFactor(node, edge);
  if (number !== null) return `× ${formatFactor(number, 3)}`;
  if (edge.local !== null && isZero(edge.local)) return "× 0";
  if (edge.local !== null && isAll(edge.local, 1)) return "× 1";
  const code = withoutOwn(edge.rule ?? "", node).replaceAll("*", "×");
  return code.length > 0 && code.length <= LONGEST ? code : "× …";
}
