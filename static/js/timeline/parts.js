/**
 * The parts of the timeline in which something happens to one node.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {import("./player.js").Span} Span
 */

/**
 * The steps of a node: the one that computes it and the one that sends its gradient back; for a function call, those of
 * all its members. A leaf has no steps of its own: its spans are those in which its value is used and its messages
 * arrive.
 * @param {Trace} trace @param {Cues} cues @param {number[]} nodes @returns {Span[]} in order, neighbours joined
 */
export function partOf(trace, cues, nodes) {
  const wanted = new Set(nodes);
  const leaves = nodes.filter((node) => trace.nodes[node].role !== "operation");
  const uses = leaves.length < nodes.length ? [] : leaves.flatMap((node) => trace.nodes[node].outs);
  const own = new Set(uses.flatMap((edge) => [cues.computedAt[trace.edges[edge].target], cues.arrivesAt[edge]]));
  /** @type {Span[]} */
  const spans = [];
  cues.steps.forEach((step, k) => {
    if (k === 0 || !(own.has(k) || step.nodes.some((node) => wanted.has(node)))) return;
    const last = spans.at(-1);
    if (last?.to === k - 1) last.to = k;
    else spans.push({ from: k - 1, to: k });
  });
  return spans;
}

/**
 * The target of "run to here": the node's value or, once that is there, its complete gradient, if it has one.
 * @param {Trace} trace @param {Cues} cues @param {number} node @param {number} time
 * @returns {{what: "value" | "gradient", moment: number}}
 */
export function nextMoment(trace, cues, node, time) {
  const value = { what: /** @type {const} */ ("value"), moment: cues.computedAt[node] };
  if (time < value.moment || trace.nodes[node].grad === null) return value;
  const seeded = node === trace.outputIndex ? [cues.seedStep] : [];
  return { what: "gradient", moment: Math.max(...seeded, ...cues.arrivals[node].map((edge) => cues.arrivesAt[edge])) };
}
