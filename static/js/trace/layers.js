/**
 * The layers of a dense network, found in a graph by what it computes, whatever things are called: a matrix of its own,
 * a leaf, is multiplied with what flows on from layer to layer. Pure, and the same for all values.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 *
 * @typedef {object} Units  the numbers of a layer
 * @property {number} node
 * @property {number} axis  along which they run; the examples run along the other one
 * @property {number} count
 *
 * @typedef {object} Layer
 * @property {number} weights  the leaf
 * @property {boolean} rows  whether a row of it belongs to one unit of the layer; else a column
 * @property {number | null} bias  the leaf that is added
 * @property {Units} units  what comes out, behind its activation
 * @property {string} does  the activation; "" where it has none of its own
 * @property {number[]} skips  of which earlier layers (0: the inputs) it gets the units past those between
 *
 * @typedef {{inputs: Units, layers: Layer[]}} Network
 */
import { sizeOf } from "./tensor.js";

/** Most layers of a picture. */
const MOST_LAYERS = 40;

/** @typedef {{node: number, turned: boolean}} Seen  a node, and whether it is transposed */

/**
 * @param {Pick<Trace, "nodes" | "edges">} trace
 * @param {number} node
 * @returns {number[]} what it is computed of, in slot order
 */
const sources = ({ nodes, edges }, node) => nodes[node].ins.map((edge) => edges[edge].source);

/** @param {Pick<Trace, "nodes" | "edges">} trace @param {number} node @returns {number[]} */
const users = ({ nodes, edges }, node) => nodes[node].outs.map((edge) => edges[edge].target);

/** Behind a transpose there is the array itself. @param {Trace} trace @param {number} node @returns {Seen} */
function behind(trace, node) {
  const { transposes, shape } = trace.nodes[node];
  if (!transposes || shape.length > 2) return { node, turned: false };
  const { node: own, turned } = behind(trace, sources(trace, node)[0]);
  return { node: own, turned: shape.length === 2 ? !turned : turned };
}

/**
 * @typedef {{at: number, sides: [Seen, Seen], weights: 0 | 1 | null}} Product  weights: the side with the layer's own
 *   matrix
 */

/** @param {Trace} trace @returns {Product[]} the products of a leaf with something else */
function products(trace) {
  return trace.nodes.flatMap(({ kind, index }) => {
    if (kind !== "matmul") return [];
    const sides = /** @type {[Seen, Seen]} */ (sources(trace, index).map((node) => behind(trace, node)));
    const leaves = sides.map(({ node }) => trace.nodes[node].role === "input");
    if (sides.length !== 2 || !leaves.some(Boolean)) return [];
    return [{ at: index, sides, weights: leaves[0] === leaves[1] ? null : leaves[0] ? 0 : 1 }];
  });
}

/**
 * Which side of a product of two leaves is learned: what their roles say, or else the side on which it is elsewhere.
 * @param {Trace} trace @param {Product} product @param {readonly Product[]} all @returns {0 | 1 | null}
 */
function sideOf(trace, { sides, weights }, all) {
  if (weights !== null) return weights;
  const [left, right] = sides.map(({ node }) => trace.nodes[node].use);
  if (left !== right) {
    if (left === "data" || right === "parameter") return 1;
    if (right === "data" || left === "parameter") return 0;
  }
  const elsewhere = new Set(all.flatMap((each) => each.weights ?? []));
  return elsewhere.size === 1 ? ([...elsewhere][0] ?? null) : null;
}

/**
 * @param {Trace} trace
 * @param {number} from
 * @param {(node: number) => boolean} stops
 * @returns {Set<number>} the nodes it is computed from, up to those where the walk stops, with these
 */
function back(trace, from, stops) {
  const met = new Set([from]);
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (stops(at)) continue;
    for (const source of sources(trace, at))
      if (!met.has(source)) {
        met.add(source);
        waiting.push(source);
      }
  }
  return met;
}

/**
 * @param {Trace} trace
 * @param {Seen} seen
 * @param {0 | 1} side of the product on which it flows in
 * @returns {Units | null}
 */
function flowing({ nodes }, { node, turned }, side) {
  const { shape } = nodes[node];
  if (shape.length === 1) return { node, axis: 0, count: shape[0] };
  if (shape.length !== 2) return null;
  const axis = (side === 0) !== turned ? 1 : 0;
  return { node, axis, count: shape[axis] };
}

