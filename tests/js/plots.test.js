import assert from "node:assert/strict";
import { test } from "node:test";
import { programOf, stackProgram } from "../../static/js/activations/ask.js";
import { verdict } from "../../static/js/activations/card.js";
import { drawnOf } from "../../static/js/activations/functions.js";
import { describeDepth, stacked } from "../../static/js/activations/stack.js";
import { rangeOf } from "../../static/js/plots/activation.js";
import { decadesOf } from "../../static/js/plots/depth.js";
import { linePath } from "../../static/js/plots/path.js";
import { linear, logarithmic, ticks } from "../../static/js/plots/scale.js";
import { cornersOf, stateOf, zonesOf } from "../../static/js/plots/zones.js";

const XS = Array.from({ length: 65 }, (_, i) => -4 + i / 8);
/** @param {(x: number) => number} y @param {(x: number) => number} dy */
const curve = (y, dy) => ({ x: XS, y: XS.map(y), dy: XS.map(dy) });
const sigmoid = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));
const SIGMOID = curve(sigmoid, (x) => sigmoid(x) * (1 - sigmoid(x)));
const RELU = curve(
  (x) => Math.max(x, 0),
  (x) => (x > 0 ? 1 : 0),
);
const ABS = curve(Math.abs, Math.sign);

test("scales lead there and back", () => {
  const px = linear([-4, 4], [30, 330]);
  assert.equal(px(-4), 30);
  assert.equal(px(0), 180);
  assert.equal(px.invert(px(1.25)), 1.25);
  const py = logarithmic([1e-8, 1], [200, 0]);
  assert.equal(py(1e-4), 100);
  assert.ok(Math.abs(py.invert(py(3e-5)) / 3e-5 - 1) < 1e-12);
});

