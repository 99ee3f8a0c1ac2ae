/**
 * The moment at which a lesson's step starts, as a time on the timeline.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../timeline/cues.js").Cues} Cues
 */
import { endOf } from "../timeline/cues.js";

/** @param {import("../wire.d.ts").LessonMoment} moment @param {Trace} trace @param {Cues} cues @returns {number} */
export function timeOf({ phase, node }, trace, cues) {
  if (phase === "start") return 0;
  if (phase === "seed") return cues.seedStep;
  if (phase === "end") return endOf(cues);
  const index = trace.byId.get(node ?? "") ?? -1;
  const found = cues.steps.findIndex((step) => step.phase === phase && step.nodes.includes(index));
  return found < 0 ? endOf(cues) : found;
}

/**
 * The first moment at which a number of the trace is known.
 * @param {import("../wire.d.ts").LessonReference} reference @param {Trace} trace @param {Cues} cues @returns {number}
 */
export function knownFrom({ of, node, target }, trace, cues) {
  const index = trace.byId.get(node);
  if (index === undefined) return 0;
  if (of === "value") return cues.computedAt[index];
  if (of === "local") return cues.computedAt[trace.byId.get(target ?? "") ?? index];
  const ins = cues.arrivals[index].filter(
    (edge) => target === null || of !== "message" || trace.nodes[trace.edges[edge].target].id === target,
  );
  return Math.max(cues.seedStep, ...ins.map((edge) => cues.arrivesAt[edge]));
}
