/**
 * Where an arrow key leads from an item: against the flow to its inputs, with the flow to its users, and across to the
 * siblings reached the same way. Pure.
 * @typedef {Pick<import("../graph/drawing.js").Drawing, "items" | "lines">} Lines
 * @typedef {"in" | "out" | "before" | "after"} Way
 * @typedef {{from: number, way: "in" | "out"}} Path  how the current item was reached: as an input of `from`, or as its
 *   user
 * @typedef {{item: number, path: Path | null}} Stop
 */

/**
 * What an arrow means, by the direction in which the picture flows.
 * @type {Record<"LR" | "TB", Record<string, Way>>}
 */
export const ARROWS = {
  LR: { ArrowLeft: "in", ArrowRight: "out", ArrowUp: "before", ArrowDown: "after" },
  TB: { ArrowUp: "in", ArrowDown: "out", ArrowLeft: "before", ArrowRight: "after" },
};

/**
 * @param {Lines} drawing
 * @param {number} item
 * @param {"in" | "out"} way
 * @returns {number[]} each once, in program order
 */
export function neighbours({ lines }, item, way) {
  const met = lines.flatMap(({ source, target }) =>
    way === "in" ? (target === item ? [source] : []) : source === item ? [target] : [],
  );
  return [...new Set(met)];
}

/** @param {Lines} drawing @param {Stop} at @param {Way} way @returns {Stop | null} null if there is none */
export function walk(drawing, { item, path }, way) {
  if (way === "in" || way === "out") {
    // Going back leads to the item one came from.
    if (path !== null && path.way !== way) return { item: path.from, path: null };
    const [first] = neighbours(drawing, item, way);
    return first === undefined ? null : { item: first, path: { from: item, way } };
  }
  const by = way === "after" ? 1 : -1;
  const beside = path === null ? [] : neighbours(drawing, path.from, path.way);
  if (beside.length > 1) {
    const next = beside[beside.indexOf(item) + by];
    return next === undefined ? null : { item: next, path };
  }
  const next = item + by;
  return next >= 0 && next < drawing.items.length ? { item: next, path: null } : null;
}

/**
 * @param {Lines} drawing
 * @param {Stop} at
 * @param {(item: number) => string} name
 * @returns {string} "input 2 of 3 of z1"
 */
export function whereabouts(drawing, { item, path }, name) {
  if (path === null) return "";
  const beside = neighbours(drawing, path.from, path.way);
  return `${path.way === "in" ? "input" : "use"} ${beside.indexOf(item) + 1} of ${beside.length} of ${name(path.from)}`;
}
