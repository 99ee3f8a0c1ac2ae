import assert from "node:assert/strict";
import test from "node:test";
import { cellAt, FileError, joined, readNotebook, tidy } from "../../static/js/edits/notebook.js";

/** @param {object[]} cells */
const notebook = (cells) => JSON.stringify({ nbformat: 4, metadata: {}, cells });

test("code cells come with the heading above them", () => {
  const cells = readNotebook(
    notebook([
      { cell_type: "markdown", source: ["# Derivatives\n", "text\n", "## 🧮 *Scalar* Derivatives\n"] },
      { cell_type: "code", source: ["x = 5.0\n", "y = x**2\n"], outputs: [{ text: "x" }] },
      { cell_type: "code", source: "  \n" },
      { cell_type: "raw", source: "nothing" },
      { cell_type: "markdown", source: "no heading here" },
      { cell_type: "code", source: "z = y * 2" },
    ]),
  );
  assert.deepEqual(cells, [
    { source: "x = 5.0\ny = x**2", heading: "Derivatives" },
    { source: "z = y * 2", heading: "Derivatives" },
  ]);
  assert.equal(joined(cells), "x = 5.0\ny = x**2\n\nz = y * 2");
});

test("notebooks of old still open", () => {
  const old = {
    nbformat: 3,
    worksheets: [
      {
        cells: [
          { cell_type: "heading", level: 1, source: ["Old"] },
          { cell_type: "code", input: ["x = 1\n", "y = x"] },
        ],
      },
    ],
  };
  assert.deepEqual(readNotebook(JSON.stringify(old)), [{ source: "x = 1\ny = x", heading: "Old" }]);
});

test("orders to the notebook become comments, whatever else looks like them does not", () => {
  const [{ source }] = readNotebook(
    notebook([{ cell_type: "code", source: "%matplotlib inline\n!pip install x\ny = 7 % 2\r\n" }]),
  );
  assert.equal(source, "# %matplotlib inline\n# !pip install x\ny = 7 % 2");
});

test("a line leads to its cell", () => {
  const cells = [
    { source: "a = 1\nb = 2", heading: "" },
    { source: "c = 3", heading: "" },
    { source: "d = 4\n\ne = 5", heading: "" },
  ];
  const lines = joined(cells).split("\n");
  lines.forEach((line, i) => line !== "" && assert.ok(cells[cellAt(cells, i + 1)].source.includes(line), line));
  assert.equal(cellAt(cells, 3), -1);
  assert.equal(cellAt(cells, 99), -1);
});

for (const [what, text] of Object.entries({
  "no JSON": "x = 1",
  nothing: "",
  null: "null",
  "a number": "5",
  "a list": "[]",
  "no cells": "{}",
  "cells that are none": '{"cells": {}}',
  "cells of nothing": '{"cells": [null, 1, "x", {}]}',
  "no code": notebook([{ cell_type: "markdown", source: "# x" }]),
  "odd sources": '{"cells": [{"cell_type": "code", "source": [1, null]}]}',
})) {
  test(`told, not broken: ${what}`, () => assert.throws(() => readNotebook(text), FileError));
}

test("texts from other systems", () => {
  assert.equal(tidy("\uFEFF\r\n\r\n  x = 1\r\ny = 2\r\n\r\n"), "  x = 1\ny = 2");
});
