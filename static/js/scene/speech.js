/** Describes a node in words, for screen readers. */
import { shownFormula } from "../words/formula.js";
import { isCovered } from "../trace/covered.js";
import { formatShape, formatTensor } from "../words/format.js";
import { inside, operationsIn } from "../graph/drawing.js";
import { called } from "../timeline/sentence.js";
import { OWN_WORDS } from "../words/own_marks.js";
import { ASIDES } from "../words/verdicts.js";
import { nodeOf } from "./arrange.js";
import { sumIn } from "./labels/sum.js";

/**
 * @param {import("../types.js").Trace} trace @param {import("../graph/drawing.js").Item} item
 * @param {import("../timeline/frame.js").NodeState} state
 * @param {import("../words/verdicts.js").Verdict | null} [verdict]  of its check, if there was one
 * @param {import("../words/own_marks.js").EngineGradient | null} [own]  the program's own gradient, if it has one
 * @returns {string}
 */
export function describeItem(trace, item, state, verdict = null, own = null) {
  if (own !== null && state.progress === "done")
    return `${describeItem(trace, item, state)}, ${own.gradient} of your engine: ${OWN_WORDS[own.status]}`;
  const aside = verdict !== null && state.progress === "done" ? ASIDES[verdict] : "";
  if (aside !== "") return `${describeItem(trace, item, state)}, checked: ${aside}`;
  if (item.kind === "node") return describe(trace, trace.nodes[item.node], state);
  const { id, name, kind } = trace.groups[item.group];
  return `${name}, closed, ${inside(kind, operationsIn(trace, id))}, result ${describe(trace, nodeOf(trace, item), state)}`;
}

/**
 * @param {import("../types.js").Trace} trace
 * @param {import("../types.js").Node} node
 * @param {import("../timeline/frame.js").NodeState} state
 */
export function describe(trace, node, state) {
  const value = state.value === null ? "value not computed yet" : `value ${formatTensor(node.value)}`;
  const grad = isCovered(state.grad)
    ? "gradient covered"
    : {
        none: "no path to the output",
        waiting: "gradient not computed yet",
        partial: `gradient so far ${formatTensor(state.grad)}`,
        done: `gradient ${formatTensor(state.grad)}${node.leftover === null ? "" : ", zero within rounding"}`,
      }[state.progress];
  const sum = sumIn(state);
  return `${called(node)}, ${node.role === "operation" ? shownFormula(trace, node) : node.role}, ${formatShape(node.shape)}, ${value}, ${grad}${sum ? `, ${sum}` : ""}`;
}
