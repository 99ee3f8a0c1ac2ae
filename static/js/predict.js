/**
 * Predict, then reveal: which gradients are covered, what is asked, and whether an answer is right. Pure.
 *
 * Covering derives a trace without the hidden numbers. Everything that shows, announces or exports the trace uses that
 * one, so it cannot give anything away.
 *
 * @typedef {import("./types.js").Trace} Trace
 * @typedef {import("./types.js").Node} Node
 * @typedef {import("./types.js").Tensor} Tensor
 * @typedef {import("./timeline/cues.js").Cues} Cues
 * @typedef {"off" | "next" | "parameters" | "all" | "one"} Mode
 * @typedef {"sign" | "zero" | "number"} Kind  of answer
 *
 * @typedef {object} Revealed
 * @property {Tensor} grad      the revealed gradient; if the gradient changes, it is covered again
 * @property {Kind} kind
 * @property {number[]} places  the asked elements
 * @property {string[]} said    per element
 * @property {boolean[]} each   per element: whether it was right
 * @property {boolean | null} right  whether all were right; null: revealed without an answer
 *
 * @typedef {object} Predicting
 * @property {Mode} mode
 * @property {string | null} node  the node for "one"
 * @property {ReadonlyMap<string, Tensor> | null} given  in "next": the gradients known before the first question; null:
 *   not determined yet
 * @property {ReadonlyMap<string, Revealed>} revealed  by node
 * @property {{right: number, of: number}} score
 */
import { blank, COVERED, QUESTION } from "./trace/covered.js";
import { parseNumber } from "./words/format.js";
import { largest } from "./trace/trace.js";

/** @type {Predicting} */
export const OFF = { mode: "off", node: null, given: null, revealed: new Map(), score: { right: 0, of: 0 } };

/** @param {Mode} mode @param {string | null} [node] @returns {Predicting} nothing revealed yet */
export const begin = (mode, node = null) => ({ ...OFF, mode, node: mode === "one" ? node : null });

/** Relative tolerance of an answer, for calculations by hand. */
export const NEAR = 0.02 + 1e-9;
/** Relative to the largest gradient, smaller numbers count as zero with round-off. */
const ROUND_OFF = 1e-12;
/** For a tensor with more elements, only one is asked. */
const MOST = 9;

/** @param {Tensor} a @param {Tensor} b */
const same = (a, b) => a.flat.length === b.flat.length && a.flat.every((x, i) => Object.is(x, b.flat[i]));

/**
 * @param {Trace} trace
 * @param {Predicting} predicting
 * @param {number} index
 * @returns {Revealed | null} the answer and revealed values for this gradient
 */
export function revealedOf(trace, { revealed }, index) {
  const { id, grad } = trace.nodes[index];
  const found = revealed.get(id);
  return found && grad !== null && same(found.grad, grad) ? found : null;
}

/**
 * The nodes whose gradients are covered. The output's gradient is the seed, which is given.
 * @param {Trace | null} trace @param {Predicting} predicting @returns {Set<number>}
 */
export function coveredIn(trace, predicting) {
  const { mode, node: only, given } = predicting;
  if (trace === null || mode === "off") return new Set();
  const known = (/** @type {Node} */ { id, index, grad }) => {
    const before = mode === "next" ? given?.get(id) : undefined;
    return (
      grad === null ||
      index === trace.outputIndex ||
      revealedOf(trace, predicting, index) !== null ||
      (before !== undefined && same(before, grad))
    );
  };
  if (mode === "one") {
    const index = only === null ? undefined : trace.byId.get(only);
    return index === undefined || known(trace.nodes[index]) ? new Set() : upstream(trace, index);
  }
  const wanted = mode === "parameters" ? parameters(trace) : trace.nodes;
  return new Set(wanted.filter((node) => !known(node)).map(({ index }) => index));
}

