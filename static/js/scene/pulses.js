/**
 * The pulses of a frame, and the local derivatives on their edges.
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("./edges.js").PulseState} PulseState
 * @typedef {import("../layout/read.js").Point} Point
 */
import { isCovered } from "../trace/covered.js";
import { formatTensor } from "../words/format.js";
import { COMPUTED } from "../timeline/cues.js";
import { ease } from "../timeline/frame.js";
import { isZero } from "../trace/tensor.js";
import { nodeOf } from "./arrange.js";

/** A pulse of more numbers than this shows none: the node that it reaches does. */
const SPOKEN = 2;

/**
 * @param {Frame} frame
 * @param {{at: ((t: number) => import("../layout/read.js").Point) | null}[]} curves by line; null: another one is drawn for it
 * @param {Point[]} way the seed's path, from outside to the output
 * @param {import("./labels/step.js").StepLabels["locals"]} locals
 * @returns {PulseState[]}
 */
export function pulseStates(frame, curves, way, locals) {
  const { items, lines } = frame.cues.drawing;
  if (frame.step.phase === "seed") return seedComing(frame, way);
  return [...frame.lines].flatMap(([index, state]) => {
    const { at } = curves[index];
    if (at === null) return [];
    const target = nodeOf(frame.trace, items[lines[index].target]);
    const backward = state.active === "backward";
    // Backward, the pulse starts as the node's gradient, meets the local derivative in the middle and continues as the
    // message.
    const before = backward && state.pulse !== null && state.pulse > 0.5;
    const carries = before ? target.grad : state.carries;
    return [
      {
        way: backward ? /** @type {const} */ ("backward") : /** @type {const} */ ("forward"),
        at: state.pulse === null ? null : at(state.pulse),
        carries: carries && carries.flat.length <= SPOKEN ? formatTensor(carries, SPOKEN, 3) : "",
        covered: backward && isCovered(carries),
        dark: backward && carries !== null && isZero(carries),
        local: locals.get(index) ?? null,
      },
    ];
  });
}

/** @param {Frame} frame @param {Point[]} way @returns {PulseState[]} the seed comes from outside: no node sends it */
function seedComing({ trace, progress }, [from, to]) {
  const along = progress / COMPUTED;
  if (along >= 1) return [];
  const t = ease(along);
  const at = { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
  return [
    {
      way: "backward",
      at,
      carries: trace.seed.flat.length <= SPOKEN ? formatTensor(trace.seed, SPOKEN, 3) : "",
      covered: false,
      dark: isZero(trace.seed),
      local: null,
    },
  ];
}
