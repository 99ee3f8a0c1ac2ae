import assert from "node:assert/strict";
import test from "node:test";
import { COLUMNS, rowsOf } from "../../static/js/table/columns.js";
import { csv, quoted, tableAsCsv } from "../../static/js/table/csv.js";
import { pressed, sorted } from "../../static/js/table/sort.js";
import { exact, inWords } from "../../static/js/table/words.js";
import { frameAt } from "../../static/js/timeline/frame.js";
import { loaded } from "./fixtures/load.js";

/** @param {"mini" | "fork" | "mlp"} name @param {number} time */
function at(name, time) {
  const { trace, cues } = loaded(name);
  return {
    trace,
    frame: frameAt(trace, cues, Math.min(time, cues.steps.length - 1)),
    all: trace.nodes.map(({ index }) => index),
  };
}

/** @param {"mini" | "fork" | "mlp"} name @param {number} time @param {string} id @returns {Record<string, string>} */
function cells(name, time, id) {
  const { trace, frame } = at(name, time);
  const row = rowsOf(frame)(trace.byId.get(id) ?? -1);
  return Object.fromEntries(COLUMNS.map((column) => [column.id, column.text(row)]));
}

test("a row says in words what is not there", () => {
  assert.equal(cells("mini", 0, "z1").value, "not computed yet");
  assert.equal(cells("mini", 8, "z1").gradient, "not computed yet");
  assert.equal(cells("mini", 99, "z1").gradient, "0");
  assert.equal(cells("mini", 99, "W1").gradient, "[0  0]");
  assert.equal(cells("mini", 99, "z1").computes, "W1 @ x + b1");
  assert.equal(cells("mini", 99, "z1").line, "1");
});

test("messages are told with their senders, and how they add", () => {
  assert.equal(cells("fork", 99, "x").messages, "3 from f + 2 from s = 5");
  assert.equal(cells("mini", 99, "y").messages, "1 as the seed");
  assert.equal(cells("mini", 0, "y").messages, "");
  assert.equal(cells("mini", 99, "a1").messages, "2 from @ in y");
});

test("a message that has not come is still to come", () => {
  const { trace, cues } = loaded("fork");
  const x = trace.byId.get("x") ?? -1;
  const first = Math.min(...cues.arrivals[x].map((edge) => cues.arrivesAt[edge]));
  assert.equal(cells("fork", first, "x").messages, "3 from f, 1 still to come");
  assert.equal(cells("fork", first, "x").gradient, "3 so far");
});

test("numbers that are none are told in words", () => {
  const one = (/** @type {number} */ x) => inWords({ shape: [], flat: [x] });
  assert.deepEqual([NaN, Infinity, -Infinity, -0].map(one), [
    "not a number (NaN)",
    "infinity (∞)",
    "minus infinity (−∞)",
    "0",
  ]);
  assert.equal(inWords({ shape: [2], flat: [1, NaN] }), "[1  NaN], not finite");
  assert.equal(inWords({ shape: [8], flat: [1, 2, 3, 4, 5, 6, -7, 0] }), "8 numbers, −7 to 6");
  assert.equal(inWords({ shape: [8], flat: [1, 2, 3, 4, 5, 6, NaN, Infinity] }), "8 numbers, 1 to 6, 2 not finite");
  assert.equal(inWords({ shape: [8], flat: new Array(8).fill(0) }), "8 numbers, all 0");
  assert.equal(inWords({ shape: [7], flat: new Array(7).fill(NaN) }), "7 numbers, 7 not finite");
});

test("what is copied has every digit", () => {
  assert.equal(exact({ shape: [], flat: [1 / 3] }), "0.3333333333333333");
  assert.equal(exact({ shape: [1, 2], flat: [1e-17, -2] }), "[[1e-17,-2]]");
  assert.equal(exact({ shape: [], flat: [NaN] }), "NaN");
  assert.equal(exact({ shape: [2], flat: [1, -Infinity] }), '[1,"-Infinity"]');
});

test("fields are quoted, and are never a formula of the spreadsheet's", () => {
  assert.deepEqual(
    ["plain", "a,b", 'say "x"', "two\nlines", "-0.5", "-x", "@", "=1+1", "-Infinity", "", "+"].map(quoted),
    ["plain", '"a,b"', '"say ""x"""', '"two\nlines"', "-0.5", "'-x", "'@", "'=1+1", "-Infinity", "", "'+"],
  );
  assert.equal(
    csv([
      ["a", "b"],
      ["1", "2,3"],
    ]),
    'a,b\r\n1,"2,3"\r\n',
  );
});

test("the whole table as values, with names above", () => {
  const { frame, all } = at("mini", 99);
  const lines = tableAsCsv(frame, all).split("\r\n");
  assert.equal(lines[0], "node,op,computes,shape,value,gradient,messages,group,line");
  assert.equal(lines.length, all.length + 2);
  assert.match(lines[1], /^W1,[a-z]+,,1×2,"\[\[1,-1\]\]","\[\[0,0\]\]",/);
});

test("sorting: by size, missing ones last either way, equal ones in forward order", () => {
  const { trace, frame, all } = at("mini", 99);
  const ids = (/** @type {import("../../static/js/table/sort.js").Sorting | null} */ by) =>
    sorted(frame, all, by).map((i) => trace.nodes[i].id);
  assert.deepEqual(
    ids(null),
    trace.nodes.map(({ id }) => id),
  );
  assert.deepEqual(ids({ column: "gradient", descending: true }).slice(0, 4), ["a1", "y.1", "b2", "y"]);
  assert.deepEqual(
    ids({ column: "node", descending: false }).slice(0, 4),
    ["@ in y", "@ in z1", "a1", "b1"].map((name) => ({ "@ in y": "y.1", "@ in z1": "z1.1" })[name] ?? name),
  );
  assert.deepEqual(ids({ column: "computes", descending: true }).slice(-5), ["W1", "x", "b1", "W2", "b2"]);
  const early = at("mini", 2);
  const values = sorted(early.frame, early.all, { column: "value", descending: true }).map(
    (i) => early.trace.nodes[i].id,
  );
  assert.deepEqual(values.slice(-3), ["a1", "y.1", "y"]);
});

test("a head pressed again turns the order round, a third time takes it back", () => {
  const first = pressed(null, "value");
  const second = pressed(first, "value");
  assert.deepEqual(
    [first, second, pressed(second, "value"), pressed(second, "node")],
    [
      { column: "value", descending: false },
      { column: "value", descending: true },
      null,
      { column: "node", descending: false },
    ],
  );
});
