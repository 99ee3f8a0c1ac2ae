/**
 * The leaves as written in the text. In scalar detail every element is a leaf; here they are joined into arrays again.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("../types.js").WireLeaf} WireLeaf
 * @typedef {Pick<WireLeaf, "id" | "name" | "line" | "literal" | "editable"> & {tensor: Tensor}} Leaf
 */
import { placeOf } from "./elements.js";
import { sizeOf } from "./tensor.js";

/** @param {Trace} trace @returns {Leaf[]} in the order of their first elements */
export function leavesOf(trace) {
  /** @type {Map<string, {leaf: WireLeaf, elements: {index: number[], value: number}[]}>} */
  const arrays = new Map();
  /** @type {(Leaf | string)[]} */
  const found = [];
  for (const leaf of trace.leaves) {
    const at = trace.byId.get(leaf.id);
    if (at === undefined) continue;
    const { value } = trace.nodes[at];
    if (leaf.element === null) {
      found.push({ ...leaf, tensor: value });
      continue;
    }
    const { leaf: id, index } = leaf.element;
    if (!arrays.has(id)) found.push(id);
    const array = arrays.get(id) ?? { leaf, elements: [] };
    array.elements.push({ index, value: value.flat[0] });
    arrays.set(id, array);
  }
  return found.map((each) => (typeof each === "string" ? together(each, arrays.get(each)) : each));
}

/**
 * @param {string} id
 * @param {{leaf: WireLeaf, elements: {index: number[], value: number}[]} | undefined} array
 * @returns {Leaf}
 */
function together(id, array) {
  const { leaf, elements } = /** @type {NonNullable<typeof array>} */ (array);
  const shape = elements[0].index.map((_, axis) => 1 + Math.max(...elements.map(({ index }) => index[axis])));
  const flat = new Array(sizeOf(shape)).fill(0);
  for (const { index, value } of elements) flat[placeOf(index, shape)] = value;
  return { ...leaf, id, name: leaf.name.replace(/\[[\d,]+\]$/, ""), tensor: { shape, flat } };
}