/** @param {Trace} trace @returns {Node[]} the parameters; every input if names do not tell which they are */
function parameters({ nodes }) {
  const found = nodes.filter(({ use }) => use === "parameter");
  return found.length > 0 ? found : nodes.filter(({ role }) => role === "input");
}

/**
 * A node and everything that gets its gradient only through it: one division would reveal one from the other.
 * @param {Trace} trace @param {number} index @returns {Set<number>}
 */
function upstream({ nodes, edges, outputIndex }, index) {
  const found = new Set([index]);
  for (const at of found)
    for (const edge of nodes[at].ins) if (edges[edge].message !== null) found.add(edges[edge].source);
  found.delete(outputIndex);
  return found;
}

/**
 * The trace without what is covered: gradients and their messages, and also the reader's own gradients and printed
 * numbers, which may be equal to them. Light is scaled by what is visible.
 * @param {Trace} trace @param {ReadonlySet<number>} covered @returns {Trace}
 */
export function cover(trace, covered) {
  if (covered.size === 0) return trace;
  const nodes = trace.nodes.map((node) =>
    node.grad !== null && covered.has(node.index) ? { ...node, grad: blank(node.grad) } : node,
  );
  // The messages that a covered gradient sends reveal it, even to a node revealed before.
  const hidden = (/** @type {import("./types.js").Edge} */ { source, target }) =>
    covered.has(source) || covered.has(target);
  const edges = trace.edges.map((edge) =>
    edge.message !== null && hidden(edge) ? { ...edge, message: blank(edge.message) } : edge,
  );
  const manual = trace.manual.map((line) => {
    const target = trace.byId.get(line.target);
    return target === undefined || covered.has(target)
      ? { ...line, value: null, adjoint: null, agrees: false, note: null, covered: true }
      : line;
  });
  const prints = trace.prints.map((print) => ({ ...print, items: [], text: withoutNumbers(print.text) }));
  return { ...trace, nodes, edges, manual, prints, largest: largest(nodes) };
}

/** A standalone number or a printed comparison, but not digits in a name. */
const NUMBERS =
  /(?<![\p{L}\p{N}_.])[-+−]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+−]?\d+)?|inf|nan|True|False)(?![\p{L}\p{N}_])/giu;

/** @param {string} text @returns {string} */
export const withoutNumbers = (text) => text.replace(NUMBERS, QUESTION);

/** @param {Trace} trace as shown @returns {boolean} whether anything is covered */
export const hidesAnything = ({ nodes }) => nodes.some(({ grad }) => grad !== null && grad.flat[0] === COVERED);

/** @param {Cues} cues @param {number} node @returns {number} the step after which its gradient is complete */
const wholeAt = ({ arrivals, arrivesAt, seedStep }, node) =>
  arrivals[node].reduce((last, edge) => Math.max(last, arrivesAt[edge]), seedStep);

/**
 * The covered gradients that are drawn, in order of time.
 * @param {Cues} cues @param {ReadonlySet<number>} covered @returns {{node: number, step: number}[]}
 */
export function questionsIn(cues, covered) {
  const { items, itemOf } = cues.drawing;
  return [...covered]
    .filter((node) => {
      const item = items[itemOf[node]];
      return item?.kind === "node" || item?.result === node;
    })
    .map((node) => ({ node, step: wholeAt(cues, node) }))
    .sort((a, b) => a.step - b.step);
}

/**
 * In "next": the time at which playback halts.
 * @param {{node: number, step: number}[]} questions in order @param {number} time
 * @returns {number} a time; Infinity if no question is left
 */
export const haltAt = (questions, time) =>
  (questions.find(({ step }) => step - 1 >= time - 1e-9)?.step ?? Infinity) - 1;

/**
 * The gradients that are already known when predicting "next" starts.
 * @param {Trace} trace @param {Cues} cues @param {number} step @returns {Map<string, Tensor>}
 */
