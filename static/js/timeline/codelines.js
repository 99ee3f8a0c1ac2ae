/**
 * Links emitted code and time: the lines of a step, and the step of a line. Pure.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {{line: number, node: string | null, pass: "forward" | "backward" | null}} CodeLine
 * @typedef {{lines: Map<string, number[]>, owners: Map<number, {node: string, pass: "forward" | "backward"}>}} Ties
 */

/** @param {string} pass @param {string} node */
const key = (pass, node) => `${pass} ${node}`;

/**
 * @param {CodeLine[]} entries as the server sends them: if a line has several nodes, the one it is named after comes
 *   last
 * @returns {Ties}
 */
export function tie(entries) {
  /** @type {Ties} */
  const ties = { lines: new Map(), owners: new Map() };
  for (const { line, node, pass } of entries) {
    if (node === null || pass === null) continue;
    const place = key(pass, node);
    ties.lines.set(place, [...(ties.lines.get(place) ?? []), line]);
    ties.owners.set(line, { node, pass });
  }
  return ties;
}

/**
 * @param {Ties} ties
 * @param {"forward" | "backward"} pass
 * @param {string} node
 * @returns {number[]} the lines that compute it
 */
export const linesOf = (ties, pass, node) => ties.lines.get(key(pass, node)) ?? [];

/**
 * The lines of a step: those that compute its nodes, or the gradients that receive a message in it.
 * @param {Trace} trace @param {Cues} cues @param {number} k @param {Ties} ties @returns {Set<number>}
 */
export function linesOfStep({ nodes, edges, outputIndex }, { steps, arrivesAt }, k, ties) {
  const step = steps[k];
  if (!step) return new Set();
  if (step.phase === "start")
    return new Set(nodes.filter(({ role }) => role !== "operation").flatMap(({ id }) => linesOf(ties, "forward", id)));
  if (step.phase === "seed") return new Set(linesOf(ties, "backward", nodes[outputIndex].id));
  if (step.phase === "forward") return new Set(step.nodes.flatMap((node) => linesOf(ties, "forward", nodes[node].id)));
  return new Set(
    step.nodes.flatMap((index) => {
      const { id, ins } = nodes[index];
      const found = ins
        .filter((edge) => arrivesAt[edge] === k)
        .flatMap((edge) => linesOf(ties, "backward", nodes[edges[edge].source].id));
      // A substep on the same line was already computed with it: anything new is on another line.
      const fresh = found.filter((line) => ties.owners.get(line)?.node !== id);
      return fresh.length > 0 ? fresh : found;
    }),
  );
}

/**
 * The step after which everything that a line computes is known; null if it computes nothing in the graph.
 * @param {Trace} trace @param {Cues} cues @param {number} line @param {Ties} ties @returns {number | null}
 */
export function stepOfLine({ byId, nodes, outputIndex }, { seedStep, computedAt, arrivesAt }, line, ties) {
  const owner = ties.owners.get(line);
  const index = owner === undefined ? undefined : byId.get(owner.node);
  if (owner === undefined || index === undefined) return null;
  if (owner.pass === "forward") return computedAt[index];
  const arrivals = nodes[index].outs.map((edge) => arrivesAt[edge]).filter((k) => k >= 0);
  if (index === outputIndex) arrivals.push(seedStep);
  return arrivals.length > 0 ? Math.max(...arrivals) : null;
}
