/**
 * An array opened into scalars is a group with many results, as equal terms side by side are. When it is closed, the
 * bundle shows all of them as one array.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("../timeline/frame.js").NodeState} NodeState
 * @typedef {{nodes: number[], shape: number[]}} Elements  in row-major order
 */
import { sizeOf } from "../trace/tensor.js";

/** The index at the end of an element's id: "z1[0,1]". */
const INDEX = /\[([\d,]+)\]$/;

/**
 * @param {Trace} trace @param {number[]} leaving the nodes of a group that others use
 * @returns {Elements | null} null if they are not the elements of one array
 */
export function elementsOf({ nodes }, leaving) {
  if (leaving.length < 2) return null;
  const places = leaving.map((node) => ({ node, index: INDEX.exec(nodes[node].id)?.[1].split(",").map(Number) ?? [] }));
  const axes = places[0].index.length;
  if (axes === 0 || places.some(({ node, index }) => index.length !== axes || nodes[node].value.flat.length !== 1))
    return null;
  const shape = places[0].index.map((_, axis) =>
    places.reduce((most, { index }) => Math.max(most, index[axis] + 1), 0),
  );
  if (sizeOf(shape) !== places.length) return null;
  places.sort((a, b) => a.index.map((i, axis) => i - b.index[axis]).find((difference) => difference !== 0) ?? 0);
  return { nodes: places.map(({ node }) => node), shape };
}

/**
 * @param {Trace} trace @param {Pick<import("../types.js").WireGroup, "turns">} group equal terms side by side
 * @returns {Elements | null} what they come to; null if those are not single numbers, or not told
 */
export function besideIn({ nodes, byId }, { turns }) {
  const found = turns.map((id) => byId.get(id) ?? -1);
  const single = found.every((node) => node >= 0 && nodes[node].value.flat.length === 1);
  return single ? { nodes: found, shape: [found.length] } : null;
}

/**
 * @param {Trace} trace
 * @param {Elements} elements
 * @param {Node} like one of them
 * @returns {Node} one node holding the whole array
 */
export function bundledNode({ nodes }, elements, like) {
  const grads = elements.nodes.map((node) => nodes[node].grad);
  return {
    ...like,
    shape: elements.shape,
    value: tensor(
      elements,
      elements.nodes.map((node) => nodes[node].value),
    ),
    grad: grads.every((grad) => grad === null) ? null : tensor(elements, grads),
  };
}

/**
 * One state for the whole array: the brightest element's light, and no value or gradient until every element has one.
 * @param {Elements} elements @param {NodeState[]} states @returns {NodeState}
 */
export function bundledState(elements, states) {
  const brightest = states.reduce((best, state) =>
    state.look === "nonfinite" || (best.look !== "nonfinite" && rank(state) > rank(best)) ? state : best,
  );
  // One covered element covers the light of the whole array, which would otherwise reveal the brightest element.
  const hidden = states.some(({ look }) => look === "covered");
  const values = states.map(({ value }) => value);
  const expected = states.filter(({ progress }) => progress !== "none");
  const grads =
    expected.some(({ grad }) => grad === null) || expected.length === 0 ? null : states.map(({ grad }) => grad);
  return {
    ...brightest,
    value: values.every((value) => value !== null) ? tensor(elements, values) : null,
    grad: grads && tensor(elements, grads),
    progress:
      expected.length === 0
        ? "none"
        : grads === null
          ? "waiting"
          : expected.every(({ progress }) => progress === "done")
            ? "done"
            : "partial",
    active: states.find(({ active }) => active !== "")?.active ?? "",
    ...(hidden && { look: /** @type {const} */ ("covered"), level: 0, over: 0 }),
    covered: states.some(({ covered }) => covered),
    adding: null,
  };
}

/** @param {NodeState} state  ordered: dark, then zero, then by level */
const rank = ({ look, level }) => (look === "dark" ? -1 : level);

/**
 * @param {Elements} elements
 * @param {(Tensor | null)[]} parts  null (no path to the output) counts as 0
 * @returns {Tensor}
 */
const tensor = ({ shape }, parts) => ({ shape, flat: parts.map((part) => part?.flat[0] ?? 0) });
