import assert from "node:assert/strict";
import test from "node:test";
import { positionsIn, stableLayout } from "../../static/js/layout/stable_order.js";
import { swapsIn } from "../../static/js/layout/order.js";

/** @type {any} */
const GRAPH = {
  nodes: [{ key: "a" }, { key: "b" }, { key: "c" }].map((node) => ({ ...node, width: 80, height: 60, group: null })),
  edges: [],
  groups: [],
  direction: "LR",
};

/** @param {[number, number][]} points @returns {any} */
const layout = (points) => ({
  nodes: points.map(([x, y]) => ({ x, y })),
  edges: [],
  groups: [],
  width: 0,
  height: 0,
  direction: "LR",
});
/** The same as Graphviz tells it. @param {[number, number][]} points @returns {any} */
const answer = (points) => ({
  bb: "0,0,200,200",
  objects: points.map(([x, y], i) => ({ name: `n${i}`, _gvid: i, pos: `${x},${200 - y}` })),
});
const former = new Map([
  ["a", { x: 10, y: 0 }],
  ["b", { x: 10, y: 100 }],
  ["c", { x: 200, y: 0 }],
]);

test("who shared a rank or shares one now and stands the other way round is a swap", () => {
  assert.equal(
    swapsIn(
      GRAPH,
      layout([
        [50, 0],
        [50, 80],
        [90, 0],
      ]),
      former,
    ),
    0,
  );
  assert.equal(
    swapsIn(
      GRAPH,
      layout([
        [50, 80],
        [50, 0],
        [90, 0],
      ]),
      former,
    ),
    1,
  );
  // They have come apart, and still the one is below the other that was above it.
  assert.equal(
    swapsIn(
      GRAPH,
      layout([
        [50, 80],
        [90, 0],
        [150, 0],
      ]),
      former,
    ),
    1,
  );
  // b and c have met only now; c was above.
  assert.equal(
    swapsIn(
      GRAPH,
      layout([
        [50, 0],
        [90, 50],
        [90, 90],
      ]),
      former,
    ),
    1,
  );
});

test("asks again, with everything in its order, until nobody has changed places", async () => {
  /** @type {string[]} */
  const asked = [];
  const found = await stableLayout(GRAPH, former, (/** @type {string} */ dot) => {
    asked.push(dot);
    return asked.length > 1
      ? answer([
          [50, 0],
          [50, 80],
          [90, 0],
        ])
      : answer([
          [50, 80],
          [50, 0],
          [90, 0],
        ]);
  });
  assert.ok(found.nodes[0].y < found.nodes[1].y);
  assert.equal(asked.length, 2);
  assert.match(asked[1], /rank=same.* r0 -> n0 -> n1 /);
});

test("a first picture is asked for once", async () => {
  let asked = 0;
  await stableLayout(GRAPH, new Map(), () => {
    asked += 1;
    return answer([
      [50, 80],
      [50, 0],
      [90, 0],
    ]);
  });
  assert.equal(asked, 1);
});

test("in a layout that runs another way, what stood above stands to the left", () => {
  const before = layout([
    [0, 5],
    [10, 20],
    [30, 40],
  ]);
  assert.deepEqual(positionsIn(GRAPH, before, "LR").get("b"), { x: 10, y: 20 });
  assert.deepEqual(positionsIn(GRAPH, before, "TB").get("b"), { x: 20, y: 10 });
});
