/**
 * What a step does, in one sentence with its numbers, as a teacher would say it. A sentence is a list of parts, each with
 * a tone, so that the page can colour it, a live region can speak it, and nobody has to build markup from names.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Edge} Edge
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("./cues.js").Cues} Cues
 * @typedef {{text: string, tone: "" | "name" | "value" | "grad"}} Part
 */
import { format, formatFactor, formatTensor } from "../format.js";
import { isAll, isFinite, isSingle, isZero } from "../tensor.js";

/** @param {string} text @returns {Part} */
const plain = (text) => ({ text, tone: "" });
/** @param {string} text @returns {Part} */
const name = (text) => ({ text, tone: "name" });
/** @param {string} text @returns {Part} */
const value = (text) => ({ text, tone: "value" });
/** @param {string} text @returns {Part} */
const grad = (text) => ({ text, tone: "grad" });

/** @param {Node} node "z1", or "@ in z1" for a part that has no name of its own */
export function called(node) {
  if (node.name) return node.name;
  if (node.role === "constant") return node.label;
  return `${node.label} in ${node.id.split(/[./]/)[0]}`;
}

/** @param {Node} node in a formula: a part without a name is the expression it stands for */
export function symbol(node) {
  if (node.name) return node.name;
  return node.role === "constant" ? node.label : `(${node.formula.length <= 18 ? node.formula : `… ${node.label} …`})`;
}

/** @param {Trace} trace @param {Cues} cues @param {number} k @returns {Part[]} */
export function sentence(trace, cues, k) {
  const step = cues.steps[k];
  if (!step) return [];
  const node = trace.nodes[step.node];
  switch (step.phase) {
    case "start":
      return start(trace, cues);
    case "forward":
      return [plain(`Forward ${k} of ${cues.seedStep - 1} — `), ...forward(trace, node)];
    case "seed":
      return [
        plain("Seed — the backward pass starts at the output: ∂"), name(called(node)), plain("/∂"), name(called(node)),
        plain(" = "), grad(formatTensor(trace.seed)), plain(isAll(trace.seed, 1) ? ", for a thing changes as it changes itself." : "."),
      ];
    case "backward":
      return [
        plain(`Backward ${k - cues.seedStep} of ${cues.steps.length - 1 - cues.seedStep} — `),
        ...backward(trace, cues, node, step.edges.map((edge) => trace.edges[edge]), k),
      ];
  }
}

/** @param {Part[]} parts */
export const plainText = (parts) => parts.map(({ text }) => text).join("");

/** @param {Trace} trace @param {Cues} cues @returns {Part[]} */
function start(trace, cues) {
  const leaves = trace.nodes.filter((node) => node.role === "input").length;
  if (cues.seedStep === 1) return [plain("The output is a leaf itself: nothing is computed.")];
  return [
    plain("Start — "), value(`${leaves} ${leaves === 1 ? "leaf holds its value" : "leaves hold their values"}`),
    plain(". Press play, or → for one step: values flow forward to "), name(trace.output),
    plain(", then gradients flow back."),
  ];
}

/** @param {Trace} trace @param {Node} node @returns {Part[]} */
function forward(trace, node) {
  const filled = substitute(trace, node);
  const parts = [name(called(node)), plain(" = "), plain(node.formula)];
  if (filled !== null && filled !== node.formula) parts.push(plain(" = "), value(filled));
  parts.push(plain(" = "), value(formatTensor(node.value)));
  if (!isFinite(node.value)) parts.push(plain(". That is not a finite number; whatever uses it is lost as well."));
  else if (node.kink) parts.push(plain(`. Exactly on a kink: ${node.kink}.`));
  else parts.push(plain("."));
  return parts;
}

/**
 * The formula with numbers in the place of names, where each thing it names is one number.
 * @param {Trace} trace @param {Node} node @returns {string | null}
 */
