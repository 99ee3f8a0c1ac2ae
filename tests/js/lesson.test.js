import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { differing, givenFor } from "../../static/js/lesson/given.js";
import { isClose, judge } from "../../static/js/lesson/judge.js";
import { neighbourSlip, signSlip } from "../../static/js/lesson/slip.js";
import { isReached, pick, quantity, shown } from "../../static/js/lesson/quantities.js";

/** @param {Partial<import("../../static/js/wire.d.ts").LessonQuestion>} parts @returns {import("../../static/js/wire.d.ts").LessonQuestion} */
const question = (parts) => ({
  kind: "number",
  html: "",
  answer: "",
  label: "",
  hint: "",
  looking: false,
  expected: null,
  reference: null,
  tolerance: { kind: "relative", size: 0.02 },
  choices: [],
  ...parts,
});
/** @param {Partial<import("../../static/js/wire.d.ts").LessonReference>} parts @returns {import("../../static/js/wire.d.ts").LessonReference} */
const reference = (parts) => ({
  of: "value",
  node: "x",
  target: null,
  slot: null,
  index: null,
  epsilon: null,
  digits: null,
  ...parts,
});

test("a number is judged within its tolerance", () => {
  assert.equal(judge(question({}), "24", 24)?.right, true);
  assert.equal(judge(question({}), "24.4", 24)?.right, true);
  assert.equal(judge(question({}), "24.5", 24)?.right, false);
  assert.equal(judge(question({}), "−24", -24)?.right, true);
  assert.match(judge(question({}), "-24", 24)?.text ?? "", /sign is not/);
  assert.equal(judge(question({}), "", 24), null);
  assert.equal(judge(question({}), "many", 24), null);
});

test("closeness: a part, a difference, a factor", () => {
  assert.equal(isClose(0.019, 0, { kind: "relative", size: 0.02 }), true);
  assert.equal(isClose(0.021, 0, { kind: "relative", size: 0.02 }), false);
  assert.equal(isClose(3.1, 3, { kind: "absolute", size: 0.1 }), true);
  assert.equal(isClose(1e-6, 1e-5, { kind: "factor", size: 10 }), true);
  assert.equal(isClose(9e-7, 1e-5, { kind: "factor", size: 10 }), false);
  assert.equal(isClose(-1e-5, 1e-5, { kind: "factor", size: 10 }), false);
});

test("choices and signs", () => {
  const asked = question({
    kind: "choice",
    choices: [
      { html: "a", right: false },
      { html: "b", right: true },
    ],
  });
  assert.equal(judge(asked, "1", null)?.right, true);
  assert.equal(judge(asked, "0", null)?.right, false);
  assert.equal(judge(asked, "", null), null);
  assert.equal(judge(question({ kind: "sign" }), "-1", -3)?.right, true);
  assert.equal(judge(question({ kind: "sign" }), "0", -3)?.right, false);
});

const node = (/** @type {any} */ parts) => ({ id: "", outs: [], ins: [], ...parts });
const trace = /** @type {import("../../static/js/types.js").Trace} */ (
  /** @type {unknown} */ ({
    byId: new Map([
      ["x", 0],
      ["h", 1],
    ]),
    nodes: [
      node({
        id: "x",
        value: { shape: [2, 2], flat: [1, 2, 3, 4] },
        grad: { shape: [2, 2], flat: [0, 0, 0.5, 0] },
        outs: [0, 1],
      }),
      node({ id: "h", value: { shape: [], flat: [7] }, grad: null }),
    ],
    edges: [
      { source: 0, target: 1, slot: 1, message: { shape: [], flat: [10] }, local: null },
      { source: 0, target: 1, slot: 0, message: { shape: [], flat: [20] }, local: { shape: [], flat: [6] } },
    ],
  })
);

test("a turned sign is named, and nothing else is taken for one", () => {
  assert.match(signSlip(-24, 24), /sign is not/);
  assert.match(signSlip(24.3, -24), /sign is not/);
  for (const [said, expected] of [
    [24, 24],
    [-20, 24],
    [0, 0],
    [-0.1, 0],
  ])
    assert.equal(signSlip(said, expected), "");
});

