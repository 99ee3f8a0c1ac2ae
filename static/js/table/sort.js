/**
 * The order of the table's rows.
 * @typedef {{column: string, descending: boolean}} Sorting  null: forward order
 */
import { COLUMNS, rowsOf } from "./columns.js";

const { compare } = new Intl.Collator("en", { numeric: true });

/** @param {string | number} a @param {string | number} b */
const ascending = (a, b) =>
  typeof a === "number" && typeof b === "number" ? a - b || 0 : compare(String(a), String(b));

/**
 * Equal rows keep their forward order; rows without a key come last in both directions.
 * @param {import("../timeline/frame.js").Frame} frame
 * @param {number[]} nodes in forward order
 * @param {Sorting | null} sorting
 * @returns {number[]}
 */
export function sorted(frame, nodes, sorting) {
  const column = COLUMNS.find(({ id }) => id === sorting?.column);
  if (!column || !sorting) return nodes;
  const sign = sorting.descending ? -1 : 1;
  const row = rowsOf(frame);
  const keyed = nodes.map((node) => ({ node, key: column.key(row(node)) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    // Infinity - Infinity is NaN: treat as equal.
    return a.key === b.key ? 0 : sign * ascending(a.key, b.key);
  });
  return keyed.map(({ node }) => node);
}

/**
 * The order after another click on a column header: ascending, descending, then forward order again.
 * @param {Sorting | null} now
 * @param {string} column
 * @returns {Sorting | null}
 */
export function pressed(now, column) {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? null : { column, descending: true };
}