export function substitute(trace, node) {
  const meant = namesIn(trace, node);
  let possible = true;
  const filled = node.formula.replace(/[A-Za-z_\u0370-\u03ff][\w.#/\u0370-\u03ff]*/g, (word) => {
    const found = meant.get(word);
    if (found === undefined) return word;
    possible &&= found !== null && isSingle(found.value);
    return found === null ? word : formatFactor(found.value.flat[0]);
  });
  if (!possible || filled === node.formula) return null;
  // f((-2)) says no more than f(-2).
  return filled.replace(/\((\([^()]*\))\)/g, "$1").replace(/^\(([^()]*)\)$/, "$1");
}

/**
 * Which nodes the names in a formula mean. The program may give one name to several nodes, so they are looked for where
 * the formula got them: among its inputs, through the parts that have no name. null: the name means two of them.
 * @param {Trace} trace @param {Node} node @returns {Map<string, Node | null>}
 */
function namesIn({ nodes, edges }, node) {
  /** @type {Map<string, Node | null>} */
  const meant = new Map();
  const waiting = [...node.ins];
  const seen = new Set();
  for (let edge = waiting.pop(); edge !== undefined; edge = waiting.pop()) {
    const source = nodes[edges[edge].source];
    if (seen.has(source.index)) continue;
    seen.add(source.index);
    if (source.name === null) waiting.push(...source.ins);
    else meant.set(source.name, meant.has(source.name) ? null : source);
  }
  return meant;
}

/**
 * @param {Trace} trace @param {Cues} cues @param {Node} node @param {Edge[]} edges @param {number} k
 * @returns {Part[]}
 */
function backward(trace, cues, node, edges, k) {
  const own = /** @type {Tensor} */ (node.grad);
  if (edges.length === 0) return [name(called(node)), plain(" has nothing to hand back: none of its inputs needs a gradient.")];
  const messages = edges.map(({ message }) => /** @type {Tensor} */ (message));
  const parts = [name(called(node)), plain(" hands ")];

  if (edges.length > 1 && messages.every((message) => same(message, own))) {
    parts.push(plain("its gradient "), grad(formatTensor(own)), plain(" on unchanged to "));
    edges.forEach((edge, i) => {
      if (i > 0) parts.push(plain(i === edges.length - 1 ? " and " : ", "));
      parts.push(name(called(trace.nodes[edge.source])));
    });
  } else {
    parts.push(plain(edges.length === 1 ? "its gradient to " : "back: to "));
    edges.forEach((edge, i) => {
      if (i > 0) parts.push(plain(i === edges.length - 1 ? "; and to " : "; to "));
      parts.push(name(called(trace.nodes[edge.source])), plain(": "), ...product(node, edge));
    });
  }
  parts.push(...consequence(trace, cues, node, edges, k));
  return parts;
}

/** @param {Node} node @param {Edge} edge @returns {Part[]} */
function product(node, edge) {
  const own = /** @type {Tensor} */ (node.grad);
  const message = /** @type {Tensor} */ (edge.message);
  const result = grad(formatTensor(message));
  const factor = factorOf(edge);
  if (factor !== null && isSingle(own) && isSingle(message)) {
    return [grad(format(own.flat[0])), plain(" × "), value(formatFactor(factor)), plain(" = "), result];
  }
  if (edge.local !== null && edge.local.flat.length <= 4 && message.flat.length <= 4 && own.flat.length <= 4) {
    const summed = message.flat.length < own.flat.length ? ", added up because it was used for each, is " : " = ";
    return [grad(formatTensor(own)), plain(" × "), value(formatTensor(edge.local)), plain(summed), result];
  }
  const each = sharedFactor(node, edge);
  if (each !== null) return [grad(format(own.flat[0])), plain(" × "), value(formatFactor(each)), plain(" for each element = "), result];
  return edge.rule ? [plain(withOwn(edge.rule, node)), plain(" = "), result] : [result];
}

