/**
 * Where an arrow leads from an item: against the flow to what it is made of, with the flow to what uses it, and across
 * among those that were reached in the same way. Pure.
 * @typedef {Pick<import("../graph/drawing.js").Drawing, "items" | "lines">} Lines
 * @typedef {"in" | "out" | "before" | "after"} Way
 * @typedef {{from: number, way: "in" | "out"}} Path  how the item at hand was reached: as an input of `from`, or as its user
 * @typedef {{item: number, path: Path | null}} Stop
 */

/** What an arrow means, by the direction in which the picture flows. @type {Record<"LR" | "TB", Record<string, Way>>} */
export const ARROWS = {
  LR: { ArrowLeft: "in", ArrowRight: "out", ArrowUp: "before", ArrowDown: "after" },
  TB: { ArrowUp: "in", ArrowDown: "out", ArrowLeft: "before", ArrowRight: "after" },
};

/** @param {Lines} drawing @param {number} item @param {"in" | "out"} way @returns {number[]} each once, in the order of the program */
export function neighbours({ lines }, item, way) {
  const met = lines.flatMap(({ source, target }) => (way === "in" ? (target === item ? [source] : []) : source === item ? [target] : []));
  return [...new Set(met)];
}

/** @param {Lines} drawing @param {Stop} at @param {Way} way @returns {Stop | null} null: nothing lies there */
export function walk(drawing, { item, path }, way) {
  if (way === "in" || way === "out") {
    // Back the way one came, to the same one.
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

/** @param {Lines} drawing @param {Stop} at @param {(item: number) => string} name @returns {string} "input 2 of 3 of z1" */
export function whereabouts(drawing, { item, path }, name) {
  if (path === null) return "";
  const beside = neighbours(drawing, path.from, path.way);
  return `${path.way === "in" ? "input" : "use"} ${beside.indexOf(item) + 1} of ${beside.length} of ${name(path.from)}`;
}
