import assert from "node:assert/strict";
import test from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { toDot } from "../../static/js/layout/dot.js";
import { readLayout } from "../../static/js/layout/read.js";
import { clarity, laneOf, wrap } from "../../static/js/layout/wrap.js";

const graphviz = await Graphviz.load();
const WINDOW = { width: 700, height: 560 };

/** @param {any} graph */
const layOut = (graph) =>
  readLayout(JSON.parse(graphviz.layout(toDot(graph), /** @type {any} */ ("json0"), "dot")), graph);

/** @param {number} length @param {{source: number, target: number}[]} [more] @param {any[]} [groups] @param {(i: number) => string | null} [groupOf] @returns {any} */
const chain = (length, more = [], groups = [], groupOf = () => null) => ({
  nodes: Array.from({ length }, (_, i) => ({ width: 90, height: 70, group: groupOf(i) })),
  edges: [...Array.from({ length: length - 1 }, (_, i) => ({ source: i, target: i + 1 })), ...more],
  groups,
  direction: "LR",
});

/** @param {{width: number, height: number}} picture */
const scale = (picture) => Math.min(WINDOW.width / picture.width, WINDOW.height / picture.height);

test("a long chain fits at more than twice the size", () => {
  const graph = chain(20);
  const before = layOut(graph);
  const after = wrap(before, graph, WINDOW, 0.72);
  assert.ok(scale(after) > 2 * scale(before));
});

test("where numbers would be lost, a smaller gain is worth it", () => {
  const graph = chain(9);
  const before = layOut(graph);
  // A window in which two rows are hardly larger than one.
  const least = Array.from({ length: 90 }, (_, i) => ({ width: 500, height: 60 + 2 * i })).find((window) => {
    const after = wrap(before, graph, window, 0.72);
    return after !== before;
  });
  assert.ok(least);
  const size = (/** @type {{width: number, height: number}} */ picture) =>
    Math.min(least.width / picture.width, least.height / picture.height);
  const gain = size(wrap(before, graph, least, 0.72)) / size(before);
  assert.ok(size(before) < 0.5);
  assert.ok(gain >= 1.08 && gain < 1.2, `${gain}`);
});

test("rows are read like text: on to the right, then below", () => {
  const graph = chain(20);
  const { nodes } = wrap(layOut(graph), graph, WINDOW, 0.72);
  for (let i = 1; i < 20; i += 1) {
    const next = nodes[i].y > nodes[i - 1].y + 60;
    assert.ok(next ? nodes[i].x < nodes[i - 1].x : nodes[i].x > nodes[i - 1].x, `node ${i}`);
  }
});

test("every edge still leaves its source and reaches its target, also over several cuts", () => {
  const graph = chain(24, [
    { source: 1, target: 22 },
    { source: 5, target: 12 },
  ]);
  const before = layOut(graph);
  const after = wrap(before, graph, WINDOW, 0.72);
  assert.notEqual(after, before);
  after.edges.forEach((points, i) => {
    assert.equal((points.length - 1) % 3, 0, "whole cubic pieces");
    const { source, target } = graph.edges[i];
    const ends = /** @type {const} */ ([
      [points[0], after.nodes[source], 45],
      [points.at(-1), after.nodes[target], -45],
    ]);
    for (const [end, node, side] of ends)
      assert.ok(
        Math.hypot(/** @type {any} */ (end).x - node.x - side, /** @type {any} */ (end).y - node.y) < 3,
        `edge ${i}`,
      );
    for (const { x, y } of points)
      assert.ok(x >= 0 && x <= after.width && y >= -1 && y <= after.height + 1, `edge ${i} stays inside`);
  });
});

test("no row is cut through a group", () => {
  const graph = chain(20, [], [{ id: "g", name: "g", parent: null }], (i) => (i >= 6 && i < 13 ? "g" : null));
  const { nodes, groups } = wrap(layOut(graph), graph, WINDOW, 0.72);
  assert.equal(new Set(nodes.slice(6, 13).map(({ y }) => Math.round(y))).size, 1);
  assert.ok(/** @type {any} */ (groups[0]).height < 160);
});

test("what can be read as it is stays as it is", () => {
  const graph = chain(5);
  const layout = layOut(graph);
  assert.equal(wrap(layout, graph, WINDOW, 0.72), layout);
});

test("who sits far off reads larger print only", () => {
  const graph = chain(5);
  const layout = layOut(graph);
  assert.ok(scale(wrap(layout, graph, WINDOW, 2)) > 1.2 * scale(layout));
});

/** @param {{x: number, y: number}[]} points @returns {string[]} the heights at which it runs back, rounded */
const lanesOf = (points) => points.flatMap(({ x, y }, i) => (i > 0 && x < points[i - 1].x - 60 ? [y.toFixed(0)] : []));

test("what one node sends into the next row runs back as one line, another node's beside it", () => {
  // Node 0 and its neighbour 1 are both used along the whole chain.
  const far = [12, 14, 16];
  const graph = chain(20, [0, 1].flatMap((source) => far.map((target) => ({ source, target }))).slice(0, 4));
  const { edges, wrapped } = wrap(layOut(graph), graph, WINDOW, 0.72);
  assert.ok(wrapped);
  const [first, second, third, other] = edges.slice(19).map((points) => lanesOf(points)[0]);
  assert.ok(first !== undefined);
  assert.deepEqual([second, third], [first, first]);
  assert.notEqual(other, first);
});

test("a line runs back though it ends further to the right than it begins", () => {
  const graph = chain(20, [{ source: 0, target: 19 }]);
  const before = layOut(graph);
  assert.deepEqual(before.edges.map(laneOf), Array(20).fill(null));
  assert.equal(clarity(before, graph), 1);
  const after = wrap(before, graph, WINDOW, 0.72);
  assert.ok(after.nodes[19].x > after.nodes[0].x);
  assert.notEqual(laneOf(after.edges[19]), null);
  assert.ok(clarity(after, graph) < 1);
});

test("rows end where few lines cross, if that is nearly as even", () => {
  // In the middle of a chain of ten, two lines more cross than a rank further.
  const graph = chain(10, [
    { source: 2, target: 5 },
    { source: 3, target: 5 },
  ]);
  const before = layOut(graph);
  const window = { width: 900, height: 560 };
  const { nodes, wrapped } = wrap(before, graph, window, 0.72);
  assert.ok(wrapped);
  const ends = nodes.flatMap(({ x }, i) => (i > 0 && x < nodes[i - 1].x ? [i] : []));
  assert.deepEqual(ends, [6]);
});
