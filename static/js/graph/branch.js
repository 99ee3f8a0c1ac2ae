/**
 * The branch of an item: what its value comes from, and what is computed from it; the gradient takes the same ways back.
 * @typedef {import("./drawing.js").Drawing} Drawing
 * @param {Pick<Drawing, "items" | "lines">} drawing @param {number} item
 * @returns {{items: Set<number>, lines: Set<number>}}
 */
export function branchOf({ items, lines }, item) {
  const [before, after] = [
    /** @type {number[][]} */ (items.map(() => [])),
    /** @type {number[][]} */ (items.map(() => [])),
  ];
  lines.forEach(({ source, target }, line) => {
    before[target].push(line);
    after[source].push(line);
  });
  const found = { items: new Set([item]), lines: /** @type {Set<number>} */ (new Set()) };
  for (const [ways, end] of /** @type {const} */ ([
    [before, "source"],
    [after, "target"],
  ])) {
    const waiting = [item];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
      for (const line of ways[at]) {
        if (found.lines.has(line)) continue;
        found.lines.add(line);
        found.items.add(lines[line][end]);
        waiting.push(lines[line][end]);
      }
  }
  return found;
}
