/**
 * Maps a moment to new steps, when a group opens or closes and when the program changes.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./cues.js").Cues} Cues
 */
import { membersOf } from "../graph/drawing.js";
import { endOf, stepAt } from "./cues.js";

/**
 * For the same trace divided into other steps. Both divide the same order of operations into runs, so a moment is a
 * position in that order, and mapping back gives exactly the original moment.
 * @param {Cues} cues @param {number} time @param {Cues} next @returns {number} time in next
 */
export function sameMoment(cues, time, next) {
  const k = stepAt(cues, time);
  const { phase, nodes } = cues.steps[k];
  const part = time - (k - 1);
  if (k === 0) return 0;
  if (phase === "seed") return next.seedStep - 1 + part;
  const before = (/** @type {Cues} */ of, /** @type {number} */ until) => {
    let count = 0;
    for (let i = 0; i < until; i += 1) if (of.steps[i].phase === phase) count += of.steps[i].nodes.length;
    return count;
  };
  const place = before(cues, k) + part * nodes.length;
  let start = 0;
  for (let i = 1; i < next.steps.length; i += 1) {
    const step = next.steps[i];
    if (step.phase !== phase) continue;
    const { length } = step.nodes;
    if (place <= start + length + 1e-9) return i - 1 + Math.min(1, (place - start) / length);
    start += length;
  }
  return Math.min(time, endOf(next));
}

/**
 * For a changed program: the same phase of the same node, if it still exists.
 * @param {Trace} trace @param {Cues} cues @param {number} time @param {Trace} nextTrace @param {Cues} next
 * @returns {number} time in next
 */
export function likeMoment(trace, cues, time, nextTrace, next) {
  if (time >= endOf(cues)) return endOf(next);
  const k = stepAt(cues, time);
  const { phase, node, group } = cues.steps[k];
  // What was one step, since no more was told of it, may have become many: if it was done, they are.
  const untold = trace.groups.some(({ id, inside }) => inside && id === group);
  const within = new Set(untold && group !== null ? membersOf(nextTrace, group) : []);
  const opened = next.steps.filter((step) => step.phase === phase && step.nodes.some((each) => within.has(each)));
  const same = k - time < 1e-9 ? opened.at(-1) : opened[0];
  if (same !== undefined) return next.steps.indexOf(same) - (k - time);
  const index = nextTrace.byId.get(trace.nodes[node].id);
  const there = next.steps.findIndex(
    (step) =>
      step.phase === phase &&
      (index !== undefined ? step.nodes.includes(index) : group !== null && step.group === group),
  );
  return Math.min(endOf(next), Math.max(0, there >= 0 ? there - (k - time) : time));
}
