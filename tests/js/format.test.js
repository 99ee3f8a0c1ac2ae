import assert from "node:assert/strict";
import test from "node:test";
import { elementName, format, formatFactor, formatShape, formatTensor, parseNumber } from "../../static/js/format.js";

/** @type {[number | null | undefined, string][]} */
const NUMBERS = [
  [null, "·"], [undefined, "·"], [0, "0"], [-0, "0"], [1, "1"], [-1, "−1"], [0.5, "0.5"], [2.0, "2"],
  [1 / 3, "0.3333"], [-0.00004, "−4e−5"], [1e-9, "1e−9"], [12345, "12345"], [123456, "1.235e5"], [-1.005e7, "−1.005e7"],
  [99999.9, "100000"], [0.001, "0.001"], [13.00000000001, "13"], [NaN, "NaN"], [Infinity, "∞"], [-Infinity, "−∞"],
];
for (const [number, text] of NUMBERS) {
  test(`${String(number)} reads ${text}`, () => assert.equal(format(number), text));
}

test("no number ever reads as a negative zero", () => {
  for (let i = -40; i < 40; i += 1) assert.doesNotMatch(format(-(10 ** (i / 2))), /^−0(\.0*)?$/);
});

test("tensors on one line", () => {
  assert.equal(formatTensor(null), "·");
  assert.equal(formatTensor({ shape: [], flat: [2] }), "2");
  assert.equal(formatTensor({ shape: [1, 2], flat: [1, -1] }), "[1  −1]");
  assert.equal(formatTensor({ shape: [2, 1], flat: [1, 2] }), "[1  2]ᵀ");
  assert.equal(formatTensor({ shape: [2, 2], flat: [1, 2, 3, 4] }), "[1  2; 3  4]");
  assert.equal(formatTensor({ shape: [5], flat: [3, 1, -2, 0, 5] }), "−2 … 5");
  assert.equal(formatTensor({ shape: [0], flat: [] }), "empty");
});

test("a negative factor stands in brackets", () => {
  assert.equal(formatFactor(-2), "(−2)");
  assert.equal(formatFactor(2), "2");
});

test("shapes and elements have names", () => {
  assert.equal(formatShape([]), "scalar");
  assert.equal(formatShape([3]), "vector of 3");
  assert.equal(formatShape([2, 3]), "2×3");
  assert.equal(elementName("x", [2, 1], 1), "x₁");
  assert.equal(elementName("b", [1, 1], 0), "b");
  assert.equal(elementName("W", [2, 3], 5), "W₁‚₂");
});

test("what people type as a number", () => {
  assert.equal(parseNumber(" −1.5 "), -1.5);
  assert.equal(parseNumber("0,5"), 0.5);
  assert.equal(parseNumber("1e-3"), 0.001);
  assert.ok(Number.isNaN(parseNumber("")));
  assert.ok(Number.isNaN(parseNumber("b1")));
});
