import assert from "node:assert/strict";
import test from "node:test";
import { depth, rows } from "../../static/js/layout/rows.js";

const WINDOW = { width: 740, height: 560 };
const box = { width: 80, height: 60, group: null };

/** A chain whose every link also uses one shared input. @param {number} length @returns {any} */
const shared = (length) => ({
  nodes: Array.from({ length: length + 2 }, () => box),
  edges: Array.from({ length }, (_, i) => [
    { source: i === 0 ? 0 : i + 1, target: i + 2 },
    { source: 1, target: i + 2 },
  ]).flat(),
  groups: [],
  direction: "LR",
});

test("how deep a graph is, and how much passes ranks", () => {
  assert.deepEqual(depth(shared(3)), { ranks: 4, passed: 0 + 1 + 2 });
});

test("no two nodes overlap, and edges join the right sides", () => {
  const graph = shared(300);
  const { nodes, edges } = rows(graph, WINDOW);
  const taken = new Set(nodes.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`));
  assert.equal(taken.size, nodes.length);
  for (const a of nodes.slice(0, 60))
    for (const b of nodes) if (a !== b) assert.ok(Math.abs(a.x - b.x) >= 80 || Math.abs(a.y - b.y) >= 60);
  edges.forEach(([start, , , end], i) => {
    const { source, target } = graph.edges[i];
    assert.deepEqual(
      [start, end],
      [
        { x: nodes[source].x + 40, y: nodes[source].y },
        { x: nodes[target].x - 40, y: nodes[target].y },
      ],
    );
  });
});

test("takes the form of its window", () => {
  const { width, height } = rows(shared(500), WINDOW);
  assert.ok(Math.abs(Math.log(width / height / (WINDOW.width / WINDOW.height))) < 0.5);
});

test("five thousand links take no recursion and no patience", () => {
  const { nodes } = rows(shared(5000), WINDOW);
  assert.ok(nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
});
