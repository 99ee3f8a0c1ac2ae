import assert from "node:assert/strict";
import test from "node:test";
import { COVERED, isCovered } from "../../static/js/trace/covered.js";
import { toldGraph } from "../../static/js/export/labels.js";
import { format, formatTensor } from "../../static/js/words/format.js";
import {
  accept,
  askedPlaces,
  begin,
  knownBy,
  cover,
  coveredIn,
  fromWord,
  haltAt,
  hidesAnything,
  isAnswer,
  isRight,
  numberSaid,
  OFF,
  questionsIn,
  reveal,
  revealedOf,
  toWord,
  withoutNumbers,
} from "../../static/js/predict.js";
import { withoutCovered } from "../../static/js/queries/grading.js";
import { chooseAtHalt, revealNode, settleStart } from "../../static/js/commands/predict.js";
import { createStore } from "../../static/js/store.js";
import { tableAsCsv } from "../../static/js/table/csv.js";
import { sorted } from "../../static/js/table/sort.js";
import { add, toWire } from "../../static/js/trace/tensor.js";
import { buildCues, endOf } from "../../static/js/timeline/cues.js";
import { frameAt, itemIn, nodeIn, strandIn } from "../../static/js/timeline/frame.js";
import { advance, play, seek } from "../../static/js/timeline/player.js";
import { plainText, sentence } from "../../static/js/timeline/sentence.js";
import { readTrace } from "../../static/js/trace/trace.js";
import { drawingOf } from "../../static/js/graph/drawing.js";
import { loaded, recorded } from "./fixtures/load.js";

/** @typedef {import("../../static/js/types.js").Trace} Trace */

/** @param {Trace} trace @param {Iterable<number>} nodes */
const idsOf = (trace, nodes) => [...nodes].map((node) => trace.nodes[node].id).sort();
/** @param {Trace} trace @param {string} id */
const at = (trace, id) => /** @type {number} */ (trace.byId.get(id));
/** @param {Trace} trace */
const withGradient = (trace) =>
  trace.nodes
    .filter(({ grad, index }) => grad !== null && index !== trace.outputIndex)
    .map(({ id }) => id)
    .sort();

test("a covered number prints as a question mark, and nothing can be computed from it", () => {
  assert.equal(format(COVERED), "?");
  assert.equal(String(COVERED), "?");
  assert.ok(Number.isNaN(COVERED + 1));
  assert.ok(Number.isNaN(-COVERED));
  assert.ok(!(COVERED > 0) && !(COVERED < 0) && !(COVERED >= 0));
  assert.deepEqual(add({ shape: [], flat: [3] }, { shape: [], flat: [COVERED] }).flat, [COVERED]);
  const [twelve, two] = [12, 2].map((length) => ({ shape: [length], flat: new Array(length).fill(COVERED) }));
  assert.equal(formatTensor(twelve), "?");
  assert.equal(formatTensor(two), "?");
  assert.equal(formatTensor({ shape: [2], flat: [COVERED, 3] }), "[?  3]");
  assert.equal(JSON.stringify(toWire(two)), '["?","?"]');
});

test("off covers nothing and leaves the trace as it is", () => {
  const { trace } = loaded("mini");
  assert.equal(coveredIn(trace, OFF).size, 0);
  assert.equal(coveredIn(null, begin("all")).size, 0);
  assert.equal(cover(trace, new Set()), trace);
  assert.equal(hidesAnything(trace), false);
});

test("all: every gradient but that of the output, which is given", () => {
  const { trace } = loaded("mini");
  assert.deepEqual(idsOf(trace, coveredIn(trace, begin("all"))), withGradient(trace));
});

test("the parameters: what is learned; where no name tells, the inputs", () => {
  const { trace } = loaded("mini");
  const named = trace.nodes
    .filter(({ use }) => use === "parameter")
    .map(({ id }) => id)
    .sort();
  assert.ok(named.length > 0 && named.length < withGradient(trace).length);
  assert.deepEqual(idsOf(trace, coveredIn(trace, begin("parameters"))), named);
  const fork = loaded("fork").trace;
  assert.deepEqual(idsOf(fork, coveredIn(fork, begin("parameters"))), ["x", "y"]);
});

