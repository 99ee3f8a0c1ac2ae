/** The rows of a training, what is said of them, and their curve. */
import assert from "node:assert/strict";
import test from "node:test";
import { reseeded } from "../../static/js/training/reseed.js";
import { stepsAsCsv } from "../../static/js/table/training_csv.js";
import { rangeOf, thinned } from "../../static/js/plots/losses.js";
import { exampleAt, placesOf } from "../../static/js/plots/surface.js";
import { columnOf, readHistograms, shade, toldAt } from "../../static/js/plots/histograms.js";
import { normsPlot } from "../../static/js/plots/norms.js";
import { eventBefore, eventsOf, nextEvent } from "../../static/js/training/events.js";
import { advanced, from } from "../../static/js/training/pace.js";
import { changedIn, ruleAt, sameRun, sameUntil, updateAs } from "../../static/js/training/rule.js";
import {
  bestAside,
  bestOf,
  everyOf,
  MOST,
  readRow,
  remark,
  rowAt,
  runLabels,
  runName,
  sizeOf,
  withRows,
  secondsLeft,
  sampled,
} from "../../static/js/training/rows.js";

/** @param {number} step @param {number} [loss] @param {number[]} [gradients] @returns {import("../../static/js/training/rows.js").Row} */
const row = (step, loss = 1, gradients = [1]) => ({
  step,
  loss,
  validation: null,
  gradients,
  parameters: gradients.map(() => 1),
  rate: 0.1,
});

test("a row from the wire has plain numbers", () => {
  const wire = { step: 3, loss: "Infinity", validation: null, gradients: ["NaN"], parameters: [2], rate: null };
  assert.deepEqual(readRow(/** @type {any} */ (wire)), {
    step: 3,
    loss: Infinity,
    validation: null,
    gradients: [NaN],
    parameters: [2],
    rate: null,
  });
});

test("the row of a step is the last one that is told before it", () => {
  const rows = [row(0), row(10), row(20)];
  assert.deepEqual(
    [0, 9, 10, 25].map((step) => rowAt(rows, step)?.step),
    [0, 0, 10, 20],
  );
  assert.equal(rowAt([], 5), null);
});

test("later rows take the place of those from their first step on", () => {
  assert.deepEqual(
    withRows([row(0), row(1), row(2, 5)], [row(2, 7), row(3)]).map(({ step, loss }) => [step, loss]),
    [
      [0, 1],
      [1, 1],
      [2, 7],
      [3, 1],
    ],
  );
});

test("however long a run, few rows are kept, and the last one is", () => {
  let rows = [row(0)];
  for (let from = 1; from < 40_000; from += 100) {
    rows = withRows(
      rows,
      Array.from({ length: 100 }, (_, i) => row(from + i)),
    );
    assert.ok(rows.length <= MOST + 100);
    assert.equal(rows[rows.length - 1].step, from + 99);
  }
  assert.equal(rows[0].step, 0);
  assert.equal(everyOf(1000), 1);
  assert.equal(everyOf(1001), 2);
});

test("the last batch of an epoch may be smaller", () => {
  const training = { run: { batch: 4 }, begins: { examples: 10, epoch: 3 } };
  assert.deepEqual(
    [0, 1, 2, 3, 5].map((step) => sizeOf(training, step)),
    [4, 4, 2, 4, 2],
  );
  assert.equal(sizeOf({ ...training, run: { batch: null } }, 2), 10);
});

test("what is remarkable is said, and nothing else", () => {
  const names = ["W1", "b1"];
  const fine = [row(0, 2, [1, 1]), row(1, 1, [1, 1])];
  assert.equal(remark(fine, fine[1], null, names), "");
  assert.match(remark(fine, fine[1], "nonfinite", names), /step 1 the loss is no number/);
  const dead = [row(0, 2, [0, 0])];
  assert.match(remark(dead, dead[0], null, names), /Every gradient is 0/);
  const half = [row(0, 2, [0, 1])];
  assert.match(remark(half, half[0], null, names), /No gradient reaches W1 at this step: it does not move/);
  const climbing = [row(0, 2), row(1, 9)];
  assert.match(remark(climbing, climbing[1], null, ["x"]), /higher than at the start/);
  assert.equal(remark([], null, null, names), "");
});

