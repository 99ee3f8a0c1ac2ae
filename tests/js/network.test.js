import assert from "node:assert/strict";
import test from "node:test";
import { fitting } from "../../static/js/panels/editor/network.js";

const OPTIONS = {
  activations: ["identity", "relu", "sigmoid", "softmax"],
  losses: [
    { name: "mse", outputs: ["identity", "relu", "sigmoid", "softmax"] },
    { name: "cross_entropy", outputs: ["identity", "softmax"] },
  ],
  inits: ["he"],
};
/** @param {string[]} activations @param {"mse" | "cross_entropy"} loss @returns {import("../../static/js/types.js").Network} */
const network = (activations, loss) => ({
  inputs: 2,
  layers: activations.map((activation) => ({ units: 2, activation })),
  loss,
  init: "he",
  random_seed: 0,
});

test("a loss that applies an activation itself brings it along", () => {
  assert.deepEqual(
    fitting(network(["relu", "relu"], "cross_entropy"), OPTIONS),
    network(["relu", "softmax"], "cross_entropy"),
  );
});

test("what the server takes stays as it is", () => {
  for (const [last, loss] of /** @type {const} */ ([
    ["identity", "cross_entropy"],
    ["softmax", "cross_entropy"],
    ["relu", "mse"],
  ])) {
    const fits = network(["softmax", last], loss);
    assert.equal(fitting(fits, OPTIONS), fits);
  }
});

test("until the server has said what there is, nothing is changed", () => {
  const any = network(["sin"], "cross_entropy");
  assert.equal(fitting(any, null), any);
});
