import assert from "node:assert/strict";
import test from "node:test";
import { CsvError, MOST, pointsIn, readCsv } from "../../static/js/points/csv.js";
import { literalOf, writtenArray } from "../../static/js/points/literal.js";
import {
  added,
  erased,
  linesOf,
  moved,
  namesIn,
  placeOf,
  pointsOf,
  rounded,
  windowOf,
  withPoints,
} from "../../static/js/points/points.js";

const TEXT = `import numpy as np
x = np.array([
    [0.0, 1.0],  # the first
    [2, -3e-1],
])
target = np.array([[0], [1]])
W = np.ones((2, 1))
loss = mse(x @ W, target)
`;

/** @param {Record<string, [string, number[]]>} inputs  name -> role and shape @returns {any} */
const trace = (inputs) => ({
  nodes: Object.entries(inputs).map(([id, [use, shape]]) => ({ id, name: id, role: "input", use: use || null, shape })),
});
/** @param {any} trace */
const named = (trace) => /** @type {import('../../static/js/points/points.js').Names} */ (namesIn(trace));
const BOTH = trace({ x: ["data", [2, 2]], target: ["target", [2, 1]] });

test("a list of numbers is found where it stands", () => {
  const found = literalOf(TEXT, "x");
  assert.ok(typeof found !== "string");
  assert.deepEqual(found.value, [
    [0, 1],
    [2, -0.3],
  ]);
  assert.equal(TEXT.slice(found.from, found.from + 9), "np.array(");
  assert.equal(TEXT[found.to], "\n");
  assert.equal(/** @type {any} */ (literalOf(TEXT, "target")).whole, true);
});

test("what is no list of numbers, or changes later, is left alone", () => {
  for (const [text, said] of [
    ["y = 1", "free"],
    ["x = np.array([[1.0, k]])", "as a list of numbers"],
    ["x = np.array([[1.0]]) / 2", "as a list of numbers"],
    ["x = np.array([[1, 2]]).T", "as a list of numbers"],
    ["x = np.array([[1.0]], dtype=int)", "as a list of numbers"],
    ["x, y = load()", "as a list of numbers"],
    ["x = np.array([[1.0]])\nx -= 1", "several places"],
    ["x = np.array([[1.0]])\nx[0] = 2", "several places"],
    ["x = np.array([[1.0]])\nif a:\n    x = b", "several places"],
  ])
    assert.match(String(literalOf(text, "x")), new RegExp(said), text);
  assert.notEqual(typeof literalOf("x = [[1], [2]]  # two\nif x == 3: pass", "x"), "string");
});

test("arrays are written short, or a few rows to a line", () => {
  assert.equal(writtenArray([[0, 1.5]]), "np.array([[0.0, 1.5]])");
  assert.equal(writtenArray([0, 1], true), "np.array([0, 1])");
  const long = writtenArray(Array.from({ length: 40 }, (_, k) => [k, -k / 8]));
  assert.ok(long.split("\n").every((line) => line.length <= 96));
  assert.deepEqual(/** @type {any} */ (literalOf(`x = ${long}\n`, "x")).value.length, 40);
});

test("points are read from the text and written back, and nothing else of it changes", () => {
  const held = pointsOf(TEXT, {}, named(BOTH));
  assert.ok(held);
  assert.deepEqual([held.points.classes, held.points.targets, held.why], [2, [0, 1], ""]);
  const { program } = withPoints(TEXT, {}, held, added(held.points, [0.25, 4], 1));
  assert.match(
    program,
    /x = np\.array\(\[\[0\.0, 1\.0\], \[2\.0, -0\.3\], \[0\.25, 4\.0\]\]\)\ntarget = np\.array\(\[\[0\], \[1\], \[1\]\]\)\nW = /,
  );
  assert.ok(program.startsWith("import numpy as np\nx = "));
});

test("points that stand beside the text come to stand in it, where the text can be read first", () => {
  const given = {
    x: { value: [[1, 2]], line: null },
    target: { value: [[0, 1]], line: null },
    W: { value: [[1]], line: null },
  };
  const text = "import numpy as np\n# region layer 1\ny = x @ W\n# endregion\nloss = cross_entropy(y, target)";
  const held = pointsOf(
    text,
    /** @type {any} */ (given),
    named(trace({ x: ["data", [1, 2]], target: ["target", [1, 2]] })),
  );
  assert.ok(held);
  assert.deepEqual([held.points.classes, held.points.targets, held.labels, held.beside], [2, [1], null, true]);
  const after = withPoints(text, /** @type {any} */ (given), held, added(held.points, [3, 4], 0));
  assert.deepEqual(Object.keys(after.given), ["W"]);
  assert.ok(
    after.program.startsWith(
      "import numpy as np\nx = np.array([[1.0, 2.0], [3.0, 4.0]])\ntarget = np.array([[0.0, 1.0], [1.0, 0.0]])\n# region",
    ),
  );
});