test("the range of losses begins at 0, or covers powers of ten", () => {
  assert.deepEqual(rangeOf([0.5, 2, NaN], false), [0, 2.08]);
  assert.deepEqual(rangeOf([0.05, 2, Infinity], true), [0.01, 10]);
  assert.deepEqual(rangeOf([], false), [0, 1]);
  assert.deepEqual(rangeOf([0], true), [0.1, 1]);
  assert.equal(rangeOf([-3, 1], false)[0], -3);
});

test("a curve of many points keeps its ends and its peaks", () => {
  const rows = Array.from({ length: 5000 }, (_, i) => row(i, i === 1234 ? 99 : i === 4321 ? -99 : 1));
  const kept = thinned(rows);
  assert.ok(kept.length <= 1500);
  for (const step of [0, 1234, 4321, 4999]) assert.ok(kept.some((each) => each.step === step));
  assert.equal(thinned(rows.slice(0, 100)).length, 100);
});

test("a run is called by what it is trained with", () => {
  assert.equal(runName({}), "sgd");
  assert.equal(
    runName({ optimizer: "adam", settings: { lr: 0.1 }, batch: 4, changes: [{ step: 9, settings: { lr: 0.01 } }] }),
    "adam, lr 0.1, batch 4, from step 9 lr 0.01",
  );
  assert.equal(runName({ changes: [{ step: 3, optimizer: "def own(w, dw):\n    return w" }] }), "sgd, from step 3 own");
  assert.equal(runName({ optimizer: "def mine(w, dw):\n    return w", accumulate: true }), "mine, gradients kept");
  assert.equal(bestOf([row(0, 3), row(1, 1), row(2, NaN)]), 1);
});

test("runs beside each other are called by what tells them apart", () => {
  assert.deepEqual(runLabels([{ settings: { lr: 0.1 } }, { settings: { lr: 0.5 } }]), ["rate 0.1", "rate 0.5"]);
  assert.deepEqual(runLabels([{ optimizer: "adam", decay: 0.01 }, { optimizer: "adam" }]), ["decay 0.01", "no decay"]);
  const [constant, cosine] = runLabels([{}, { rate: { course: "cosine", over: 40, factor: 0 } }]);
  assert.deepEqual([constant, cosine], ["constant rate", "cosine rate"]);
});

test("the best step is the one with the lowest loss of what is kept aside", () => {
  const rows = [3, 1, 2, null, NaN].map((validation, step) => ({ ...row(step), validation }));
  assert.equal(bestAside(rows)?.step, 1);
  assert.equal(bestAside([row(0)]), null);
});

test("sizes of all magnitudes can be drawn", () => {
  for (const [value, gradient] of [
    [0, 0],
    [1e-300, NaN],
    [Infinity, 1e30],
  ])
    assert.ok(normsPlot([{ id: "h", value, gradient }], { width: 300, height: 200 }));
});

test("the update of a step has other nodes wherever the rule is another one", () => {
  const run = {
    optimizer: "sgd",
    settings: { lr: 0.1 },
    changes: [
      { step: 5, settings: { lr: 0.2 } },
      { step: 9, optimizer: "adam" },
    ],
  };
  assert.deepEqual(ruleAt(run, 4), { name: "sgd", settings: { lr: 0.1 } });
  assert.deepEqual(ruleAt(run, 8), { name: "sgd", settings: { lr: 0.2 } });
  assert.deepEqual(ruleAt(run, 9), { name: "adam", settings: {} });
  assert.equal(updateAs(run, 4), updateAs(run, 8));
  const plain = updateAs({ optimizer: "adam" }, 0);
  assert.equal(updateAs(run, 9), plain);
  for (const other of [{ clip: 1 }, { decay: 0.1 }, { accumulate: true }, { optimizer: "sgd" }])
    assert.notEqual(updateAs({ optimizer: "adam", ...other }, 0), plain);
});