/** The ids of the groups around a node, the innermost first. @param {Trace} trace @param {string | null} group */
function around(trace, group) {
  const parents = new Map(trace.groups.map(({ id, parent }) => [id, parent]));
  const found = [];
  for (let id = group; id !== null && id !== undefined; id = parents.get(id) ?? null) found.push(id);
  return found;
}

/**
 * The groups in which a node is known: what leaves a group is known around it.
 * @param {Trace} trace
 * @param {number} node
 */
function known(trace, node) {
  const own = around(trace, trace.nodes[node].group);
  const outs = users(trace, node).map((user) => new Set(around(trace, trace.nodes[user].group)));
  const left = own.findIndex((group) => node !== trace.outputIndex && outs.every((groups) => groups.has(group)));
  return node === trace.outputIndex || left < 0 ? [] : own.slice(Math.min(left, own.length));
}

/**
 * @param {Trace} trace
 * @param {number} product
 * @param {number} count of its units
 * @returns {{sum: number, bias: number | null}} the product with its bias
 */
function withBias(trace, product, count) {
  for (const user of users(trace, product)) {
    const { signs, shape } = trace.nodes[user];
    if (signs.join() !== "1,1" || shape.join() !== trace.nodes[product].shape.join()) continue;
    const other = sources(trace, user).find((source) => source !== product);
    if (other === undefined) continue;
    const bias = trace.nodes[behind(trace, unshaped(trace, other)).node];
    const size = sizeOf(bias.shape);
    const given = bias.role === "input" && bias.use !== "target" && bias.use !== "data";
    if (given && (size === 1 || size === count) && !back(trace, product, () => false).has(bias.index))
      return { sum: user, bias: bias.index };
  }
  return { sum: product, bias: null };
}

/** @param {Trace} trace @param {number} node @returns {number} behind another shape of the same numbers */
const unshaped = (trace, node) =>
  trace.nodes[node].kind === "shape" && !trace.nodes[node].transposes ? unshaped(trace, sources(trace, node)[0]) : node;

/**
 * What the last layer makes: the last value of its shape that has a name, depends on nothing new, and is compared with
 * targets.
 * @param {Trace} trace @param {number} sum
 */
function ending(trace, sum) {
  const before = back(trace, sum, () => false);
  const shape = trace.nodes[sum].shape.join();
  const outer = new Set(around(trace, trace.nodes[sum].group));
  // Nodes stand in forward order: one walk tells what each depends on.
  /** @type {boolean[]} */
  const depends = [];
  /** @type {boolean[]} */
  const foreign = [];
  for (const { index, role } of trace.nodes) {
    const from = sources(trace, index);
    depends.push(index === sum || from.some((node) => depends[node]));
    foreign.push((role === "input" && !before.has(index)) || from.some((node) => foreign[node]));
  }
  /** @param {number} node whether it depends on the layer, and on nothing else that is given */
  const follows = (node) => depends[node] && !foreign[node];
  const found = trace.nodes
    .filter(
      ({ index, name, shape: has }) =>
        index > sum &&
        name !== null &&
        has.join() === shape &&
        known(trace, index).every((group) => outer.has(group)) &&
        follows(index),
    )
    .map(({ index }) => index);
  const compared = [sum, ...found].filter((node) => users(trace, node).some((user) => !follows(user)));
  return compared.at(-1) ?? found.at(-1) ?? sum;
}

/**
 * @param {Trace} trace
 * @param {number} sum
 * @param {number} result
 * @returns {string} the name of what is done between
 */
function doneBetween(trace, sum, result) {
  if (sum === result) return "";
  const node = trace.nodes[result];
  const inner = new Set(around(trace, trace.nodes[sum].group));
  const call = around(trace, node.group).findLast((group) => !inner.has(group));
  if (call !== undefined) return trace.groups.find(({ id }) => id === call)?.name ?? "";
  return node.ins.length === 1 ? node.label : "";
}

/**
 * @param {Trace} trace
 * @returns {{network: Network, why: ""} | {network: null, why: string}} or why there is no such picture of it
 */
