import assert from "node:assert/strict";
import test from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { drawingOf } from "../../static/js/graph/drawing.js";
import { toDot } from "../../static/js/layout/dot.js";
import { stableLayout } from "../../static/js/layout/stable_order.js";
import { ranksOf, swapsIn } from "../../static/js/layout/order.js";
import { readLayout } from "../../static/js/layout/read.js";
import { readTrace } from "../../static/js/trace/trace.js";
import { recorded } from "./fixtures/load.js";

const wasm = await Graphviz.load();
const graphviz = (/** @type {string} */ dot) => JSON.parse(wasm.layout(dot, /** @type {any} */ ("json0"), "dot"));

/** @typedef {import("../../static/js/types.js").Trace} Trace @typedef {"LR" | "TB"} Direction */

/** @param {Trace} trace @param {ReadonlySet<string>} open @param {Direction} direction */
function pictured(trace, open, direction) {
  const drawing = drawingOf(trace, open);
  const graph = {
    nodes: drawing.items.map((item, i) => {
      const { shape } = trace.nodes[item.kind === "node" ? item.node : item.result];
      const single = shape.every((size) => size === 1);
      return { key: item.key, width: single ? 90 : 230, height: single ? 75 : 200, group: drawing.within[i] };
    }),
    edges: drawing.lines.map(({ source, target }) => ({ source, target })),
    groups: drawing.boxes.map((box) => trace.groups[box]),
    direction,
  };
  return graph;
}

/** @param {Trace} trace @param {string} id @returns {Set<string>} the group and those around it */
function opening(trace, id) {
  const open = new Set();
  for (
    let at = /** @type {string | null} */ (id);
    at !== null;
    at = trace.groups.find((group) => group.id === at)?.parent ?? null
  )
    open.add(at);
  return open;
}

/** @param {{nodes: {key: string}[]}} graph @param {import("../../static/js/layout/read.js").Point[]} places @returns {Map<string, any>} */
const remembering = ({ nodes }, places) => new Map(nodes.map(({ key }, i) => [key, places[i]]));

test("whichever group opens, nobody else changes places", async () => {
  let freely = 0;
  for (const name of /** @type {const} */ (["softmax", "nested", "transformer"])) {
    const trace = readTrace(recorded(name));
    for (const direction of /** @type {const} */ (["LR", "TB"])) {
      const closed = pictured(trace, new Set(), direction);
      const former = remembering(closed, (await stableLayout(closed, new Map(), graphviz)).nodes);
      for (const { id } of trace.groups) {
        const opened = pictured(trace, opening(trace, id), direction);
        freely += swapsIn(opened, readLayout(graphviz(toDot(opened)), opened), former);
        assert.equal(
          swapsIn(opened, await stableLayout(opened, former, graphviz), former),
          0,
          `${name} ${direction} ${id}`,
        );
      }
    }
  }
  assert.ok(freely > 0, "without help they would");
});

test("boxes that are held together by their borders hold nobody else", async () => {
  const trace = readTrace(recorded("transformer"));
  const closed = pictured(trace, new Set(), "LR");
  const before = await stableLayout(closed, new Map(), graphviz);
  const opened = pictured(trace, opening(trace, "h/self_attention/attention"), "LR");
  // Everything upside down, so that the free layout cannot be right.
  const former = remembering(
    closed,
    before.nodes.map(({ x, y }) => ({ x, y: -y })),
  );
  const { nodes, groups, width, height } = await stableLayout(opened, former, graphviz);
  const parents = new Map(opened.groups.map(({ id, parent }) => [id, parent]));
  groups.forEach((box, g) => {
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height);
    nodes.forEach(({ x, y }, i) => {
      let inside = false;
      for (let at = opened.nodes[i].group; at !== null; at = parents.get(at) ?? null)
        inside ||= at === opened.groups[g].id;
      const { key, width, height } = opened.nodes[i];
      const apart =
        x + width / 2 <= box.x ||
        x - width / 2 >= box.x + box.width ||
        y + height / 2 <= box.y ||
        y - height / 2 >= box.y + box.height;
      assert.equal(apart, !inside, `${key} and ${opened.groups[g].id}`);
    });
  });
});

test("ranks are counted along the flow", () => {
  const graph = pictured(readTrace(recorded("fork")), new Set(), "LR");
  assert.deepEqual(ranksOf(graph, readLayout(graphviz(toDot(graph)), graph)), [0, 0, 1, 2]);
});
