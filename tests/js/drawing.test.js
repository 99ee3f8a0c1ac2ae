import assert from "node:assert/strict";
import test from "node:test";
import { drawingOf, itemFor, membersOf, operationsIn, resultOfGroup } from "../../static/js/graph/drawing.js";
import { readTrace } from "../../static/js/trace/trace.js";
import { loaded, recorded } from "./fixtures/load.js";

/** @param {ReturnType<typeof loaded>} given */
const shown = ({ drawing }) => drawing.items.map(({ key }) => key);

test("constants go into the glyph of their user", () => {
  const { trace, drawing } = loaded("mlp");
  assert.ok(trace.nodes.some(({ role }) => role === "constant"));
  assert.ok(drawing.items.every((item) => item.kind === "node" && trace.nodes[item.node].role !== "constant"));
  assert.ok(drawing.lines.every(({ edges }) => trace.nodes[trace.edges[edges[0]].source].role !== "constant"));
  assert.deepEqual(
    [...drawing.glyphs.values()].map((glyph) => glyph.endsWith(" 2")),
    [true],
  );
});

test("without constants and groups every node is an item, every edge a line", () => {
  const { trace, drawing } = loaded("fork");
  assert.equal(drawing.items.length, trace.nodes.length);
  assert.deepEqual(
    drawing.lines.map(({ edges }) => edges),
    trace.edges.map(({ index }) => [index]),
  );
});

test("a closed group is one item in the place of what it holds", () => {
  const open = loaded("softmax");
  assert.deepEqual(shown(open), ["z", "p.1", "p.2", "p.e", "p.3", "p", "loss.1", "loss.2", "loss"]);
  assert.deepEqual(open.drawing.boxes, [0]);
  const closed = loaded("softmax", new Set());
  assert.deepEqual(shown(closed), ["z", "p/softmax", "loss.1", "loss.2", "loss"]);
  const item = closed.drawing.items[1];
  assert.ok(item.kind === "group");
  assert.equal(closed.trace.nodes[item.result].id, "p");
  assert.equal(operationsIn(closed.trace, item.key), 5);
  assert.deepEqual(closed.drawing.boxes, []);
});

test("what runs from one item into a closed group is one line", () => {
  const { drawing, trace } = loaded("softmax", new Set());
  const into = drawing.lines.filter(({ target }) => target === 1);
  assert.deepEqual(
    into.map(({ edges }) => edges.map((edge) => trace.nodes[trace.edges[edge].target].id)),
    [["p.1", "p.2"]],
  );
  assert.equal(drawing.lineOf.filter((line) => line === -1).length, 5);
});

test("groups open and close at every depth, and say what they hold", () => {
  const only = (/** @type {string[]} */ ...ids) => shown(loaded("nested", new Set(ids)));
  assert.deepEqual(only(), ["x", "w", "u_v/g", "f.1", "f"]);
  assert.deepEqual(only("u_v/g"), ["x", "w", "u_v/g/sq", "u_v.s", "u_v/g/sq#2", "v", "f.1", "f"]);
  assert.deepEqual(only("u_v/g", "u_v/g/sq#2"), ["x", "w", "u_v/g/sq", "u_v.s", "u", "v", "f.1", "f"]);
  // One that is open inside a closed one is not seen.
  assert.deepEqual(only("u_v/g/sq"), only());
  const { trace } = loaded("nested");
  assert.equal(trace.nodes[resultOfGroup(trace, "u_v/g/sq") ?? -1].id, "u_v.y");
  assert.equal(resultOfGroup(trace, "nothing"), null);
  assert.equal(membersOf(trace, "u_v/g").length, 4);
});

test("an item is found by any node that it holds, and by the group's id", () => {
  const { trace, drawing } = loaded("nested", new Set());
  for (const id of ["u_v/g", "u_v.y", "u", "v"]) assert.equal(itemFor(drawing, trace, id), 2, id);
  assert.equal(itemFor(drawing, trace, "nothing"), -1);
});

test("by itself opens as many levels as can be taken in at a glance", () => {
  assert.ok(loaded("softmax").drawing.items.every(({ kind }) => kind === "node"));
  const block = loaded("transformer").drawing;
  assert.ok(block.items.length <= 30);
  assert.ok(block.items.some(({ kind }) => kind === "group"));
});

test("a box in a box of a small program stays closed where the way through all of it is too long to read", () => {
  const wire = recorded("softmax");
  const [{ id }] = wire.groups;
  wire.groups = [
    { ...wire.groups[0], id: "outer", name: "outer", parent: null },
    { ...wire.groups[0], id: "inner", name: "inner", parent: "outer" },
    ...wire.groups.map((/** @type {any} */ group) => ({ ...group, parent: group.parent ?? "inner" })),
  ];
  assert.deepEqual([...drawingOf(readTrace(wire), null).open], ["outer", "inner"]);
  assert.ok(loaded("softmax").drawing.open.has(id));
});

test("a program that is one call opens it, but not one of more equal steps than can be read", () => {
  const opens = (/** @type {string} */ kind, /** @type {string[]} */ turns) => {
    const wire = recorded("transformer");
    wire.groups = [{ ...wire.groups[0], id: "all", parent: null, kind, turns }];
    for (const node of wire.nodes) node.group = node.role === "operation" ? "all" : null;
    return drawingOf(readTrace(wire), null).open.has("all");
  };
  assert.ok(opens("call", []));
  assert.ok(opens("repeat", ["a", "b", "c", "d"]));
  assert.ok(
    !opens(
      "repeat",
      Array.from({ length: 24 }, (_, i) => `h${i}`),
    ),
  );
});

test("drawings differ in their key as soon as they differ in anything", () => {
  const { trace } = loaded("nested");
  const ids = trace.groups.map(({ id }) => id);
  const keys = new Set();
  const pictures = new Set();
  for (let mask = 0; mask < 1 << ids.length; mask += 1) {
    const drawing = drawingOf(trace, new Set(ids.filter((_, i) => mask & (1 << i))));
    keys.add(drawing.key);
    pictures.add(JSON.stringify([drawing.items, drawing.boxes]));
  }
  assert.equal(keys.size, pictures.size);
});

test("groups nested thousands deep do not recurse", () => {
  const wire = recorded("softmax");
  const depth = 5000;
  wire.groups = Array.from({ length: depth }, (_, i) => ({
    id: `g${i}`,
    name: "f",
    parent: i === 0 ? null : `g${i - 1}`,
  }));
  for (const node of wire.nodes) node.group = node.group === null ? null : `g${depth - 1}`;
  const trace = readTrace(wire);
  assert.equal(drawingOf(trace, new Set()).items.length, 5);
  assert.equal(drawingOf(trace, new Set(wire.groups.map((/** @type {any} */ { id }) => id))).boxes.length, depth);
});
