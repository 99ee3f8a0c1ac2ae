import assert from "node:assert/strict";
import test from "node:test";
import { unitsIn } from "../../static/js/panels/find/units.js";
import { placing, signOf, widthOf } from "../../static/js/plots/units.js";
import { frameAt } from "../../static/js/timeline/frame.js";
import { endOf } from "../../static/js/timeline/cues.js";
import { COVERED } from "../../static/js/trace/covered.js";
import { layersOf } from "../../static/js/trace/layers.js";
import { loaded } from "./fixtures/load.js";

const { trace, cues } = loaded("mlp");
const { network } = layersOf(trace);
assert.ok(network);
const at = (/** @type {number} */ time, gradients = false) => unitsIn(frameAt(trace, cues, time), network, gradients);

test("what is not computed yet is no number, and weights are there from the start", () => {
  const start = at(0);
  assert.deepEqual(
    start.columns.map(({ numbers }) => numbers !== null),
    [true, false, false],
  );
  assert.ok(start.weights.every(({ flat }) => flat !== null));
  assert.ok(at(0, true).weights.every(({ flat }) => flat === null));
});

test("at the end a unit has its node's number, and a line its weight's gradient", () => {
  const end = endOf(cues);
  const { columns, weights, largest } = at(end, true);
  const node = (/** @type {string} */ id) => trace.nodes[trace.byId.get(id) ?? -1];
  assert.deepEqual(columns[1].numbers, node("h").grad?.flat);
  assert.deepEqual(weights[0].flat, node("W1").grad?.flat);
  assert.equal(weights[0].placeOf(1, 2), 5);
  assert.equal(largest, Math.max(...["W1", "W2"].flatMap((id) => node(id).grad?.flat.map(Math.abs) ?? [])));
});

test("a sign is told by more than a colour, and zero is no thin positive line", () => {
  assert.deepEqual([1, -1, 0, -0, NaN, null, COVERED].map(signOf), [
    "positive",
    "negative",
    "zero",
    "zero",
    "nonfinite",
    "waiting",
    "covered",
  ]);
  assert.ok(widthOf(2, 2) > widthOf(1, 2) && widthOf(-1, 2) === widthOf(1, 2));
  assert.ok(Number.isFinite(widthOf(Infinity, 0)));
});

test("units stand within the picture and do not touch each other", () => {
  for (const [width, height] of [
    [360, 400],
    [700, 600],
  ])
    for (const counts of [
      [2, 3, 1],
      [2, 64, 64, 10],
    ]) {
      const columns = counts.map((count) => ({ count }));
      const { at: place, radius } = placing(columns, { width, height });
      counts.forEach((count, k) => {
        for (const unit of [0, Math.min(count, 20) - 1]) {
          const [x, y] = place(k, unit);
          assert.ok(x - radius >= 0 && x + radius <= width && y - radius >= 0 && y + radius <= height);
        }
        if (count > 1) assert.ok(place(k, 1)[1] - place(k, 0)[1] >= 2 * radius);
      });
    }
});
