/** What a question is about is the very graph that is drawn, and every question begins with it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { signal } from "@preact/signals-core";
import { grainIn, scalarGroup, subjectOf, textOf } from "../../static/js/trace/subject.js";
import { givenFrom } from "../../static/js/trace/values.js";

const ROOT = new URL("../../static/js/", import.meta.url).pathname;
const store = {
  traced: signal(/** @type {string | null} */ ("y = x * 2")),
  given: signal(givenFrom({ x: 3, gone: 1 })),
  output: signal(""),
  trainedAt: signal(/** @type {import("../../static/js/store/training.js").At | null} */ (null)),
};
/** @param {string} id @param {"call" | "scalar"} kind */
const group = (id, kind) => ({ id, name: id, parent: null, kind, result: null, summary: null, turns: [] });

test("the text comes with the values that it has a place for", () => {
  assert.deepEqual(textOf(store), { program: "y = x * 2", values: { x: 3 }, ignore_unknown: true });
});

test("a chosen output is part of the subject", () => {
  assert.equal(textOf({ ...store, output: signal("h") }).output, "h");
});

test("at a step of a training the subject names the run and the step", () => {
  const at = { run: { optimizer: "adam" }, step: 17 };
  assert.deepEqual(textOf({ ...store, trainedAt: signal(at) }), { ...textOf(store), ...at });
});

test("operations opened to their scalars are part of the subject", () => {
  const trace = { detail: "tensor", groups: [group("y/softmax", "call"), group(scalarGroup("z1.1"), "scalar")] };
  assert.deepEqual(subjectOf(store, trace), {
    program: "y = x * 2",
    values: { x: 3 },
    ignore_unknown: true,
    detail: "tensor",
    scalar: ["z1.1"],
  });
});

test("where everything is scalar, nothing is opened besides", () => {
  assert.deepEqual(grainIn({ detail: "scalar", groups: [group(scalarGroup("z1"), "scalar")] }), {
    detail: "scalar",
    scalar: [],
  });
});

/** Those that write a subject out: of a text that is not drawn yet, or is not the reader's. */
const OF_ANOTHER_TEXT = [
  "edits/files.js",
  "activations/ask.js",
  "activations/main.js",
  "activations/stack.js",
  "lesson/figures/activations.js",
  "trace/subject.js",
];

test("no question writes out by hand what it is about", () => {
  const modules = /** @type {string[]} */ (readdirSync(ROOT, { recursive: true })).filter((path) =>
    path.endsWith(".js"),
  );
  const written = modules.filter(
    (path) =>
      /\bignore_unknown\b|\bpost\("trace"|\bcreateQuery\("/.test(readFileSync(join(ROOT, path), "utf8")) &&
      !OF_ANOTHER_TEXT.includes(path),
  );
  assert.deepEqual(
    written.filter(
      (path) => !/\b(subjectOf|textOf|textIn|textWith|pausedSteps)\(/.test(readFileSync(join(ROOT, path), "utf8")),
    ),
    [],
  );
});