test("only one: with it everything that gets its gradient through it, and nothing else", () => {
  const { trace } = loaded("mini");
  const covered = idsOf(trace, coveredIn(trace, begin("one", "z1")));
  for (const id of ["z1", "W1", "x", "b1"]) assert.ok(covered.includes(id), id);
  for (const id of ["a1", "W2", "b2", "y"]) assert.ok(!covered.includes(id), id);
  const done = reveal(begin("one", "z1"), trace, at(trace, "z1"), "number", ["0"]);
  assert.equal(coveredIn(trace, done).size, 0, "once it is revealed, so is what was covered to protect it");
  assert.equal(coveredIn(trace, begin("one", "y")).size, 0);
  assert.equal(coveredIn(trace, begin("one", "gone")).size, 0);
});

test("a covered trace holds no number of a covered gradient, nor of a message that makes it", () => {
  for (const name of /** @type {const} */ (["mini", "fork", "mlp", "softmax", "transformer"])) {
    const { trace } = loaded(name);
    const covered = coveredIn(trace, begin("all"));
    const shown = cover(trace, covered);
    for (const node of shown.nodes)
      if (node.grad !== null && node.index !== trace.outputIndex)
        assert.ok(
          node.grad.flat.every((x) => x === COVERED),
          `${name} ${node.id}`,
        );
    for (const { message, source } of shown.edges)
      if (message !== null && source !== trace.outputIndex)
        assert.ok(
          message.flat.every((x) => x === COVERED),
          name,
        );
    assert.deepEqual(
      shown.nodes.map(({ value }) => value),
      trace.nodes.map(({ value }) => value),
    );
    assert.equal(
      shown.largest,
      Math.max(...trace.seed.flat.map(Math.abs)),
      `${name}: the scale of the light is that of what can be seen`,
    );
    assert.ok(hidesAnything(shown));
  }
});

test("covered light is the same for every gradient, zero and huge, at every moment", () => {
  const dead = loaded("mini");
  const woken = recorded("mini");
  for (const node of woken.nodes)
    if (node.grad !== null) node.grad = JSON.parse(JSON.stringify(node.grad).replace(/-?\d[\d.e-]*/g, "1e9"));
  for (const edge of woken.edges)
    if (edge.message !== null) edge.message = JSON.parse(JSON.stringify(edge.message).replace(/-?\d[\d.e-]*/g, "1e9"));
  const other = readTrace({ ...woken, seed: dead.trace.seed.flat[0] });
  other.nodes[other.outputIndex].grad = dead.trace.nodes[dead.trace.outputIndex].grad;
  const [a, b] = [dead.trace, other].map((trace) => cover(trace, coveredIn(trace, begin("all"))));
  for (let time = 0; time <= endOf(dead.cues); time += 0.25) {
    const [one, two] = [frameAt(a, dead.cues, time), frameAt(b, dead.cues, time)];
    for (const { index, value } of a.nodes)
      assert.deepEqual(
        { ...nodeIn(two, index), value },
        { ...nodeIn(one, index), value },
        `${a.nodes[index].id} at ${time}`,
      );
    for (const { index } of a.edges)
      assert.deepEqual(strandIn(two, [index]), strandIn(one, [index]), `edge ${index} at ${time}`);
  }
  const done = frameAt(a, dead.cues, endOf(dead.cues));
  assert.deepEqual([nodeIn(done, at(a, "z1")).look, nodeIn(done, at(a, "z1")).level], ["covered", 0]);
  assert.equal(nodeIn(done, a.outputIndex).look, "lit");
});

test("what is revealed before those that it comes from does not hand them over", () => {
  const { trace, cues } = loaded("fork");
  const now = reveal(begin("all"), trace, at(trace, "x"), "number", ["5"]);
  const shown = cover(trace, coveredIn(trace, now));
  const done = frameAt(shown, cues, endOf(cues));
  assert.deepEqual(nodeIn(done, at(trace, "x")).grad?.flat, [5]);
  assert.equal(nodeIn(done, at(trace, "x")).adding, null);
  const from = (/** @type {string} */ id) =>
    shown.edges.find(({ source, target }) => source === at(trace, "x") && target === at(trace, id));
  assert.deepEqual(from("s")?.message?.flat, [COVERED]);
  assert.deepEqual(from("f")?.message?.flat, [3], "the output's gradient is given, and so is what it sends");
});

test("neither partial sums nor what is being added is told", () => {
  const { trace, cues } = loaded("fork");
  const shown = cover(trace, coveredIn(trace, begin("all")));
  for (let time = 0; time <= endOf(cues); time += 0.1) {
    const { grad, adding } = nodeIn(frameAt(shown, cues, time), at(trace, "x"));
    assert.ok(grad === null || isCovered(grad), `at ${time}`);
    assert.equal(adding, null);
  }
});