test("values that were set for a name that the text binds since are not its points", () => {
  const given = { x: { value: [[1, 2]], line: null }, target: { value: [[1]], line: null } };
  const text = "for x in range(3):\n    y = x\nloss = y";
  assert.equal(pointsOf(text, given, { x: "x", inputs: 2, target: "target" }), null);
});

test("labels keep their numbers and their form", () => {
  const text = "X = np.array([[0.0, 0.0], [1.0, 1.0]])\ny = np.array([-1, 1])\nw = 1.0";
  const held = pointsOf(text, {}, named(trace({ X: ["data", [2, 2]], y: ["", [2]], w: ["parameter", []] })));
  assert.ok(held);
  assert.deepEqual([held.labels, held.flat], [[-1, 1], true]);
  assert.match(withPoints(text, {}, held, added(held.points, [2, 2], 0)).program, /y = np\.array\(\[-1, 1, -1\]\)/);
});

test("a computed array says why it cannot be changed", () => {
  const held = pointsOf("x = np.random.randn(2, 2)\ntarget = np.array([[0], [1]])", {}, named(BOTH));
  assert.match(held?.why ?? "", /does not write x as a list of numbers/);
  assert.equal(namesIn(trace({ x: ["", []] })), null);
});

test("a point is added, moved, erased; of one input its height is the target", () => {
  const one = { inputs: 1, classes: 0, rows: [[1], [2]], targets: [5, 6] };
  assert.deepEqual(placeOf(one, 1), [2, 6]);
  assert.deepEqual(moved(one, 0, [3, 4]), { ...one, rows: [[3], [2]], targets: [4, 6] });
  assert.deepEqual(erased(one, 0), { ...one, rows: [[2]], targets: [6] });
  assert.deepEqual(windowOf({ ...one, rows: [[-1], [1]], targets: [40, 50] }), [
    [-1.2, 1.2],
    [39, 51],
  ]);
  assert.equal(rounded([-1.2, 1.2], 0.123456), 0.12);
});

test("a built program tells what its columns and classes are, and no name can break out of its comment", () => {
  const lines = linesOf([[1, 2]], [[1]], {
    inputs: 2,
    classes: 2,
    rows: [],
    targets: [],
    columns: ["a\nimport os", "b"],
    names: ["no", "yes"],
  });
  assert.deepEqual(lines.split("\n"), [
    "# x: a import os, b",
    "x = np.array([[1.0, 2.0]])",
    "# target: 0 no, 1 yes",
    "target = np.array([[1.0]])",
  ]);
});

test("a table with heads, numbers and words", () => {
  const table = readCsv('width,length,kind\r\n1,2.5,"a, b"\r\n3,4e1,c\r\n\r\n');
  assert.deepEqual(table.head, ["width", "length", "kind"]);
  assert.deepEqual(table.parts, ["input", "input", "target"]);
  assert.deepEqual(pointsIn(table), {
    inputs: 2,
    classes: 2,
    rows: [
      [1, 2.5],
      [3, 40],
    ],
    targets: [0, 1],
    columns: ["width", "length"],
    names: ["a, b", "c"],
  });
});

test("semicolons with decimal commas, tabs, and tables without heads", () => {
  assert.deepEqual(pointsIn(readCsv("1,5;2\n0,25;3")).rows, [[1.5], [0.25]]);
  const plain = pointsIn(readCsv("1\t2\t0\n3\t4\t1\n5\t6\t1"));
  assert.deepEqual([plain.classes, plain.targets, plain.names], [2, [0, 1, 1], undefined]);
  assert.equal(pointsIn(readCsv("1,2,0.5\n3,4,1.5")).classes, 0);
});

test("what is wrong in a file is told with its line and column", () => {
  for (const [text, said] of [
    ["", "no rows"],
    ["1\n2", "one column"],
    ["a,b\n1,2\n3", "Line 3, column 1: it has 1 column, and the first line has 2"],
    ["a,b\n1,2\n3,4,5", "Line 3, column 3: it has 3 columns"],
    ['a,b\n"1,2', "Line 2, column 1: a quotation mark"],
    ["x".repeat(MOST.characters + 1), "too large"],
  ])
    assert.throws(
      () => readCsv(text),
      (error) => error instanceof CsvError && error.message.includes(said),
      said,
    );
  for (const [text, said] of [
    ["a,b,c\n1,2,0\n1,,1", "Line 3, column 2: it is empty"],
    ["a,b,c\n1,2,0\nhm,3,1", "Line 3, column 1: “hm” is no number"],
    ["a,b\n1,x\n2,y\n3,z", "column 2: “x” is no number"],
  ]) {
    const table = readCsv(text);
    table.parts = table.parts.map((part) => (part === "out" ? "input" : part));
    assert.throws(
      () => pointsIn(table),
      (error) => error instanceof CsvError && error.message.includes(said),
      said,
    );
  }
});

test("a long file is cut, and says by how much", () => {
  const table = readCsv(`a,b\n${"1,2\n".repeat(MOST.rows + 7)}`);
  assert.deepEqual([table.rows.length, table.left], [MOST.rows, 7]);
});
