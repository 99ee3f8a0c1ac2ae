import assert from "node:assert/strict";
import test from "node:test";
import { parts } from "../../static/js/words/highlight.js";
import { linesOf, linesOfStep, stepOfLine, tie } from "../../static/js/timeline/codelines.js";
import { loaded } from "./fixtures/load.js";

/** The lines that the server ties for the mini network: z1.1 stands in the line of z1, and y.1 in that of y. */
const TIED = tie(
  /** @type {[number, string, "forward" | "backward"][]} */ ([
    [4, "W1", "forward"],
    [5, "x", "forward"],
    [6, "b1", "forward"],
    [7, "W2", "forward"],
    [8, "b2", "forward"],
    [11, "z1.1", "forward"],
    [11, "z1", "forward"],
    [12, "a1", "forward"],
    [13, "y.1", "forward"],
    [13, "y", "forward"],
    [16, "y.1", "backward"],
    [16, "y", "backward"],
    [17, "b2", "backward"],
    [18, "W2", "backward"],
    [19, "a1", "backward"],
    [20, "z1.1", "backward"],
    [20, "z1", "backward"],
    [21, "b1", "backward"],
    [22, "x", "backward"],
    [23, "W1", "backward"],
  ]).map(([line, node, pass]) => ({ line, node, pass })),
);

test("each step lights what it computes, and on the way back what receives something", () => {
  const { trace, cues } = loaded("mini");
  const lit = cues.steps.map((_, k) => [...linesOfStep(trace, cues, k, TIED)].sort((a, b) => a - b));
  assert.deepEqual(lit, [[4, 5, 6, 7, 8], [11], [11], [12], [13], [13], [16], [17], [18, 19], [20], [21], [22, 23]]);
});

test("a line leads to the step after which all is known that it computes", () => {
  const { trace, cues } = loaded("mini");
  const steps = Object.fromEntries(
    [1, 4, 11, 12, 13, 16, 17, 19, 20, 23].map((line) => [line, stepOfLine(trace, cues, line, TIED)]),
  );
  assert.deepEqual(steps, { 1: null, 4: 0, 11: 2, 12: 3, 13: 5, 16: 6, 17: 7, 19: 8, 20: 9, 23: 11 });
  assert.deepEqual(linesOf(TIED, "backward", "z1.1"), [20]);
});

test("a gradient that is added up is lit by each message, and complete with the last", () => {
  const { trace, cues } = loaded("fork");
  const ties = tie([
    { line: 9, node: "x", pass: "backward" },
    { line: 8, node: "y", pass: "backward" },
  ]);
  const lighting = cues.steps.flatMap((_, k) => (linesOfStep(trace, cues, k, ties).has(9) ? [k] : []));
  assert.equal(lighting.length, 2);
  assert.equal(stepOfLine(trace, cues, 9, ties), Math.max(...lighting));
});

test("what a part of the same line receives is lit where nothing else is new", () => {
  const { trace, cues } = loaded("mini");
  const ties = tie([
    { line: 3, node: "z1.1", pass: "backward" },
    { line: 3, node: "z1", pass: "backward" },
  ]);
  assert.deepEqual([...linesOfStep(trace, cues, 10, ties)], [3]);
});

test("lines of Python in their parts", () => {
  assert.deepEqual(parts("def forward(x1, nudge):  # 2 go"), [
    { kind: "keyword", text: "def" },
    { kind: "", text: " " },
    { kind: "call", text: "forward" },
    { kind: "", text: "(x1, nudge):  " },
    { kind: "comment", text: "# 2 go" },
  ]);
  assert.deepEqual(
    parts('θ = np.exp(-1.5e-05) + d["z1"]').filter(({ kind }) => kind !== ""),
    [
      { kind: "call", text: "exp" },
      { kind: "number", text: "1.5e-05" },
      { kind: "string", text: '"z1"' },
    ],
  );
  for (const line of ["", "   ", "a1 = x2", '"""Open', "#", "x = 'a' # 'b'"])
    assert.equal(
      parts(line)
        .map(({ text }) => text)
        .join(""),
      line,
    );
});
