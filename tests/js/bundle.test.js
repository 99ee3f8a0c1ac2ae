import assert from "node:assert/strict";
import test from "node:test";
import { besideIn, elementsOf, bundledNode, bundledState } from "../../static/js/graph/bundle.js";

const one = (/** @type {number} */ x) => ({ shape: [], flat: [x] });
/** @param {string[]} ids @returns {any} */
const traceOf = (ids) => ({ nodes: ids.map((id, i) => ({ id, value: one(i), grad: one(10 + i) })) });
/** @param {object} state @returns {any} */
const state = (state) => ({
  value: one(1),
  grad: one(2),
  progress: "done",
  look: "lit",
  level: 0.5,
  over: 0,
  active: "",
  adding: null,
  ...state,
});

test("elements are bundled in row-major order, wherever they were computed", () => {
  const trace = traceOf(["h[1,0]", "h[0,0]", "h[0,1]", "h[1,1]"]);
  const elements = elementsOf(trace, [0, 1, 2, 3]);
  assert.deepEqual(elements, { nodes: [1, 2, 0, 3], shape: [2, 2] });
  const node = bundledNode(trace, /** @type {any} */ (elements), trace.nodes[3]);
  assert.deepEqual(
    [node.value, node.grad],
    [
      { shape: [2, 2], flat: [1, 2, 0, 3] },
      { shape: [2, 2], flat: [11, 12, 10, 13] },
    ],
  );
});

test("equal terms are one vector of what each comes to, where that is a number and is told", () => {
  const trace = {
    ...traceOf(["t1", "k", "t2"]),
    byId: new Map([
      ["t1", 0],
      ["t2", 2],
    ]),
  };
  assert.deepEqual(besideIn(trace, { turns: ["t1", "t2"] }), { nodes: [0, 2], shape: [2] });
  assert.equal(besideIn(trace, { turns: ["t1", "t3"] }), null);
  trace.nodes[2].value = { shape: [2], flat: [1, 2] };
  assert.equal(besideIn(trace, { turns: ["t1", "t2"] }), null);
});

test("what is not one whole array is not taken for one", () => {
  assert.equal(elementsOf(traceOf(["h[0]"]), [0]), null, "a single number");
  assert.equal(elementsOf(traceOf(["h[0]", "g"]), [0, 1]), null, "another thing as well");
  assert.equal(elementsOf(traceOf(["h[0]", "h[2]"]), [0, 1]), null, "one is missing");
});

test("the state of an array: no number before each has its own, and the brightest light", () => {
  const elements = { nodes: [0, 1], shape: [2] };
  const half = bundledState(elements, [
    state({}),
    state({ value: null, grad: null, progress: "waiting", look: "dark", level: 0 }),
  ]);
  assert.deepEqual([half.value, half.grad, half.progress, half.look], [null, null, "waiting", "lit"]);
  const whole = bundledState(elements, [state({ level: 0.2 }), state({ level: 0.9, active: "backward" })]);
  assert.deepEqual(
    [whole.grad, whole.level, whole.active, whole.progress],
    [{ shape: [2], flat: [2, 2] }, 0.9, "backward", "done"],
  );
  assert.equal(
    bundledState(elements, [state({ level: 0.9 }), state({ look: "nonfinite", level: 1 })]).look,
    "nonfinite",
  );
  const none = state({ grad: null, progress: "none", look: "dark" });
  assert.equal(bundledState(elements, [none, none]).progress, "none");
});
