import assert from "node:assert/strict";
import test from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { isLarge, satellitesOf } from "../../static/js/graph/satellites.js";
import { overlap } from "../../static/js/layout/boxes.js";
import { skipping, toDot } from "../../static/js/layout/dot.js";
import { readLayout } from "../../static/js/layout/read.js";
import { withoutSatellites } from "../../static/js/layout/satellites.js";
import { shortAddress } from "../../static/js/words/names.js";
import { loaded } from "./fixtures/load.js";

const graphviz = await Graphviz.load();

/** @param {ReturnType<typeof loaded>} given @param {import("../../static/js/graph/satellites.js").Parameters} [wish] */
const beside = ({ trace, drawing }, wish = "auto") =>
  Object.fromEntries(
    [...satellitesOf(trace, drawing, wish)].map(([{ key }, { host }]) => [
      key,
      host === null ? "shared" : drawing.items[host].key,
    ]),
  );

test("a parameter stands beside the only item that uses it", () => {
  const closed = loaded("transformer", new Set());
  assert.ok(isLarge(closed.trace));
  const hosts = beside(closed);
  assert.equal(hosts.Wq, hosts.Wo);
  assert.equal(hosts.W1, hosts.W2);
  assert.notEqual(hosts.Wq, hosts.W1);
  // Opened, each stands beside the product that it is a part of.
  const ids = closed.trace.groups.map(({ id }) => id);
  const open = beside(loaded("transformer", new Set(ids)));
  assert.notEqual(open.Wq, open.Wk);
});

test("small programs keep their parameters in the flow, unless the reader wants them beside", () => {
  const mini = loaded("mini");
  assert.deepEqual(beside(mini), {});
  assert.deepEqual(beside(mini, "flow"), {});
  const wanted = beside(mini, "beside");
  assert.deepEqual(Object.keys(wanted).sort(), ["W1", "W2", "b1", "b2"]);
  assert.ok(!("x" in wanted), "data is the beginning of the flow");
  assert.deepEqual(beside(loaded("transformer", new Set()), "flow"), {});
});

test("of many only the light is drawn", () => {
  const { trace, drawing } = loaded("mini");
  const host = drawing.items.findIndex(({ key }) => key === "y");
  const lines = [...drawing.lines];
  const items = [...drawing.items];
  const W1 = /** @type {any} */ (items.find(({ key }) => key === "W1"));
  for (let i = 0; i < 7; i += 1) {
    items.push({ ...W1, key: `w${i}` });
    lines.push({ source: items.length - 1, target: host, edges: [] });
  }
  const found = satellitesOf(trace, { ...drawing, items, lines }, "beside");
  assert.ok(found.get(items[items.length - 1])?.tiny);
  assert.equal(found.get(W1)?.tiny, false);
});

const node = { width: 120, height: 80, group: null };
const chip = { width: 60, height: 26, group: null };
const graph = /** @type {import("../../static/js/layout/dot.js").LayoutGraph} */ ({
  nodes: [node, { ...chip, host: 2 }, node, { ...chip, host: 2 }, { ...chip, host: 2 }, node],
  edges: [
    { source: 0, target: 2 },
    { source: 1, target: 2 },
    { source: 3, target: 2 },
    { source: 4, target: 2 },
    { source: 2, target: 5 },
  ],
  groups: [],
  direction: "LR",
});

for (const direction of /** @type {const} */ (["LR", "TB"])) {
  test(`satellites stand around their host and cover nothing, ${direction}`, () => {
    const { core, expanded } = withoutSatellites({ ...graph, direction });
    assert.equal(core.nodes.length, 3);
    assert.deepEqual(core.edges, [
      { source: 0, target: 1 },
      { source: 1, target: 2 },
    ]);
    const answer = graphviz.layout(toDot(core), /** @type {any} */ ("json0"), "dot");
    const layout = expanded(readLayout(JSON.parse(answer), core));
    const boxes = graph.nodes.map(({ width, height }, i) => {
      const { x, y } = layout.nodes[i];
      return { x: x - width / 2, y: y - height / 2, width, height };
    });
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => assert.ok(!overlap(a, b))));
    for (const i of [1, 3, 4]) {
      const away = Math.hypot(layout.nodes[i].x - layout.nodes[2].x, layout.nodes[i].y - layout.nodes[2].y);
      assert.ok(away < 120, `${away}`);
    }
    // Every line ends at the border of what it leads to.
    graph.edges.forEach(({ source, target }, i) => {
      for (const [point, box] of /** @type {const} */ ([
        [layout.edges[i][0], boxes[source]],
        [/** @type {any} */ (layout.edges[i].at(-1)), boxes[target]],
      ])) {
        const across = Math.max(box.x - point.x, point.x - box.x - box.width, 0);
        const down = Math.max(box.y - point.y, point.y - box.y - box.height, 0);
        assert.ok(Math.hypot(across, down) < 2, `line ${i} ends ${across} and ${down} px away`);
      }
      assert.equal((layout.edges[i].length - 1) % 3, 0);
    });
  });
}

test("what several items share stands in one place, with one line to each", () => {
  const shared = { ...chip, shared: "4,5" };
  const whole = /** @type {import("../../static/js/layout/dot.js").LayoutGraph} */ ({
    nodes: [shared, shared, shared, node, node, node],
    edges: [
      ...[0, 1, 2].flatMap((source) => [4, 5].map((target) => ({ source, target }))),
      { source: 3, target: 4 },
      { source: 4, target: 5 },
    ],
    groups: [],
    direction: "LR",
  });
  const { core, expanded } = withoutSatellites(whole);
  assert.equal(core.nodes.length, 4);
  assert.equal(core.edges.length, 4);
  const answer = graphviz.layout(toDot(core), /** @type {any} */ ("json0"), "dot");
  const layout = expanded(readLayout(JSON.parse(answer), core));
  assert.deepEqual(layout.edges[0], layout.edges[2]);
  assert.notDeepEqual(layout.edges[0], layout.edges[1]);
  const boxes = whole.nodes.map(({ width, height }, i) => ({
    x: layout.nodes[i].x,
    y: layout.nodes[i].y,
    width,
    height,
  }));
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => assert.ok(!overlap(a, b))));
});

test("what joins the ends of a longer way is straight, but not what comes from outside the flow", () => {
  const edges = [
    { source: 0, target: 1 },
    { source: 1, target: 2 },
    { source: 2, target: 3 },
    { source: 1, target: 3 },
    { source: 4, target: 2 },
    { source: 4, target: 3 },
  ];
  assert.deepEqual([...skipping({ ...graph, nodes: Array(5).fill(node), edges })], [3]);
});

test("an address is shortened to its last name", () => {
  assert.deepEqual(["W1", "net.layers[0].W", 'params["W1"]', 'blocks[0]["heads"][0][1]', "Ws[3]"].map(shortAddress), [
    "W1",
    "W",
    "W1",
    "heads[0][1]",
    "Ws[3]",
  ]);
});
