/**
 * What a step is about, in a few arrays: shown large where the picture is too small for its numbers. Pure; the numbers
 * are those of the trace as it is shown, so what is covered there is covered here.
 *
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {object} Told
 * @property {"value" | "grad" | "message"} kind  a message is named by its receiver
 * @property {string} of    what the node is called
 * @property {string | null} over  of a gradient: the output, if both have names, so that it is written ∂loss/∂p
 * @property {Tensor} tensor
 * @typedef {{own: Told[], sent: Told[]}} Enlarged  own: what the step's node has; sent: the messages that it hands back
 */
import { itemIn, nodeIn, sumOf } from "./frame.js";
import { called } from "./sentence.js";

/** Most results of a function that are told. */
const MOST = 3;

/** @param {Frame} frame at the end of a step @returns {Enlarged | null} null where there is nothing to say */
export function enlargedAt(frame) {
  const { phase, node } = frame.step;
  if (phase === "start") return null;
  const own =
    phase === "seed"
      ? [told(frame, node, "value"), told(frame, node, "grad")]
      : resultsOf(frame).map((result) => told(frame, result, phase === "forward" ? "value" : "grad"));
  const sent = phase === "backward" ? messages(frame) : [];
  const known = own.filter((each) => each !== null);
  if (known.length === 0) return null;
  return { own: known, sent };
}

/**
 * @param {Frame} frame
 * @returns {number[]} the node of its step; of a closed function with several results, the last of those computed in it
 */
function resultsOf({ trace, cues, step }) {
  const { items, itemOf } = cues.drawing;
  const item = items[itemOf[step.node]];
  if (item?.kind !== "group" || item.elements) return [step.node];
  const inside = new Set(item.nodes);
  const leaving = step.nodes.filter((node) =>
    trace.nodes[node].outs.some((edge) => !inside.has(trace.edges[edge].target)),
  );
  return [...leaving.filter((node) => node !== step.node), step.node].slice(-MOST);
}

/**
 * @param {Frame} frame @param {number} index of a node @param {"value" | "grad"} kind
 * @returns {Told | null} null if it is not known yet, or there is none
 */
function told(frame, index, kind) {
  const { trace, cues } = frame;
  const [node, output] = [trace.nodes[index], trace.nodes[trace.outputIndex]];
  const at = cues.drawing.itemOf[index];
  const item = cues.drawing.items[at];
  const group = item?.kind === "group" && index === item.result ? item : null;
  // An array opened into scalars is told as the array.
  const tensor = (group?.elements ? itemIn(frame, at) : nodeIn(frame, index))[kind];
  if (tensor === null) return null;
  // A result without a name is called as its function, which is what the picture shows.
  const name = group && (group.elements || node.name === null) ? trace.groups[group.group].name : null;
  return {
    kind,
    of: name ?? called(node),
    over: kind === "grad" && name === null && node.name !== null ? output.name : null,
    tensor,
  };
}

/** @param {Frame} frame @returns {Told[]} in order of departure; what one node gets on several edges is one message */
function messages({ trace, step }) {
  const receivers = [...new Set(step.edges.map((edge) => trace.edges[edge].source))];
  return receivers.flatMap((source) => {
    const edges = step.edges.filter((edge) => trace.edges[edge].source === source);
    const tensor = sumOf(trace, edges);
    return tensor === null
      ? []
      : [{ kind: /** @type {const} */ ("message"), of: called(trace.nodes[source]), over: null, tensor }];
  });
}