/**
 * Where one gradient goes to many elements, alike to all: what each gets of it. A sum gives 1, a mean its share.
 * @param {Node} node @param {Edge} edge @returns {number | null} null where that is not so, or cannot be told from a zero
 */
export function sharedFactor(node, edge) {
  const [own, message] = [node.grad, edge.message];
  if (own === null || message === null || !isSingle(own) || isSingle(message) || own.flat[0] === 0) return null;
  return message.flat.every((x) => x === message.flat[0]) ? message.flat[0] / own.flat[0] : null;
}

/** @param {Node} node how rules call its gradient */
const ownGradient = (node) => new RegExp(`\\b${node.gradName}\\b`, "g");

/**
 * A rule with the node's own gradient as numbers where they are few: "dy_1 @ x.T" reads "2 @ x.T".
 * @param {string} rule @param {Node} node
 */
const withOwn = (rule, node) =>
  node.grad === null || node.grad.flat.length > 4 ? rule : rule.replace(ownGradient(node), formatTensor(node.grad));

/**
 * What a rule does to the node's own gradient: "@ x.T".
 * @param {string} rule @param {Node} node
 */
export const withoutOwn = (rule, node) => rule.replace(ownGradient(node), "").trim();

/**
 * The number that a single gradient is multiplied with on this edge, where there is one: the local derivative.
 * @param {Edge} edge @returns {number | null}
 */
export function factorOf(edge) {
  return edge.local !== null && isSingle(edge.local) ? edge.local.flat[0] : null;
}

/**
 * What follows: light goes out, a kink, or messages meet.
 * @param {Trace} trace @param {Cues} cues @param {Node} node @param {Edge[]} edges @param {number} k
 * @returns {Part[]}
 */
function consequence(trace, cues, node, edges, k) {
  const own = /** @type {Tensor} */ (node.grad);
  /** @type {Part[]} */
  const parts = [];
  for (const edge of edges) {
    const source = trace.nodes[edge.source];
    const arrived = cues.arrivals[edge.source].filter((each) => cues.arrivesAt[each] <= k);
    const sum = arrived.map((each) => /** @type {Tensor} */ (trace.edges[each].message));
    if (arrived.length > 1 && arrived.at(-1) === edge.index && sum.every(isSingle)) {
      const total = sum.reduce((all, { flat }) => all + flat[0], 0);
      parts.push(plain(". At "), name(called(source)), plain(" the messages add: "),
        grad(`${terms(sum.map(({ flat }) => flat[0]))} = ${format(total)}`));
    } else if (arrived.length > 1 && arrived.at(-1) === edge.index) {
      parts.push(plain(". At "), name(called(source)), plain(` this is added to what came before`));
    }
  }
  const dark = edges.length > 0 && edges.every(({ message }) => message !== null && isZero(message));
  if (node.kink) parts.push(plain(`. Exactly on a kink: ${node.kink}`));
  if (edges.some(({ message }) => message !== null && !isFinite(message))) parts.push(plain(". That is not a finite number: whatever it reaches is lost"));
  if (dark && !isZero(own)) {
    const flat = edges.every(({ local }) => local !== null && isZero(local));
    parts.push(plain(flat && node.curve
      ? ". The curve is flat here, the neuron is off: nothing behind it will be lit"
      : ". Multiplied by zero: no light passes here"));
  } else if (dark) {
    parts.push(plain(". Zero came in, zero goes on: it stays dark"));
  }
  parts.push(plain("."));
  return parts;
}

/** @param {number[]} numbers "2 + 3"; of many the last @returns {string} */
function terms(numbers) {
  const shown = numbers.slice(-4).map((number) => formatFactor(number)).join(" + ");
  return numbers.length > 4 ? `… + ${shown}` : shown;
}

/** @param {Tensor} a @param {Tensor} b */
const same = (a, b) => a.flat.length === b.flat.length && a.flat.every((x, i) => Object.is(x, b.flat[i]) || x === b.flat[i]);
