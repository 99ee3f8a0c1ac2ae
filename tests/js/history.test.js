import assert from "node:assert/strict";
import test from "node:test";
import { read } from "../../static/js/edits/edits.js";
import { difference, kindOf, record, redo, startAt, undo } from "../../static/js/edits/history.js";

const OPENED = { title: "t", hint: "", program: "y = x" };

/** @param {string} program @param {Record<string, number>} [values] @param {typeof OPENED} [opened] @returns {import("../../static/js/edits/history.js").Edit} */
const edit = (program, values = {}, opened = OPENED) => ({
  program,
  given: Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, line: null }])),
  opened,
});

/** @param {import("../../static/js/edits/history.js").Edit[]} edits @param {Partial<import("../../static/js/edits/history.js").Manner>[]} manners */
const made = (edits, manners) =>
  edits
    .slice(1)
    .reduce(
      (history, next, i) =>
        record(history, next, { kind: kindOf(history.present, next), at: i * 100, gesture: 0, ...manners[i] }),
      startAt(edits[0]),
    );

test("undo goes back, redo forth, and at the ends nothing happens", () => {
  const [a, b, c] = [edit("y = x"), edit("y = sin(x)"), edit("y = cos(x) + 1")];
  const history = made([a, b, c], []);
  assert.equal(undo(history).present, b);
  assert.equal(undo(undo(history)).present, a);
  assert.equal(undo(undo(undo(history))).present, a);
  assert.equal(redo(undo(history)).present, c);
  assert.equal(redo(history).present, c);
});

test("a new edit ends what could be redone", () => {
  const history = made([edit("a = 1"), edit("a = 1000")], []);
  const again = record(undo(history), edit("b = 200"), { kind: "", at: 0, gesture: 0 });
  assert.deepEqual(again.future, []);
  assert.equal(undo(again).present.program, "a = 1");
});

test("letters typed in a row are one step, a pause begins another", () => {
  const texts = ["y", "y ", "y =", "y = ", "y = x"].map((text) => edit(text));
  assert.equal(made(texts, []).past.length, 1);
  assert.equal(made(texts, [{ at: 0 }, { at: 100 }, { at: 2000 }, { at: 2100 }]).past.length, 2);
});

test("typing, taking away, pasting and a new line are different things", () => {
  assert.equal(kindOf(edit("y = x"), edit("y = xx")), "type");
  assert.equal(kindOf(edit("y = x"), edit("y = x()")), "type");
  assert.equal(kindOf(edit("y = x"), edit("y = ")), "erase");
  assert.equal(kindOf(edit("y = x"), edit("y = x\n")), "");
  assert.equal(kindOf(edit("y = x"), edit("y = x + 12")), "");
  assert.equal(kindOf(edit("y = xyz"), edit("y")), "");
});

test("what is written beside the program is part of the history", () => {
  const [plain, backward, rule] = [
    edit("y = x"),
    { ...edit("y = x"), backward: "dx = 1" },
    { ...edit("y = x"), rule: "def mine" },
  ];
  assert.equal(kindOf(plain, { ...plain, rule: "d" }), "type");
  assert.equal(undo(made([plain, backward, { ...backward, rule: "def mine" }], [])).present, backward);
  assert.equal(undo(made([plain, rule], [])).present, plain);
});

test("what a training is run with is part of the history, however it is spelled", () => {
  const plain = { ...edit("y = x"), run: { optimizer: "sgd", settings: {}, random_seed: 0 } };
  const [fast, faster] = [0.2, 0.3].map((lr) => ({ ...plain, run: { ...plain.run, settings: { lr } } }));
  assert.equal(kindOf(plain, fast), "run settings lr");
  // Arrow keys in a row are one step; what differs in nothing is none.
  assert.equal(undo(made([plain, fast, faster], [])).present, plain);
  assert.equal(undo(made([plain, fast, { ...fast, run: { ...fast.run, batch: 4 } }], [])).present, fast);
  assert.deepEqual(made([plain, edit("y = x"), { ...plain, run: { clip: null, changes: [] } }], []).past, []);
  assert.equal(kindOf(plain, { ...plain, run: { batch: 4, clip: 1 } }), "");
});

test("a drag is one step however long it takes, the next drag another", () => {
  const values = [0, 1, 2, 3, 4].map((b) => edit("y = b", { b }));
  const history = made(values, [
    { at: 0, gesture: 1 },
    { at: 5000, gesture: 1 },
    { at: 5010, gesture: 2 },
    { at: 9000, gesture: 2 },
  ]);
  assert.deepEqual(
    history.past.map(({ given }) => given.b.value),
    [0, 2],
  );
});

