import assert from "node:assert/strict";
import test from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { toDot } from "../../static/js/layout/dot.js";
import { readLayout } from "../../static/js/layout/read.js";
import { withoutTrunks } from "../../static/js/layout/trunks.js";

const graphviz = await Graphviz.load();

/**
 * A chain of turns that share `W`, the first node.
 * @param {number} turns @param {"LR" | "TB"} direction @returns {import("../../static/js/layout/dot.js").LayoutGraph}
 */
function chain(turns, direction) {
  const nodes = Array.from({ length: turns + 1 }, (_, i) => ({ key: `n${i}`, width: 80, height: 40, group: null }));
  const shared = Array.from({ length: turns }, (_, i) => ({ source: 0, target: i + 1 }));
  const passed = Array.from({ length: turns - 1 }, (_, i) => ({ source: i + 1, target: i + 2 }));
  return { nodes, edges: [...shared, ...passed], groups: [], direction };
}

/** @param {import("../../static/js/layout/dot.js").LayoutGraph} graph */
function laidOut(graph) {
  const { core, expanded } = withoutTrunks(graph);
  return {
    core,
    layout: expanded(readLayout(JSON.parse(graphviz.layout(toDot(core), /** @type {any} */ ("json0"), "dot")), core)),
  };
}

for (const direction of /** @type {const} */ (["LR", "TB"])) {
  test(`what all turns use runs beside them, ${direction}`, () => {
    const graph = chain(12, direction);
    const { core, layout } = laidOut(graph);
    assert.equal(core.edges.length, 12, "one line to the first turn is left, and the chain");
    assert.equal(layout.edges.length, graph.edges.length);
    const across = direction === "LR";
    graph.edges.forEach(({ source, target }, i) => {
      const points = layout.edges[i];
      assert.equal(points.length % 3, 1, "a spline");
      const [from, to] = [layout.nodes[source], layout.nodes[target]];
      const [first, last] = [points[0], points[points.length - 1]];
      const near = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) < 1.5;
      if (across) {
        assert.ok(near(first.x, from.x + 40) && near(last.x, to.x - 40) && near(last.y, to.y));
      } else assert.ok(near(first.y, from.y + 20) && near(last.y, to.y - 20) && near(last.x, to.x));
      // Within the drawing, and through no node.
      for (const { x, y } of points) {
        assert.ok(x >= -1 && y >= -1 && x <= layout.width + 1 && y <= layout.height + 1);
        for (const at of layout.nodes) assert.ok(Math.abs(x - at.x) > 38 || Math.abs(y - at.y) > 18);
      }
    });
  });
}

test("a few lines that skip ranks are drawn one by one, and so are those to one rank", () => {
  const few = chain(5, "LR");
  assert.equal(withoutTrunks(few).core, few);
  const heads = Array.from({ length: 9 }, (_, i) => ({ key: `h${i}`, width: 80, height: 40, group: null }));
  const fan = { ...few, nodes: heads, edges: heads.slice(1).map((_, i) => ({ source: 0, target: i + 1 })) };
  assert.equal(withoutTrunks(fan).core, fan);
});