test("an array of scalars, closed, is dark as a whole while one of them is covered", () => {
  const { trace, drawing, cues } = loaded("transformer");
  const shown = cover(trace, coveredIn(trace, begin("all")));
  const frame = frameAt(shown, cues, endOf(cues));
  drawing.items.forEach((item, i) => {
    if (item.kind === "group" && item.result !== trace.outputIndex && trace.nodes[item.result].grad !== null)
      assert.equal(itemIn(frame, i).look, "covered");
  });
});

test("table, its order, and exported text know a gradient as little as the picture", () => {
  const { trace, cues, drawing } = loaded("mini");
  const shown = cover(trace, coveredIn(trace, begin("all")));
  const frame = frameAt(shown, cues, endOf(cues));
  const all = shown.nodes.map(({ index }) => index);
  const ascending = sorted(frame, all, { column: "gradient", descending: false });
  assert.deepEqual(
    ascending,
    [trace.outputIndex, ...all.filter((index) => index !== trace.outputIndex)],
    "what is covered keeps the forward order",
  );
  const lines = tableAsCsv(frame, all)
    .split("\r\n")
    .filter((line) => line.startsWith("z1,"));
  assert.equal(lines.length, 1);
  assert.equal(
    lines[0].split(",").filter((field) => field === "? (covered)").length,
    2,
    "the gradient and its messages",
  );
  const graph = toldGraph(frame);
  drawing.items.forEach((item, i) => {
    if (item.kind === "node" && shown.nodes[item.node].grad !== null && item.node !== trace.outputIndex)
      assert.equal(graph.items[i].words[2], "gradient ?");
  });
  assert.ok(graph.lines.every(({ message, lit }) => message === "" && !lit));
});

test("a step of which something is covered is told without numbers and reasons", () => {
  const { trace, cues } = loaded("mini");
  const words = [
    { text: "It is multiplied by 0, so nothing passes here: ", tone: /** @type {const} */ ("") },
    { text: "0", tone: /** @type {const} */ ("grad") },
  ];
  const sentences = new Map(trace.nodes.map(({ id }) => [`backward:${id}`, words]));
  const k = cues.steps.findIndex(({ phase, node }) => phase === "backward" && node === at(trace, "a1"));
  assert.match(plainText(sentence(trace, cues, sentences, k)), /nothing passes/);
  const shown = cover(trace, coveredIn(trace, begin("one", "z1")));
  const text = plainText(sentence(shown, cues, sentences, k));
  assert.equal(
    text,
    `Backward ${k - cues.seedStep} of ${cues.steps.length - 1 - cues.seedStep} — a1 hands its gradient back to z1. The numbers are covered: predict them.`,
  );
  assert.match(
    plainText(sentence(shown, cues, sentences, k - 1)),
    /nothing passes/,
    "the step before it hands on what is not covered",
  );
});

test("printed numbers are covered, names keep their digits", () => {
  assert.equal(withoutNumbers("dW2: [[0.0 -1.5e-3] [.5 12]]"), "dW2: [[? ?] [? ?]]");
  assert.equal(withoutNumbers("z1.1 and layer2 gave −3, nan, inf, True"), "z1.1 and layer2 gave ?, ?, ?, ?");
});

test("the reader's own gradients are not judged while their target is covered", () => {
  const { trace } = loaded("mini");
  const line = { name: "dz1", target: "z1", line: 4, value: 7, adjoint: 0, agrees: false, note: "off by 7", of: null };
  const mine = {
    ...trace,
    manual: [line, { ...line, name: "da1", target: "a1" }],
    prints: [{ line: 5, items: ["dz1:", 7], text: "dz1: 7" }],
  };
  const shown = cover(mine, coveredIn(mine, begin("one", "z1")));
  assert.deepEqual(shown.manual[0], { ...line, value: null, adjoint: null, note: null, covered: true });
  assert.deepEqual(shown.manual[1], mine.manual[1]);
  assert.deepEqual(shown.prints, [{ line: 5, items: [], text: "dz1: ?" }]);
});

test("a line of the reader's backward pass is graded once its gradient is revealed", () => {
  const { trace } = loaded("mini");
  const line = (
    /** @type {string} */ name,
    /** @type {boolean | null} */ agrees,
    /** @type {string[]} */ follows = [],
  ) => /** @type {any} */ ({ name, target: name.slice(1), agrees, follows, error: null });
  const answer = /** @type {any} */ ({
    lines: [line("dy", true), line("da1", true), line("dz1", true), line("dW1", null, ["dz1"])],
    missing: [],
    done: 3,
    wanted: 7,
  });
  const shown = cover(trace, coveredIn(trace, begin("one", "z1")));
  const uncovered = withoutCovered(answer, shown);
  assert.deepEqual(
    uncovered.lines.map(({ name }) => name),
    ["dy", "da1"],
  );
  assert.equal(uncovered.done, 2);
  assert.equal(withoutCovered(answer, trace), answer);
});