test("two runs are one up to the step at which something is set otherwise", () => {
  const run = { optimizer: "adam", changes: [{ step: 5, settings: { lr: 1 } }] };
  assert.ok(sameRun(run, { ...run, batch: null, decay: 0 }));
  assert.deepEqual(changedIn(run, { optimizer: "adam" }), ["changes 5"]);
  assert.equal(sameUntil(run, { ...run, changes: [...run.changes, { step: 9, optimizer: "sgd" }] }), 9);
  assert.equal(sameUntil(run, { optimizer: "adam" }), 5);
  assert.equal(sameUntil(run, { ...run, stops: { below: 0.1 } }), 0);
  assert.equal(sameUntil(run, run), Infinity);
});

test("why a run stopped is said", () => {
  const rows = [row(0, 2), row(1, 1)];
  assert.match(remark(rows, rows[1], "below", ["w"]), /as low as was asked for/);
  assert.match(remark(rows, rows[1], "patience", ["w"]), /had not become lower/);
});

/** @param {object} [more] @returns {any} */
const trained = (more) => ({
  run: { changes: [{ step: 20, settings: { lr: 0.01 } }] },
  begins: { own: false },
  rows: [0, 10, 20, 30, 40].map((step) => ({ ...row(step), validation: Math.abs(step - 30) })),
  ended: null,
  ...more,
});

test("events of a training are what begins, what changes, the lowest validation and the end, in order", () => {
  const events = eventsOf(trained(), [{ since: 10, says: "Steps overshoot." }]);
  assert.deepEqual(
    events.map(({ step }) => step),
    [10, 20, 30, 40],
  );
  assert.match(events[1].says, /a rate of 0.01/);
  assert.equal(nextEvent(events, 10), 20);
  assert.equal(nextEvent(events, 40), null);
  assert.equal(eventBefore(events, 20), 10);
  assert.equal(eventBefore(events, 5), 0);
  assert.equal(eventBefore(events, 0), null);
});

test("the course of a rate has its events, and the program's own training its end", () => {
  const falls = eventsOf(trained({ run: { rate: { course: "steps", over: 15 } } }), []);
  assert.deepEqual(
    falls.filter(({ says }) => says === "the rate falls").map(({ step }) => step),
    [15, 30],
  );
  const own = eventsOf(trained({ run: { own: true }, begins: { own: true, steps: 99 }, rows: [] }), []);
  assert.deepEqual(
    own.map(({ step }) => step),
    [99],
  );
  assert.match(eventsOf(trained({ ended: "nonfinite" }), []).at(-1)?.says ?? "", /no number/);
});

test("steps play at their pace, to the last one, and calmly in fewer pictures", () => {
  let pace = from(3);
  for (let i = 0; i < 25; i += 1) pace = advanced(pace, 10, 16, 100);
  assert.equal(pace.step, 7);
  assert.equal(advanced(pace, 100_000, 16, 100).step, 100);
  let [calm, shown] = [from(0), 0];
  for (let i = 0; i < 200; i += 1) {
    const next = advanced(calm, 10, 16, 100, true);
    shown += Number(next.step !== calm.step);
    calm = next;
  }
  assert.equal(shown, 2);
  assert.equal(calm.step, 22);
});

test("a click means the nearest example, if one is near", () => {
  const plane = /** @type {any} */ ({
    axes: [
      [0, 1],
      [0, 1],
    ],
    values: [[0], [0], [0], [0]],
    examples: [
      [0, 0],
      [1, 1],
    ],
    targets: [[0], [1]],
  });
  const size = { width: 152, height: 132 };
  const places = placesOf(plane, size);
  assert.deepEqual(places, [
    [40, 108],
    [140, 8],
  ]);
  assert.equal(exampleAt(places, 135, 12, 12), 1);
  assert.equal(exampleAt(places, 90, 60, 12), null);
  assert.equal(exampleAt([], 0, 0, 12), null);
  const line = { ...plane, axes: [[0, 1]], values: [[0], [2]], examples: [[0], [1]], targets: [[0], [2]] };
  const [low, high] = placesOf(line, size);
  assert.ok(low[0] === 40 && high[0] === 140 && low[1] > high[1]);
  assert.ok(Number.isNaN(placesOf({ ...line, targets: [] }, size)[0][1]));
});

