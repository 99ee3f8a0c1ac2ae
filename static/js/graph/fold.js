/**
 * Folds constants: a number written in the program gets no node of its own but joins the glyph of the operation that
 * uses it ("× 3", "1 ÷").
 * @typedef {import("../types.js").Trace} Trace
 */

/** @param {number[]} shape of a single number? */
const isSingle = (shape) => shape.every((size) => size === 1);

/**
 * @param {Trace} trace
 * @returns {{folded: Set<number>, glyphs: Map<number, string>}} indices of nodes that are not drawn, and the glyphs
 *   that contain constants
 */
export function fold({ nodes, edges, outputIndex }) {
  /** @type {Map<number, string>} */
  const glyphs = new Map();
  const folded = new Set(
    nodes
      .filter(({ role, shape, outs, index }) => {
        if (role !== "constant" || !isSingle(shape) || index === outputIndex) return false;
        // Each use must keep at least one drawn input.
        return outs.every((edge) =>
          nodes[edges[edge].target].ins.some((each) => nodes[edges[each].source].role !== "constant"),
        );
      })
      .map(({ index }) => index),
  );
  for (const node of nodes) {
    const words = node.ins.map((edge) => (folded.has(edges[edge].source) ? nodes[edges[edge].source].label : null));
    if (words.every((word) => word === null)) continue;
    // "1 ÷", but "max 0".
    const infix = !/^[A-Za-z]/.test(node.label);
    const before = infix && words.length > 1 && words[0] !== null ? [words[0]] : [];
    const after = words.slice(before.length).filter((word) => word !== null);
    glyphs.set(node.index, [...before, node.label, ...after].join(" "));
  }
  return { folded, glyphs };
}
