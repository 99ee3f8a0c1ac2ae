/**
 * When in the whole something happens to one node.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {import("./player.js").Span} Span
 */

/**
 * The steps that are a node's own: the one that computes it, the one that hands its gradient back; of a function call,
 * those of all that it holds. A leaf does nothing by itself: its part is where its value is used and where its messages
 * come in.
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
 * The moment that "run to here" means: its value, once that is there its whole gradient, if it ever has one.
 * @param {Trace} trace @param {Cues} cues @param {number} node @param {number} time
 * @returns {{what: "value" | "gradient", moment: number}}
 */
export function nextMoment(trace, cues, node, time) {
  const value = { what: /** @type {const} */ ("value"), moment: cues.computedAt[node] };
  if (time < value.moment || trace.nodes[node].grad === null) return value;
  const seeded = node === trace.outputIndex ? [cues.seedStep] : [];
  return { what: "gradient", moment: Math.max(...seeded, ...cues.arrivals[node].map((edge) => cues.arrivesAt[edge])) };
}