test("a place of a strip is told in words", () => {
  const histogram = {
    low: 0,
    high: 3,
    counts: [
      [1, 1, 1],
      [2, 1, 0],
      [3, 0, 0],
    ],
  };
  const wire = {
    steps: [0, 4, 5],
    distributions: [{ parameter: "w", elements: 3, values: histogram, gradients: histogram }],
  };
  const read = readHistograms(wire);
  const [w] = read.distributions;
  assert.deepEqual(
    [0, 3, 4, 9].map((step) => columnOf(read.steps, step)),
    [0, 0, 1, 2],
  );
  assert.deepEqual(toldAt(read, w, "values", 0.5, 0.5), {
    step: 0,
    says: "Step 0: 1 of 3 numbers of w are between 1 and 2.",
  });
  assert.equal(toldAt(read, w, "gradients", 1, 0).says, "Step 5: 3 of 3 gradients of w are at most 1.");
  assert.equal(toldAt(read, w, "values", 0.85, 1).says, "Step 4: 0 of 3 numbers of w are at least 2.");
  assert.equal(shade(0, [0, 3]), 0);
  assert.equal(shade(3, [0, 3]), 1);
  assert.ok(shade(1, [1, 9999]) > 0.1);
  assert.equal(shade(0, [0, 0]), 0);
});

test("the steps are told to a spreadsheet with every digit", () => {
  const rows = [
    { step: 0, loss: 0.1 + 0.2, validation: null, gradients: [2], parameters: [1], rate: 0.1 },
    { step: 1, loss: Infinity, validation: null, gradients: [0], parameters: [1.5], rate: null },
  ];
  const training = /** @type {any} */ ({ begins: { parameters: ["W[0,1]"] }, rows });
  assert.equal(
    stepsAsCsv(training),
    'step,loss,rate,"|gradient| of W[0,1]","|value| of W[0,1]"\r\n0,0.30000000000000004,0.1,2,1\r\n1,Infinity,,0,1.5\r\n',
  );
});

test("the time that a training will take is told once enough is known", () => {
  const aim = { from: 100, to: 1100, since: 1000 };
  assert.equal(secondsLeft(aim, 100, 9000), null);
  assert.equal(secondsLeft(aim, 200, 1400), null);
  assert.equal(secondsLeft(aim, 200, 2000), 9);
  assert.equal(secondsLeft(aim, 1100, 5000), 0);
});

test("new weights are those of the next seed", () => {
  assert.equal(
    reseeded("rng = np.random.default_rng(0)\nW = rng.normal(size=3)"),
    "rng = np.random.default_rng(1)\nW = rng.normal(size=3)",
  );
  assert.equal(reseeded("np.random.seed(41)\nnp.random.seed(3)"), "np.random.seed(42)\nnp.random.seed(3)");
  assert.equal(reseeded("random.seed(4294967295)"), "random.seed(0)");
  assert.equal(reseeded("W = np.ones(3)"), null);
  assert.equal(reseeded("rng = np.random.default_rng([0, 1])"), null);
});

test("a long run is read by some of its steps", () => {
  const rows = Array.from({ length: 1001 }, (_, step) => /** @type {any} */ ({ step }));
  const steps = sampled(rows).map(({ step }) => step);
  assert.equal(steps.length, 25);
  assert.deepEqual([steps[0], steps[24]], [0, 1000]);
  assert.deepEqual(
    sampled(rows.slice(0, 3)).map(({ step }) => step),
    [0, 1, 2],
  );
});
