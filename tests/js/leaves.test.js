import assert from "node:assert/strict";
import test from "node:test";
import { leavesOf } from "../../static/js/trace/leaves.js";
import { loaded } from "./fixtures/load.js";

test("leaves as they are", () => {
  const { trace } = loaded("mini");
  assert.deepEqual(
    leavesOf(trace).map(({ id, tensor }) => [id, tensor.shape]),
    [
      ["W1", [1, 2]],
      ["x", [2, 1]],
      ["b1", [1, 1]],
      ["W2", [1, 1]],
      ["b2", [1, 1]],
    ],
  );
});

test("elements are put together again", () => {
  const { trace } = loaded("fork");
  const [x, y] = trace.leaves;
  const leaves = [
    { ...y, element: { leaf: "W", index: [1, 0] } },
    { ...x, name: "W[0,0]", element: { leaf: "W", index: [0, 0] } },
  ];
  assert.deepEqual(
    leavesOf({ ...trace, leaves }).map(({ id, tensor }) => [id, tensor]),
    [["W", { shape: [2, 1], flat: [2, 1] }]],
  );
});
