/**
 * What of a trace is drawn. A number written in the program needs no node of its own: it is folded into the glyph of
 * the operation that uses it ("× 3", "1 ÷").
 * @typedef {import("../types.js").Trace} Trace
 */
import { isSingle } from "../tensor.js";

/**
 * @param {Trace} trace
 * @returns {{shown: number[], lines: number[], glyphs: Map<number, string>}} indices of nodes and edges that are drawn,
 *   and the glyphs that say more than the op's own
 */
export function fold({ nodes, edges, outputIndex }) {
  /** @type {Map<number, string>} */
  const glyphs = new Map();
  const folded = new Set(
    nodes
      .filter(({ role, value, outs, index }) => {
        if (role !== "constant" || !isSingle(value) || index === outputIndex) return false;
        // Something must remain to be seen of each use.
        return outs.every((edge) => nodes[edges[edge].target].ins.some((each) => nodes[edges[each].source].role !== "constant"));
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
  return {
    shown: nodes.filter(({ index }) => !folded.has(index)).map(({ index }) => index),
    lines: edges.filter(({ source }) => !folded.has(source)).map(({ index }) => index),
    glyphs,
  };
}
