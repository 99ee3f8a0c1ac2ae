/**
 * The sentences of steps, written by the server and kept here by moment once they have been requested. A sentence is a
 * list of parts, each with a tone, so that the page can colour it without building markup from names.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../wire.d.ts").SentencePart} Part
 * @typedef {import("../wire.d.ts").SentencesAnswer} WireSentences
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {import("./cues.js").Step} Step
 * @typedef {ReadonlyMap<string, Part[]>} Sentences  sentences by phase and id of a node or closed group; also "start"
 *   and "seed"
 */

import { isCovered } from "../trace/covered.js";

/** How many steps before and after the current one are requested if there are too many to request all. */
const BEFORE = 10;
const AFTER = 40;

/** @param {Node} node "z1", or "@ in z1" for an unnamed substep */
export const called = (node) => node.title;

/** @param {Trace | null} trace @param {string} id @returns {string} what its node is called */
export function calledAt(trace, id) {
  const node = trace?.nodes[trace.byId.get(id) ?? -1];
  return node === undefined ? id : called(node);
}

/** @param {Part[]} parts */
export const plainText = (parts) => parts.map(({ text }) => text).join("");

/** @param {WireSentences | null | undefined} wire @returns {Sentences} */
export function readSentences(wire) {
  /** @type {Map<string, Part[]>} */
  const sentences = new Map();
  if (!wire) return sentences;
  if (wire.start) sentences.set("start", wire.start);
  if (wire.seed) sentences.set("seed", wire.seed);
  for (const [id, parts] of Object.entries(wire.forward)) sentences.set(`forward:${id}`, parts);
  for (const [id, parts] of Object.entries(wire.backward)) sentences.set(`backward:${id}`, parts);
  for (const [id, { forward, backward }] of Object.entries(wire.groups)) {
    sentences.set(`forward of group:${id}`, forward).set(`backward of group:${id}`, backward);
  }
  return sentences;
}

/** @param {Trace} trace @param {Step} step the key of its sentence */
function keyOf(trace, { phase, group, node }) {
  if (phase === "start" || phase === "seed") return phase;
  return group === null ? `${phase}:${trace.nodes[node].id}` : `${phase} of group:${group}`;
}

/** @param {Trace} trace @param {Step} step what the server calls it */
export function momentOf(trace, { phase, group, node }) {
  if (phase === "start" || phase === "seed") return phase;
  return group === null ? `${phase}:${trace.nodes[node].id}` : `group:${group}`;
}

/** @param {Trace} trace @param {Cues} cues @param {Sentences} sentences @param {number} k */
export const hasSentence = (trace, { steps }, sentences, k) =>
  steps[k] === undefined || sentences.has(keyOf(trace, steps[k]));

/** @param {Trace} trace @param {Cues} cues @param {number} k the moments around a step @returns {string[]} */
export function momentsAround(trace, { steps }, k) {
  return [...new Set(steps.slice(Math.max(0, k - BEFORE), k + AFTER).map((step) => momentOf(trace, step)))];
}

/**
 * The position of a step in its pass, and what it does.
 * @param {Trace} trace @param {Cues} cues @param {Sentences} sentences @param {number} k
 * @returns {Part[]}
 */
export function sentence(trace, cues, sentences, k) {
  const step = cues.steps[k];
  if (!step) return [];
  const { seedStep, steps } = cues;
  const place = {
    start: "Start",
    forward: `Forward ${k} of ${seedStep - 1}`,
    seed: "Seed",
    backward: `Backward ${k - seedStep} of ${steps.length - 1 - seedStep}`,
  }[step.phase];
  return [
    { text: `${place} — `, tone: "" },
    ...(withoutGiving(trace, step) ?? sentences.get(keyOf(trace, step)) ?? []),
  ];
}

/**
 * A backward step with something covered, described without numbers and reasons: "nothing passes here" would reveal a
 * zero.
 * @param {Trace} trace @param {Step} step @returns {Part[] | null} null if nothing is covered
 */
function withoutGiving({ nodes, edges }, { phase, node, nodes: all, edges: sent }) {
  if (phase !== "backward") return null;
  const sources = [...new Set(sent.map((edge) => nodes[edges[edge].source]))];
  const involved = [...all, ...all.flatMap((index) => nodes[index].ins.map((edge) => edges[edge].source))];
  if (!involved.some((index) => isCovered(nodes[index].grad))) return null;
  const names = sources.flatMap((source, i) => {
    const between = i === 0 ? "" : i === sources.length - 1 ? " and " : ", ";
    return [
      { text: between, tone: /** @type {const} */ ("") },
      { text: called(source), tone: /** @type {const} */ ("name") },
    ];
  });
  const to =
    names.length > 0
      ? [{ text: " to ", tone: /** @type {const} */ ("") }, ...names.filter(({ text }) => text !== "")]
      : [];
  return [
    { text: called(nodes[node]), tone: "name" },
    { text: " hands its gradient back", tone: "" },
    ...to,
    { text: ". The numbers are covered: predict them.", tone: "" },
  ];
}