test("a sign, zero or not, and a number within two per cent", () => {
  for (const [
    kind,
    said,
    truth,
    right,
  ] of /** @type {[import("../../static/js/predict.js").Kind, string, number, boolean][]} */ ([
    ["sign", "−", -2, true],
    ["sign", "+", -2, false],
    ["sign", "0", -2, false],
    ["sign", "0", 0, true],
    ["sign", "+", 0, false],
    ["sign", "−", -0, false],
    ["sign", "+", NaN, false],
    ["sign", "+", Infinity, true],
    ["zero", "zero", 0, true],
    ["zero", "not zero", 0, false],
    ["zero", "not zero", 3, true],
    ["zero", "zero", 3, false],
    ["zero", "not zero", NaN, true],
    ["number", "2", 2, true],
    ["number", "2.04", 2, true],
    ["number", "2.041", 2, false],
    ["number", "-2", 2, false],
    ["number", "−0,5", -0.5, true],
    ["number", "0", 0, true],
    ["number", "0.001", 0, false],
    ["number", "0", 0.001, false],
    ["number", "Infinity", Infinity, true],
    ["number", "1e300", Infinity, false],
    ["number", "0", 1e-17, true],
    ["sign", "0", 1e-17, true],
    ["sign", "+", 1e-17, true],
    ["zero", "zero", 1e-17, true],
  ]))
    assert.equal(isRight(kind, said, truth, 2), right, `${kind}: ${said} for ${truth}`);
  assert.equal(isAnswer("number", "x"), false);
  assert.equal(isAnswer("number", " "), false);
  assert.equal(isAnswer("number", "1e-3"), true);
  assert.equal(isAnswer("sign", ""), false);
});

test("an answer that was right after all counts as right", () => {
  const { trace } = loaded("mini");
  const index = at(trace, "a1");
  const before = reveal(begin("all"), trace, index, "number", ["7"]);
  const shown = revealedOf(trace, before, index);
  assert.ok(shown);
  const after = accept(before, trace.nodes[index].id, shown);
  assert.deepEqual(
    [before.score, after.score],
    [
      { right: 0, of: 1 },
      { right: 1, of: 1 },
    ],
  );
  assert.equal(revealedOf(trace, after, index)?.right, true);
  assert.deepEqual(
    [
      numberSaid("number", "0.5"),
      numberSaid("sign", "0"),
      numberSaid("zero", "zero"),
      numberSaid("sign", "+"),
      numberSaid("zero", "not zero"),
    ],
    [0.5, 0, 0, null, null],
  );
});

