import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  elementName,
  equalSign,
  format,
  formatApart,
  formatDifference,
  formatFactor,
  formatPower,
  formatShape,
  formatTensor,
  parseNumber,
  shapeLabel,
} from "../../static/js/words/format.js";

/** The engine writes its sentences with the same table. */
const TABLE = JSON.parse(readFileSync(new URL("../tables/figures.json", import.meta.url), "utf8"));

for (const [number, text] of TABLE.numbers) {
  test(`${number} reads ${text}`, () => assert.equal(format(number === null ? null : Number(number)), text));
}
test("what is not there yet", () => assert.equal(format(undefined), "·"));

test("no number ever reads as a negative zero", () => {
  for (let i = -40; i < 40; i += 1) assert.doesNotMatch(format(-(10 ** (i / 2))), /^−0(\.0*)?$/);
});

test("tensors on one line", () => {
  assert.equal(formatTensor(null), "·");
  for (const [shape, flat, text] of TABLE.tensors) assert.equal(formatTensor({ shape, flat: flat.map(Number) }), text);
});

test("a negative factor stands in brackets", () => {
  for (const [number, text] of TABLE.factors) assert.equal(formatFactor(number), text);
});

test("shapes and elements have names", () => {
  assert.equal(formatShape([]), "scalar");
  assert.equal(formatShape([3]), "vector of 3");
  assert.equal(formatShape([2, 3]), "2×3");
  assert.deepEqual([[], [1, 1], [3], [2, 3]].map(shapeLabel), ["", "", "3", "2×3"]);
  assert.equal(elementName("x", [2, 1], 1), "x₁");
  assert.equal(elementName("b", [1, 1], 0), "b");
  assert.equal(elementName("W", [2, 3], 5), "W₁‚₂");
});

test("powers of ten on an axis", () => {
  assert.deepEqual(
    [1e-8, 0.1, 1, 10, 1e4].map((x) => formatPower(x)),
    ["1e−8", "1e−1", "1", "1e1", "1e4"],
  );
  assert.deepEqual(
    [1e-3, 0.01, 1, 1000, 1e4].map((x) => formatPower(x, -2, 3)),
    ["1e−3", "0.01", "1", "1000", "1e4"],
  );
});

test("what people type as a number", () => {
  assert.equal(parseNumber(" −1.5 "), -1.5);
  assert.equal(parseNumber("0,5"), 0.5);
  assert.equal(parseNumber("1e-3"), 0.001);
  assert.ok(Number.isNaN(parseNumber("")));
  assert.ok(Number.isNaN(parseNumber("b1")));
});

test("a difference that is shown holds as it is shown", () => {
  assert.deepEqual(formatDifference(1.0000001, 1), { left: "1.0000001 − 1", sign: "=", right: "1e−7" });
  assert.deepEqual(formatDifference(3.5, -2), { left: "3.5 − (−2)", sign: "=", right: "5.5" });
  for (let i = 1; i < 200; i += 1) {
    const [a, b] = [Math.sin(i) * 10 ** (i % 7), Math.sin(i) * 10 ** (i % 7) + Math.cos(i) * 10 ** -(i % 11)];
    const { left, sign, right } = formatDifference(a, b);
    const [first, second] = left.split(" − ").map((text) => parseNumber(text.replace("(", "").replace(")", "")));
    if (sign === "=") assert.equal(format(first - second), right);
    assert.equal(right, format(a - b));
  }
});

test("a product says whether it holds as it is shown", () => {
  assert.equal(equalSign(["2", "−0.5"], "−1"), "=");
  assert.equal(equalSign(["0.3333", "0.1"], "0.033333"), "≈");
  assert.equal(equalSign(["0.3", "0.1"], "0.03"), "=");
});

test("two numbers are told apart by as many digits as it takes", () => {
  assert.deepEqual(formatApart(1, 1.0000001), ["1", "1.0000001"]);
  assert.deepEqual(formatApart(0.5, 1), ["0.5", "1"]);
  assert.deepEqual(formatApart(2, 2), ["2", "2"]);
});