test("arrow keys on one value are one step, another value is another", () => {
  const start = edit("y = b + c", { b: 0, c: 0 });
  const history = made(
    [start, edit("y = b + c", { b: 1, c: 0 }), edit("y = b + c", { b: 2, c: 0 }), edit("y = b + c", { b: 2, c: 1 })],
    [],
  );
  // Only what was touched is another object.
  assert.equal(kindOf(start, { ...start, given: { ...start.given, b: { value: 1, line: null } } }), "value b");
  assert.ok(history.past.length >= 2);
});

test("opening something is always a step of its own", () => {
  const a = edit("y = x");
  const b = edit("y = xx", {}, { ...OPENED, title: "other" });
  assert.equal(kindOf(a, b), "");
  assert.equal(made([a, b], []).past.length, 1);
});

test("a value that falls away with its line is no edit", () => {
  const before = { ...edit("k = 2\ny = k"), given: { k: { value: 3, line: "k = 2" } } };
  const typed = { ...before, program: "k = 5\ny = k" };
  const history = record(startAt(before), typed, { kind: "", at: 0, gesture: 0 });
  const dropped = record(history, { ...typed, given: {} }, { kind: "", at: 200, gesture: 0 });
  assert.equal(dropped, history);
  assert.deepEqual(undo(dropped).present.given, before.given, "and comes back with it");
});

test("the same again is no edit", () => {
  const history = startAt(edit("y = b", { b: 1 }));
  assert.equal(record(history, edit("y = b", { b: 1 }), { kind: "", at: 0, gesture: 0 }), history);
});

test("no history grows without bounds", () => {
  const many = made(
    Array.from({ length: 500 }, (_, i) => edit(`y = ${"x".repeat(i * 10)}`)),
    [],
  );
  assert.equal(many.past.length, 300);
  const large = made(
    Array.from({ length: 100 }, (_, i) => edit(`y = ${i}${"x".repeat(200_000)}`)),
    [],
  );
  assert.ok(large.past.length <= 20);
  assert.ok(large.past.length > 10);
});

test("points that are in no program yet are edits like others", () => {
  const [before, after] = [null, { inputs: 1, classes: 0, rows: [[1]], targets: [2] }].map((draft) => ({
    program: "",
    given: {},
    opened: OPENED,
    draft,
  }));
  const history = record(startAt(before), after, { kind: kindOf(before, after), at: 0, gesture: 0 });
  assert.deepEqual([history.past, undo(history).present], [[before], before]);
});

test("two texts differ in one place", () => {
  assert.deepEqual(difference("aXc", "aYYc"), { from: 1, removed: "X", inserted: "YY" });
  assert.deepEqual(difference("aa", "aaa"), { from: 2, removed: "", inserted: "a" });
  assert.deepEqual(difference("", "x"), { from: 0, removed: "", inserted: "x" });
  assert.deepEqual(difference("same", "same"), { from: 4, removed: "", inserted: "" });
});

test("only what this page has written is taken up at the next visit", () => {
  const kept = { version: 1, program: "y = b", given: { b: { value: [[1]], line: null } }, opened: OPENED };
  const trained = { ...kept, run: { optimizer: "adam", changes: [{ step: 3, settings: { lr: 1 } }] } };
  assert.deepEqual(read(JSON.stringify(trained))?.run, trained.run);
  for (const run of [3, [], { settings: 3 }, { changes: {} }, { changes: [{ step: "x" }] }])
    assert.equal(read(JSON.stringify({ ...kept, run })), null);
  assert.deepEqual(read(JSON.stringify(kept)), { program: kept.program, given: kept.given, opened: kept.opened });
  for (const broken of [
    null,
    "",
    "{",
    "null",
    "[]",
    "1",
    JSON.stringify({ ...kept, version: 2 }),
    JSON.stringify({ ...kept, program: 1 }),
    JSON.stringify({ ...kept, given: null }),
    JSON.stringify({ ...kept, given: { b: 1 } }),
    JSON.stringify({ ...kept, given: { b: { value: "x", line: null } } }),
    JSON.stringify({ ...kept, opened: {} }),
    JSON.stringify({ ...kept, program: "x".repeat(600_000) }),
  ])
    assert.equal(read(broken), null, String(broken).slice(0, 60));
});