test("a number that stands beside the right one is named", () => {
  const tensor = (/** @type {number[]} */ ...flat) => ({ shape: flat.length > 1 ? [flat.length] : [], flat });
  // The output of the graph is g.
  const beside = /** @type {import("../../static/js/types.js").Trace} */ (
    /** @type {unknown} */ ({
      byId: new Map([
        ["x", 0],
        ["h", 1],
        ["g", 2],
      ]),
      outputIndex: 2,
      nodes: [
        node({ id: "x", title: "x", value: tensor(4, 5), outs: [0] }),
        node({ id: "h", title: "× in h", value: tensor(16), ins: [0], outs: [1] }),
        node({ id: "g", title: "g", value: tensor(49), ins: [1] }),
      ],
      edges: [
        { source: 0, target: 1 },
        { source: 1, target: 2 },
      ],
    })
  );
  const slip = (/** @type {any} */ of, /** @type {number} */ said, /** @type {number} */ expected) =>
    neighbourSlip(reference(of), said, expected, beside);
  assert.equal(slip({ of: "value", node: "g" }, 16, 49), "That is the value of × in h, on the way to g.");
  assert.match(
    slip({ of: "local", node: "h", target: "g" }, 16, 3),
    /^That is the value of × in h\. The question asks how fast/,
  );
  assert.match(slip({ of: "local", node: "h", target: "g" }, 49, 3), /^That is the value of g\./);
  assert.match(slip({ of: "grad", node: "x", index: [1] }, 5, 30), /^That is the value of x\./);
  assert.match(slip({ of: "grad", node: "x", index: [0] }, 16, 30), /^That is the value of × in h\./);
  assert.match(slip({ of: "grad", node: "x", index: [0] }, 49, 30), /^That is the value of g\./);
  // Another element, another number, and what is right by chance.
  assert.equal(slip({ of: "grad", node: "x", index: [0] }, 5, 30), "");
  assert.equal(slip({ of: "local", node: "h", target: "g" }, 17, 3), "");
  assert.equal(slip({ of: "local", node: "h", target: "g" }, 16, 16), "");
  assert.equal(slip({ of: "grad", node: "gone" }, 16, 3), "");
});

test("a reference finds its number", () => {
  assert.deepEqual(quantity(reference({ index: [1, 0] }), trace)?.flat, [3]);
  assert.deepEqual(quantity(reference({ of: "message", target: "h", slot: 1 }), trace)?.flat, [10]);
  assert.deepEqual(quantity(reference({ of: "local", target: "h", slot: 0 }), trace)?.flat, [6]);
  assert.equal(quantity(reference({ of: "grad", node: "h" }), trace), null);
  assert.equal(quantity(reference({ node: "gone" }), trace), null);
  assert.equal(pick({ shape: [2], flat: [1, 2] }, [2]), null);
  assert.equal(shown({ shape: [], flat: [12.99999999986] }, reference({ digits: 13 })), "12.99999999986");
});

test("a goal is reached by all elements, or by one that differs", () => {
  /** @param {any} comparison @param {number} number @param {any} parts */
  const goal = (comparison, number, parts) => ({ reference: reference(parts), comparison, number });
  assert.equal(isReached(goal("not", 0, { of: "grad" }), trace), true);
  assert.equal(isReached(goal("equal", 0, { of: "grad" }), trace), false);
  assert.equal(isReached(goal("above", 0, {}), trace), true);
  assert.equal(isReached(goal("above", 1, {}), trace), false);
  assert.equal(isReached(goal("below", 0, { of: "grad", node: "h" }), trace), false);
});

test("values: of free names, and in the place of literals", () => {
  const given = givenFor("w1 = 1.0\nw = 2.0\ny = w * x == 3", { w: 5, x: 1 });
  assert.deepEqual(given, { w: { value: 5, line: "w = 2.0" }, x: { value: 1, line: null } });
  assert.deepEqual(differing(given, { w: { value: 5, line: null } }), ["x"]);
  assert.deepEqual(differing(given, given), []);
});

test("the figures are those that the loader knows", async () => {
  const listed = /FIGURES = \(([^)]*)\)/.exec(readFileSync("app/lessons/figures.py", "utf8"))?.[1].match(/\w+/g);
  const source = readFileSync("static/js/lesson/figures/index.js", "utf8");
  const registered = /FIGURES = \{([^}]*)\}/.exec(source)?.[1].match(/\w+/g);
  assert.deepEqual(registered, listed);
});
