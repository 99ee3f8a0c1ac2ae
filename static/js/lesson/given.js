/** A step's values in the page's representation. */
import { toWire } from "../trace/tensor.js";

/** @typedef {import("../types.js").Given} Given @typedef {import("../types.js").WireNumber} WireNumber */

/**
 * A value for a name that the program assigns overrides that line's literal; any other is for a free name.
 * @param {string} program @param {Record<string, WireNumber>} values @returns {Record<string, Given>}
 */
export function givenFor(program, values) {
  const lines = program.split("\n");
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => {
      const line =
        lines.find((each) => each.trimStart().startsWith(id) && /^\s*=[^=]/.test(each.trimStart().slice(id.length))) ??
        null;
      return [id, { value, line }];
    }),
  );
}

/**
 * @param {import("../types.js").Trace} trace
 * @param {Record<string, Given>} given
 * @param {readonly string[]} learned  inputs that a training has moved
 * @returns {boolean} whether it was computed with these values
 */
export const madeWith = (trace, given, learned = []) =>
  Object.entries(given).every(([id, { value }]) => {
    const index = trace.byId.get(id);
    return (
      index === undefined ||
      learned.includes(id) ||
      JSON.stringify(toWire(trace.nodes[index].value)) === JSON.stringify(value)
    );
  });

/**
 * @param {Record<string, Given>} a
 * @param {Record<string, Given>} b
 * @returns {string[]} the names whose values differ
 */
export const differing = (a, b) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (id) => JSON.stringify(a[id]?.value) !== JSON.stringify(b[id]?.value),
  );