export function layersOf(trace) {
  const none = (/** @type {string} */ why) => ({ network: null, why });
  if (trace.detail === "scalar")
    return none("The program is shown number by number. Whole arrays have units and weights.");
  if (trace.open) return none("The program is so large that parts of it are closed.");
  const all = products(trace);
  if (all.length === 0) return none("No matrix of weights is multiplied with what flows through this program.");
  if (all.length > MOST_LAYERS) return none(`It has more than ${MOST_LAYERS} layers.`);
  const at = new Map(all.map((product, k) => [product.at, k]));
  /** @type {Layer[]} */
  const layers = [];
  /** @type {Units[]} */
  const columns = [];
  for (const [k, product] of all.entries()) {
    const side = sideOf(trace, product, all);
    if (side === null) {
      const [a, b] = product.sides.map(({ node }) => trace.nodes[node].title);
      return none(`Which of ${a} and ${b} holds the weights cannot be told from this program.`);
    }
    const [matrix, flow] = [product.sides[side], product.sides[1 - side]];
    const into = flowing(trace, flow, side === 0 ? 1 : 0);
    const { shape } = trace.nodes[matrix.node];
    if (into === null || shape.length === 0 || shape.length > 2) return none("Its products are of more than two axes.");
    const met = back(trace, flow.node, (node) => at.has(node));
    const before = [...met].flatMap((node) => at.get(node) ?? []);
    const latest = Math.max(-1, ...before);
    if (latest !== k - 1) return none("What flows through it branches, so its layers are no single row.");
    const past = before.length > 1 ? back(trace, all[latest].at, () => false) : null;
    if (past !== null && before.some((each) => each !== latest && !past.has(all[each].at)))
      return none("What flows through it branches, so its layers are no single row.");
    columns.push(into);
    if (k > 0) {
      const layer = layers[k - 1];
      if (into.count !== layer.units.count) return none(`Behind layer ${k} its units are cut, or put together anew.`);
      layer.does = doneBetween(trace, layer.units.node, into.node);
      layer.units = into;
      layer.skips = skipped(before, latest, met.has(columns[0].node));
    }
    const rows = (side === 0) !== matrix.turned;
    const count = shape.length === 1 ? 1 : shape[rows ? 0 : 1];
    const { sum, bias } = withBias(trace, product.at, count);
    if ((shape.length === 1 ? shape[0] : shape[rows ? 1 : 0]) !== into.count)
      return none("Its products are of more than two axes.");
    const axis = trace.nodes[sum].shape.length === 2 && side === 1 ? 1 : 0;
    layers.push({ weights: matrix.node, rows, bias, units: { node: sum, axis, count }, does: "", skips: [] });
  }
  const last = layers[layers.length - 1];
  const result = ending(trace, last.units.node);
  last.does = doneBetween(trace, last.units.node, result);
  last.units = { ...last.units, node: result };
  return { network: { inputs: columns[0], layers }, why: "" };
}

/**
 * @param {number[]} before
 * @param {number} latest
 * @param {boolean} inputs whether the inputs themselves come in
 * @returns {number[]} layers, 0 for the inputs
 */
const skipped = (before, latest, inputs) => [
  ...(inputs ? [0] : []),
  ...before.filter((each) => each !== latest).map((each) => each + 1),
];

/**
 * The place of the weight between two units in its matrix.
 * @param {Pick<Layer, "rows">} layer @param {number[]} shape of its weights @param {number} from @param {number} to
 */
export const weightPlace = ({ rows }, shape, from, to) =>
  shape.length === 1 ? from : rows ? to * shape[1] + from : from * shape[1] + to;

/**
 * One number for each unit out of those of all examples.
 * @param {import("../types.js").Tensor} tensor @param {Units} units
 * @param {(numbers: number[]) => number} how  of one unit's numbers
 */
export function perUnit({ shape, flat }, { axis, count }, how) {
  if (shape.length < 2)
    return Array.from({ length: count }, (_, unit) => how(shape.length === 0 || count === 1 ? flat : [flat[unit]]));
  return Array.from({ length: count }, (_, unit) =>
    how(
      axis === 1
        ? flat.filter((_, place) => place % shape[1] === unit)
        : flat.slice(unit * shape[1], (unit + 1) * shape[1]),
    ),
  );
}
