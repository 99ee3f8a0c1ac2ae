import assert from "node:assert/strict";
import test from "node:test";
import { beginningWith, fitting } from "../../static/js/panels/editor/network/fitting.js";

const OPTIONS = {
  activations: ["identity", "relu", "sigmoid", "softmax"],
  losses: [
    { name: "mse", outputs: ["identity", "relu", "sigmoid", "softmax"] },
    { name: "cross_entropy", outputs: ["identity", "softmax"] },
  ],
  inits: ["he"],
  data: [
    { name: "moons", title: "two moons", inputs: 2, classes: 2, noise: 0.1 },
    { name: "sine", title: "a sine", inputs: 1, classes: 0, noise: 0.1 },
  ],
  features: [],
};
/** @param {string[]} activations @param {"mse" | "cross_entropy"} loss @returns {import("../../static/js/types.js").Network} */
const network = (activations, loss) => ({
  inputs: 2,
  layers: activations.map((activation) => ({ units: 2, activation })),
  loss,
  init: "he",
  random_seed: 0,
  batch: 1,
  data: null,
  noise: null,
  points: null,
  features: [],
  residual: false,
  norm: false,
  dropout: 0,
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

test("data decide inputs and outputs, and numbers are no classes", () => {
  const built = network(["relu", "softmax"], "cross_entropy");
  const two = fitting({ ...built, inputs: 5, data: "moons" }, OPTIONS);
  assert.deepEqual([two.inputs, two.layers[1].units, two.loss], [2, 2, "cross_entropy"]);
  const one = fitting({ ...built, data: "sine" }, OPTIONS);
  assert.deepEqual([one.inputs, one.layers[1].units, one.loss], [1, 1, "mse"]);
  assert.equal(one.layers[1].activation, "identity");
  const free = network(["relu"], "mse");
  assert.equal(fitting(free, OPTIONS), free);
});

test("a choice of data brings its examples and a loss along", () => {
  assert.equal(beginningWith(OPTIONS.data[0]).loss, "binary_cross_entropy");
  assert.equal(beginningWith(OPTIONS.data[1]).loss, "mse");
  assert.deepEqual(beginningWith(undefined), { data: null, noise: null, batch: 1 });
});

test("own points decide as data do: of three classes each has a unit", () => {
  const three = fitting(network(["relu", "relu"], "mse"), OPTIONS, { inputs: 2, classes: 3 });
  assert.deepEqual([three.loss, three.layers[1]], ["cross_entropy", { units: 3, activation: "softmax" }]);
  const pairs = { ...OPTIONS, features: [{ name: "product", title: "", line: "", pairs: true }] };
  const line = fitting({ ...network(["relu"], "mse"), features: ["product"] }, pairs, { inputs: 1, classes: 0 });
  assert.deepEqual([line.inputs, line.features], [1, []]);
});