test("up to nine elements are asked for each, of more one, the same each time", () => {
  const node = loaded("mini").trace.nodes[0];
  const of = (/** @type {string} */ id, /** @type {number} */ length) =>
    askedPlaces({ ...node, id, value: { shape: [length], flat: new Array(length).fill(1) } });
  assert.deepEqual(of("a", 9), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const places = Array.from({ length: 40 }, (_, i) => of(`W${i}`, 64));
  for (const [i, place] of places.entries()) {
    assert.equal(place.length, 1);
    assert.ok(place[0] >= 0 && place[0] < 64);
    assert.deepEqual(of(`W${i}`, 64), place);
  }
  assert.ok(new Set(places.map(([place]) => place)).size > 20, "not the same element of every tensor");
});

test("revealing counts what was answered, and shows that gradient alone", () => {
  const { trace } = loaded("mini");
  const [z1, W1, a1] = ["z1", "W1", "a1"].map((id) => at(trace, id));
  const first = reveal(begin("all"), trace, a1, "number", ["2"]);
  assert.deepEqual(first.score, { right: 1, of: 1 });
  assert.equal(revealedOf(trace, first, a1)?.right, true);
  const second = reveal(first, trace, W1, "sign", ["0", "+"]);
  assert.deepEqual(second.score, { right: 1, of: 2 });
  assert.deepEqual(revealedOf(trace, second, W1)?.each, [true, false]);
  const third = reveal(second, trace, z1, "number", []);
  assert.deepEqual(third.score, second.score, "looking is no answer");
  assert.equal(revealedOf(trace, third, z1)?.right, null);
  const left = idsOf(trace, coveredIn(trace, third));
  assert.deepEqual(
    left,
    withGradient(trace).filter((id) => !["a1", "W1", "z1"].includes(id)),
  );
});

test("another value covers again what it changes, and nothing else", () => {
  const { trace } = loaded("mini");
  const done = ["z1", "a1"].reduce((so, id) => reveal(so, trace, at(trace, id), "number", ["0"]), begin("all"));
  const nodes = trace.nodes.map((node) => (node.id === "z1" ? { ...node, grad: { shape: [1, 1], flat: [2] } } : node));
  const left = idsOf(trace, coveredIn({ ...trace, nodes }, done));
  assert.ok(left.includes("z1"));
  assert.ok(!left.includes("a1"));
});

test("step by step it halts before what is covered, in the order of the backward pass", () => {
  const { trace, cues } = loaded("mini");
  let now = { ...begin("next"), given: knownBy(trace, cues, cues.seedStep) };
  assert.equal(now.given.size, 0);
  const order = [];
  let time = 0;
  for (let guard = 0; guard < 30; guard += 1) {
    const asked = questionsIn(cues, coveredIn(trace, now));
    const halt = haltAt(asked, time);
    if (halt === Infinity) break;
    assert.ok(halt >= time && halt >= cues.seedStep);
    const [{ node, step }] = asked.filter((each) => each.step - 1 === halt);
    assert.equal(nodeIn(frameAt(trace, cues, halt), node).progress === "done", false, "it is asked before it is there");
    assert.equal(nodeIn(frameAt(trace, cues, step), node).progress, "done");
    order.push(trace.nodes[node].id);
    time = halt;
    now = { ...now, ...reveal(now, trace, node, "sign", ["+"]), given: now.given };
  }
  assert.deepEqual([...order].sort(), withGradient(trace), "each is asked for once");
  assert.ok(order.indexOf("a1") < order.indexOf("z1") && order.indexOf("z1") < order.indexOf("W1"));
});

test("who begins in the middle has been given what has come, as long as it stays the same", () => {
  const { trace, cues } = loaded("mini");
  const k = cues.steps.findIndex(({ phase, node }) => phase === "backward" && node === at(trace, "a1"));
  const now = { ...begin("next"), given: knownBy(trace, cues, k - 1) };
  const covered = coveredIn(trace, now);
  assert.ok(!covered.has(at(trace, "a1")) && covered.has(at(trace, "z1")));
  assert.equal(haltAt(questionsIn(cues, covered), k - 1), k - 1);
  const nodes = trace.nodes.map((node) => (node.id === "a1" ? { ...node, grad: { shape: [1, 1], flat: [5] } } : node));
  assert.ok(coveredIn({ ...trace, nodes }, now).has(at(trace, "a1")));
});

test("of a closed function only its result is asked for", () => {
  const { trace } = loaded("softmax");
  const drawing = drawingOf(trace, new Set());
  const cues = buildCues(trace, drawing);
  const asked = questionsIn(cues, coveredIn(trace, begin("all")));
  for (const { node } of asked) {
    const item = drawing.items[drawing.itemOf[node]];
    assert.ok(item.kind === "node" || item.result === node, trace.nodes[node].id);
  }
  assert.deepEqual(
    asked.map(({ step }) => step),
    asked.map(({ step }) => step).sort((a, b) => a - b),
  );
});

test("a link spells each way of covering, and refuses what is none", () => {
  for (const predicting of [begin("next"), begin("parameters"), begin("all"), begin("one", "z1.1")])
    assert.deepEqual(fromWord(toWord(predicting)), predicting);
  for (const word of ["", "off", "one:", "everything"]) assert.equal(fromWord(word), null);
});

test("where it halts, what is asked there is chosen; who plays on is asked again, and who has answered is left alone", () => {
  const store = createStore();
  const { trace, cues } = loaded("mini");
  store.fullTrace.value = trace;
  store.predict.value = begin("next");
  settleStart(store);
  chooseAtHalt(store);
  const chosen = () => store.selection.value;
  store.clock.value = seek(store.clock.value, cues, cues.seedStep - 1);
  assert.equal(chosen(), null);
  store.clock.value = seek(store.clock.value, cues, cues.seedStep);
  assert.equal(chosen(), "y.1");
  store.selection.value = "x";
  store.clock.value = play(store.clock.value, cues);
  assert.equal(chosen(), "y.1");
  // He answers before the frame in which the push ends: what he sees is his answer, and not the question after it.
  revealNode(store, at(trace, "y.1"), "number", ["1"]);
  store.clock.value = advance(store.clock.value, cues, 16, store.halt.value);
  assert.equal(store.clock.value.playing, false);
  assert.equal(chosen(), "y.1");
});