/** @type {[number, number, number, number[]][]} */
const TICKS = [
  [0, 10, 5, [0, 2, 4, 6, 8, 10]],
  [-4, 4, 8, [-4, -3, -2, -1, 0, 1, 2, 3, 4]],
  [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [2.1, 79.3, 4, [20, 40, 60]],
  [0.1, 0.3, 2, [0.1, 0.2, 0.3]],
  [5, 5, 4, []],
  [0, Infinity, 4, []],
];
for (const [low, high, wanted, expected] of TICKS) {
  test(`round numbers from ${low} to ${high}`, () => assert.deepEqual(ticks(low, high, wanted), expected));
}

test("a line is torn where there is no number, and where it is said to be", () => {
  assert.equal(linePath([0, 1, 2, 3], [5, NaN, 6, 7]), "M0 5M2 6L3 7");
  assert.equal(
    linePath([0, 1, 2], [5, 6, 7], (i) => i === 2),
    "M0 5L1 6M2 7",
  );
  assert.equal(linePath([0, 1], [5, 1e9]), "M0 5L1 4000");
});

test("sigmoid saturates on both sides, out to the edges", () => {
  const zones = zonesOf(SIGMOID);
  assert.deepEqual(
    zones.map(({ kind }) => kind),
    ["saturated", "saturated"],
  );
  // Where the slope is 0.05: y = (1 + sqrt(0.8)) / 2, x = ln(y / (1 - y)).
  const edge = Math.log((1 + Math.sqrt(0.8)) / (1 - Math.sqrt(0.8)));
  assert.ok(zones[0].from === -4 && Math.abs(zones[0].to + edge) < 1 / 8);
  assert.ok(zones[1].to === 4 && Math.abs(zones[1].from - edge) < 1 / 8);
});

test("relu is dead up to its corner", () => {
  assert.deepEqual(zonesOf(RELU), [{ from: -4, to: 0, kind: "dead" }]);
  assert.deepEqual(cornersOf(RELU), [{ index: 32, x: 0, slope: 0, before: 0, after: 1 }]);
});

test("a corner is where the slope jumps most, and a bend is none", () => {
  assert.deepEqual(
    cornersOf(ABS).map(({ x, before, after }) => [x, before, after]),
    [[0, -1, 1]],
  );
  assert.deepEqual(cornersOf(SIGMOID), []);
});

test("the bottom of a valley is flat for a moment, not saturated", () => {
  assert.deepEqual(
    zonesOf(
      curve(
        (x) => x * x,
        (x) => 2 * x,
      ),
    ),
    [],
  );
});

test("what a slope means for a gradient", () => {
  assert.equal(stateOf(0), "dead");
  assert.equal(stateOf(-0.049), "saturated");
  assert.equal(stateOf(0.05), "open");
  assert.equal(stateOf(NaN), "undefined");
  assert.match(verdict(0.0177), /0.018 of a gradient of 1 comes through/);
  assert.equal(verdict(0.25), "");
  assert.match(verdict(0), /^Dead/);
});

test("a plot shows all values, unless they run away", () => {
  const [low, high] = rangeOf(RELU, RELU);
  assert.ok(low < 0 && low > -0.5 && high > 4 && high < 4.5);
  const own = { x: [-3, 2], y: [0.05, 7.4], dy: [0.05, 7.4] };
  assert.ok(rangeOf(curve(Math.exp, Math.exp), own)[1] < 20);
});

test("the scale of depth holds still, and makes room for what is smaller or larger", () => {
  assert.deepEqual(decadesOf([0.25, 0.06, 0.01]), [-8, 0]);
  assert.deepEqual(decadesOf([1e-11, 0, NaN]), [-11, 0]);
  assert.deepEqual(decadesOf([3, 250]), [-8, 3]);
});

test("programs give each function an x of its own", () => {
  assert.equal(programOf(["relu", "silu"]), "a0 = relu(x0)\na1 = silu(x1)\ntotal = a0 + a1");
  assert.equal(stackProgram("tanh", 2), "a0 = tanh(x0)\na1 = tanh(tanh(x1))\ntotal = a0 + a1");
  assert.equal(stacked("tanh", 3), "h1 = tanh(x)\nh2 = tanh(h1)\nh3 = tanh(h2)");
});

test("what is left after a stack is stated", () => {
  assert.match(
    describeDepth("sigmoid", 10, 1.385e-7),
    /^After 10 sigmoids, 1.385e−7 is left of a gradient of 1: the product of 10 slopes/,
  );
  assert.match(describeDepth("sigmoid", 1, 0.25), /^After one sigmoid, 0.25 is left/);
  assert.match(describeDepth("relu", 3, 0), /nothing is left/);
  assert.match(describeDepth("log", 2, NaN), /no number/);
});

test("functions are drawn as the catalogue lists them, activations first", () => {
  const small = { x: [0], y: [0], dy: [1] };
  const op = {
    kind: "elementwise",
    arity: [1, 1],
    latex: "",
    signature: "",
    example: "",
    summary: "",
    kink: null,
    definition: "x",
    derivative: "1",
  };
  const table = {
    ops: [
      { ...op, name: "sin", family: "functions", curve: small },
      { ...op, name: "new", family: "activations", curve: small },
      { ...op, name: "add", family: "arithmetic", curve: null, definition: null, derivative: null },
    ],
    functions: [
      {
        name: "gate",
        signature: "",
        summary: "",
        source: "",
        definition: "x",
        derivative: "1",
        letters: [],
        curve: small,
      },
      {
        name: "softmax",
        signature: "",
        summary: "",
        source: "",
        definition: null,
        derivative: null,
        letters: [],
        curve: null,
      },
    ],
    syntax: [],
    network: null,
    optimizers: [],
  };
  assert.deepEqual(
    drawnOf(table).map(({ name, activation, composed }) => [name, activation, composed]),
    [
      ["new", true, false],
      ["gate", true, true],
      ["sin", false, false],
    ],
  );
});