export function knownBy(trace, cues, step) {
  const there = trace.nodes.filter(
    ({ grad, index }) => grad !== null && cues.arrivals[index].length > 0 && wholeAt(cues, index) <= step,
  );
  return new Map(there.map(({ id, grad }) => [id, /** @type {Tensor} */ (grad)]));
}

/**
 * The elements to ask for: all, or for a large tensor one, which is always the same for a node.
 * @param {Node} node @returns {number[]} places in row-major order
 */
export function askedPlaces({ id, value }) {
  const { length } = value.flat;
  if (length <= MOST) return value.flat.map((_, place) => place);
  let hash = 0x811c9dc5;
  for (const char of id) hash = Math.imul(hash ^ /** @type {number} */ (char.codePointAt(0)), 0x01000193) >>> 0;
  // Names often differ in their last letters, which affect the high bits least.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return [((hash ^ (hash >>> 13)) >>> 0) % length];
}

/** @param {Kind} kind @param {string} said @returns {boolean} whether it can be judged */
export const isAnswer = (kind, said) =>
  kind === "number" ? said.trim() !== "" && !Number.isNaN(parseNumber(said)) : said !== "";

/**
 * @param {Kind} kind
 * @param {string} said  "−", "0" or "+"; "zero" or "not zero"; a number as typed
 * @param {number} truth
 * @param {number} most  the largest gradient of the trace
 */
export function isRight(kind, said, truth, most) {
  const zero = truth === 0 || Math.abs(truth) <= ROUND_OFF * most;
  if (kind === "zero") return said === "zero" ? zero : truth !== 0;
  if (kind === "sign") return said === "0" ? zero : said === "+" ? truth > 0 : truth < 0;
  const number = parseNumber(said);
  if (!Number.isFinite(truth)) return number === truth;
  return Math.abs(number - truth) <= NEAR * Math.abs(truth) || (zero && Math.abs(number) <= ROUND_OFF * most);
}

/**
 * @param {Predicting} predicting @param {Trace} trace the full trace
 * @param {number} index
 * @param {Kind} kind
 * @param {string[]} said  one per asked element; if empty, the gradient is only revealed
 * @returns {Predicting}
 */
export function reveal(predicting, trace, index, kind, said) {
  const node = trace.nodes[index];
  if (node.grad === null) return predicting;
  const grad = node.grad;
  const places = askedPlaces(node);
  const answered = said.some((each) => isAnswer(kind, each));
  const each = places.map(
    (place, i) => isAnswer(kind, said[i] ?? "") && isRight(kind, said[i], grad.flat[place], trace.largest),
  );
  const right = answered ? each.every(Boolean) : null;
  const { score } = predicting;
  return {
    ...predicting,
    revealed: new Map(predicting.revealed).set(node.id, { grad, kind, places, said: [...said], each, right }),
    score: answered ? { right: score.right + Number(right), of: score.of + 1 } : score,
  };
}

/**
 * Corrects a verdict: at a kink more than one gradient is right.
 * @param {Predicting} predicting @param {string} id @param {Revealed} shown as first judged
 * @returns {Predicting}
 */
export function accept(predicting, id, shown) {
  const { score, revealed } = predicting;
  const right = { ...shown, each: shown.each.map(() => true), right: true };
  return { ...predicting, revealed: new Map(revealed).set(id, right), score: { ...score, right: score.right + 1 } };
}

/**
 * @param {Kind} kind
 * @param {string} said
 * @returns {number | null} the number of the answer; null if only its sign was asked
 */
export const numberSaid = (kind, said) =>
  kind === "number" ? parseNumber(said) : said === "0" || said === "zero" ? 0 : null;

/** @param {string} word  as spelled in a link @returns {Predicting | null} */
export function fromWord(word) {
  if (word.startsWith("one:") && word.length > 4) return begin("one", word.slice(4));
  return word === "next" || word === "parameters" || word === "all" ? begin(word) : null;
}

/** @param {Predicting} predicting */
export const toWord = ({ mode, node }) => (mode === "one" ? `one:${node}` : mode);
