import assert from "node:assert/strict";
import test from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { toDot } from "../../static/js/layout/dot.js";
import { pathOf, pointOn, readLayout, stretch } from "../../static/js/layout/read.js";
import { spaceRanks } from "../../static/js/layout/rank_spacing.js";

const graphviz = await Graphviz.load();

/** @param {any} graph @returns {import("../../static/js/layout/read.js").Layout} */
const layOut = (graph) =>
  readLayout(JSON.parse(graphviz.layout(toDot(graph), /** @type {any} */ ("json0"), "dot")), graph);

const box = { width: 80, height: 60, group: null };
const fork = {
  nodes: [box, box, { width: 80, height: 60, group: "g/h" }, box],
  edges: [
    { source: 0, target: 2 },
    { source: 1, target: 2 },
    { source: 2, target: 3 },
    { source: 2, target: 3 },
  ],
  groups: [
    { id: "g", name: "g", parent: null },
    { id: "g/h", name: "h", parent: "g" },
    { id: "empty", name: "<b>", parent: null },
  ],
  direction: "LR",
};

test("flows from left to right, or from top to bottom", () => {
  const across = layOut(fork).nodes;
  assert.ok(across[0].x < across[2].x && across[2].x < across[3].x);
  const down = layOut({ ...fork, direction: "TB" }).nodes;
  assert.ok(down[0].y < down[2].y && down[2].y < down[3].y);
});

test("inputs keep the order of their slots", () => {
  const { nodes } = layOut(fork);
  assert.ok(nodes[0].y < nodes[1].y);
});

test("edges end at the middle of their nodes' sides", () => {
  const { nodes, edges } = layOut(fork);
  fork.edges.forEach(({ source, target }, i) => {
    const [first, last] = [edges[i][0], /** @type {any} */ (edges[i].at(-1))];
    assert.ok(Math.abs(first.x - (nodes[source].x + 40)) < 2, "start");
    assert.ok(Math.abs(last.x - (nodes[target].x - 40)) < 2, "end");
    assert.ok(Math.abs(last.y - nodes[target].y) < 2);
    assert.equal((edges[i].length - 1) % 3, 0);
  });
});

test("two edges between the same nodes are two", () => {
  const { edges } = layOut(fork);
  assert.notDeepEqual(edges[2], edges[3]);
});

test("groups hold what is theirs, and empty ones are not drawn", () => {
  const { nodes, groups } = layOut(fork);
  const [outer, inner, empty] = groups;
  assert.ok(outer && inner && empty === null);
  assert.ok(outer.x < inner.x && outer.y < inner.y && outer.x + outer.width > inner.x + inner.width);
  assert.ok(inner.x < nodes[2].x - 40 && inner.x + inner.width > nodes[2].x + 40);
});

test("no name gets into the text for Graphviz", () => {
  assert.doesNotMatch(toDot(/** @type {any} */ (fork)), /<b>|g\/h/);
});

test("stretching moves ranks apart and keeps edges at their nodes", () => {
  const layout = layOut(fork);
  const wide = stretch(layout, fork, 2, 1.5);
  assert.equal(wide.width, layout.width);
  assert.ok(Math.abs(wide.height - layout.height * 1.5) < 1e-9);
  wide.edges.forEach((points, i) => {
    const { source } = fork.edges[i];
    assert.ok(Math.abs(points[0].y - wide.nodes[source].y) < 4);
  });
  assert.equal(stretch(layout, fork, 0.01), layout);
});

test("spreading widens the gaps between ranks where the window has room, and nothing else", () => {
  const layout = layOut(fork);
  const wide = spaceRanks(layout, fork, { width: 4000, height: layout.height }, 1.5, 2);
  assert.ok(wide.width > layout.width && wide.height === layout.height);
  // The gap between the inputs and the box of the outer group is twice as wide.
  const gap = (/** @type {typeof layout} */ { nodes, groups }) => /** @type {any} */ (groups[0]).x - (nodes[0].x + 40);
  assert.ok(Math.abs(gap(wide) - 2 * gap(layout)) < 1e-6);
  fork.edges.forEach(({ source, target }, i) => {
    const [first, last] = [wide.edges[i][0], /** @type {any} */ (wide.edges[i].at(-1))];
    assert.ok(
      Math.abs(first.x - (wide.nodes[source].x + 40)) < 2 && Math.abs(last.x - (wide.nodes[target].x - 40)) < 2,
    );
  });
  // No wider than the window, at the scale at which it is shown.
  const some = spaceRanks(layout, fork, { width: 1.1 * layout.width, height: layout.height }, 1.5, 9);
  assert.ok(Math.abs(some.width - 1.1 * layout.width) < 1e-6);
  assert.equal(spaceRanks(layout, fork, { width: layout.width, height: 2 * layout.height }, 1.5, 2), layout);
});

test("paths and points of a spline agree at both ends", () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 20, y: 30 },
    { x: 30, y: 30 },
  ];
  assert.equal(pathOf(points), "M0 0C10 0 20 30 30 30");
  assert.deepEqual(pointOn(points, 0), { x: 0, y: 0 });
  assert.ok(Math.abs(pointOn(points, 1).x - 30) < 1e-6);
});

test("a deep chain of groups does not recurse", () => {
  const depth = 3000;
  const groups = Array.from({ length: depth }, (_, i) => ({
    id: `g${i}`,
    name: "f",
    parent: i === 0 ? null : `g${i - 1}`,
  }));
  assert.ok(toDot({ nodes: [{ ...box, group: `g${depth - 1}` }], edges: [], groups, direction: "LR" }).length > 0);
});
