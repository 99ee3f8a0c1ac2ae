/** A query follows what is asked: it rests, asks, drops what came too late, and gives up what nobody waits for. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { batch, signal } from "@preact/signals-core";
import { outcome, ProblemError } from "../../static/js/api.js";
import { createQuery, inTurn, steady } from "../../static/js/query.js";

const outside = /** @type {any} */ (globalThis);
/** @type {DOMStringMap} */
let dataset;
/** What the server was asked, in order; each answered, refused, or lost by the test. @type {{path: string, body: any, signal: AbortSignal, answer: (body: object, status?: number) => Promise<void>, lose: () => Promise<void>}[]} */
let asked;

/** All that follows from answers has happened. */
const settled = async () => {
  for (let i = 0; i < 20; i += 1) await null;
};

beforeEach(() => {
  dataset = {};
  asked = [];
  outside.document = { documentElement: { dataset } };
  outside.window = globalThis;
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(
    globalThis,
    "fetch",
    (/** @type {string} */ address, /** @type {RequestInit} */ { body, signal: given }) => {
      const sent = /** @type {AbortSignal} */ (given);
      return new Promise((resolve, reject) => {
        sent.addEventListener("abort", () => reject(sent.reason));
        asked.push({
          path: address.replace("/api/v1/", ""),
          body: JSON.parse(String(body)),
          signal: sent,
          answer: (content, status = 200) => (
            resolve(
              /** @type {any} */ ({ ok: status < 400, status, headers: new Headers(), json: async () => content }),
            ),
            settled()
          ),
          lose: () => (reject(new TypeError("fetch failed")), settled()),
        });
      });
    },
  );
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  delete outside.document;
  delete outside.window;
});

/**
 * A query about a number: what becomes of it stands in `log`.
 * @param {Partial<import("../../static/js/query.js").Asking<{x: number}, any>>} [how]
 */
function numberQuery(how = {}) {
  const x = signal(/** @type {number | null} */ (null));
  /** @type {string[]} */
  const log = [];
  const stop = createQuery("check", {
    about: () => (x.value === null ? null : { x: x.value }),
    ask: (about, post) => post(about),
    take: ({ y }, about) => log.push(`${about.x}: ${y}`),
    refuse: ({ detail }, about) => log.push(`${about.x} refused, ${detail}`),
    ...how,
  });
  return { x, log, stop };
}

test("nothing is asked until there is something to ask; then it is asked, and the answer goes where it belongs", async () => {
  const { x, log } = numberQuery();
  assert.equal(asked.length, 0);
  x.value = 3;
  assert.deepEqual(
    asked.map(({ path, body }) => [path, body]),
    [["check", { x: 3 }]],
  );
  assert.equal(dataset.busy, "check");
  await asked[0].answer({ y: 9 });
  assert.deepEqual(log, ["3: 9"]);
  assert.ok(!("busy" in dataset));
});

test("a question that did not change is not asked again, whatever else did", async () => {
  const other = signal(0);
  const x = signal(3);
  let read = 0;
  const { log } = numberQuery({ about: () => (void other.value, (read += 1), { x: x.value }) });
  other.value = 1;
  await asked[0].answer({ y: 9 });
  other.value = 2;
  assert.equal(read, 3);
  assert.equal(asked.length, 1);
  assert.deepEqual(log, ["3: 9"]);
  x.value = 4;
  assert.equal(asked.length, 2);
});

test("of two in flight the older is given up, and its answer is dropped even if it comes after all", async () => {
  const { x, log } = numberQuery();
  x.value = 1;
  x.value = 2;
  assert.deepEqual(
    asked.map(({ signal: { aborted } }) => aborted),
    [true, false],
  );
  await asked[1].answer({ y: 4 });
  await asked[0].answer({ y: 1 });
  assert.deepEqual(log, ["2: 4"]);
  assert.ok(!("busy" in dataset));
});

test("an answer whose question is no longer asked is dropped", async () => {
  // This one ignores that it was given up, as work that cannot be stopped does.
  const { x, log } = numberQuery({ ask: async (about, post) => outcome(post(about)).then(() => ({ y: "late" })) });
  x.value = 1;
  x.value = null;
  await asked[0].answer({ y: 1 });
  assert.deepEqual(log, []);
  assert.ok(asked[0].signal.aborted);
});

test("what may be shown though another is asked by now is not given up before that is sent", async () => {
  const { x, log } = numberQuery({
    rest: ({ x: asking }) => (asking === 1 ? 0 : 100),
    holds: (older) => older.x === 1,
  });
  x.value = 1;
  x.value = 2;
  assert.ok(!asked[0].signal.aborted);
  await asked[0].answer({ y: 1 });
  assert.deepEqual(log, ["1: 1"]);
  x.value = 1;
  x.value = 2;
  mock.timers.tick(100);
  assert.deepEqual(
    asked.map(({ body, signal: { aborted } }) => [body.x, aborted]),
    [
      [1, false],
      [1, true],
      [2, false],
    ],
  );
});

test("in turn, an answer may be waited for and yet not be shown", async () => {
  const { x, log } = numberQuery({ waits: inTurn, holds: (older, now) => older.x === now?.x });
  x.value = 1;
  x.value = 2;
  await asked[0].answer({ y: 1 });
  await asked[1].answer({ y: 4 });
  assert.ok(!asked[0].signal.aborted);
  assert.deepEqual(log, ["2: 4"]);
});

test("work that goes on though it was given up does not come between the newer ones", async () => {
  const { x, log } = numberQuery({ ask: async (about, post) => ({ y: (await outcome(post(about)))?.answer?.y }) });
  x.value = 1;
  x.value = 2;
  await settled();
  x.value = 3;
  assert.ok(asked[1].signal.aborted);
  await asked[2].answer({ y: 9 });
  assert.deepEqual(log, ["3: 9"]);
});

test("while a hand moves, one is asked at a time and shown, then the newest, and none between", async () => {
  const { x, log } = numberQuery({ waits: inTurn });
  for (const next of [1, 2, 3]) x.value = next;
  assert.equal(asked.length, 1);
  await asked[0].answer({ y: 1 });
  assert.deepEqual(
    asked.map(({ body }) => body.x),
    [1, 3],
  );
  await asked[1].answer({ y: 9 });
  assert.deepEqual(log, ["1: 1", "3: 9"]);
  assert.equal(asked.length, 2);
});

/** What is thrown where nobody catches it, instead of ending the test. @param {() => Promise<void>} work @returns {Promise<unknown[]>} */
async function thrownIn(work) {
  /** @type {unknown[]} */
  const thrown = [];
  const before = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error) => thrown.push(error));
  await work();
  await new Promise((done) => setImmediate(done));
  process.removeAllListeners("unhandledRejection");
  for (const each of before) process.on("unhandledRejection", each);
  return thrown;
}

for (const [what, happens, thrown] of /** @type {[string, (first: typeof asked[0]) => Promise<void>, string[]][]} */ ([
  ["was refused", (first) => first.answer({ detail: "no" }, 422), []],
  ["was lost", (first) => first.lose(), []],
  ["led to a mistake", (first) => first.answer({ y: null }), ["Error: a mistake"]],
])) {
  test(`in turn, the newest is asked though the older ${what}`, async () => {
    const { x, log } = numberQuery({
      waits: inTurn,
      take: ({ y }, about) => {
        if (y === null) throw new Error("a mistake");
        log.push(`${about.x}: ${y}`);
      },
    });
    const found = await thrownIn(async () => {
      for (const next of [1, 2]) x.value = next;
      await happens(asked[0]);
      await asked[1].answer({ y: 4 });
    });
    assert.deepEqual(found.map(String), thrown);
    assert.equal(log.at(-1), "2: 4");
  });
}

test("a refusal has a place of its own, and so has a server that does not answer", async () => {
  const { x, log } = numberQuery();
  x.value = 1;
  await asked[0].answer({ detail: "too large" }, 413);
  x.value = 2;
  await asked[1].lose();
  assert.deepEqual(log, [
    "1 refused, too large",
    "2 refused, The server does not answer. The picture is the last one it sent.",
  ]);
});

test("a refusal that comes too late is dropped as an answer is", async () => {
  const { x, log } = numberQuery({
    ask: (_, post) => post({}).catch(() => Promise.reject(new ProblemError(/** @type {any} */ ({ detail: "late" })))),
  });
  x.value = 1;
  x.value = null;
  await settled();
  assert.deepEqual(log, []);
});

test("a hand that still moves is let come to rest: under way from the first, asked once, and about the newest", () => {
  const { x } = numberQuery({ rest: () => 100 });
  x.value = 1;
  mock.timers.tick(99);
  assert.equal(dataset.busy, "check");
  x.value = 2;
  mock.timers.tick(99);
  assert.equal(asked.length, 0);
  mock.timers.tick(1);
  assert.deepEqual(
    asked.map(({ body }) => body.x),
    [2],
  );
  assert.equal(dataset.busy, "check");
});

test("what is no longer asked when the hand has come to rest is not asked at all", () => {
  const { x } = numberQuery({ rest: () => 100 });
  x.value = 1;
  x.value = null;
  assert.ok(!("busy" in dataset));
  mock.timers.tick(1000);
  assert.equal(asked.length, 0);
});

test("there may be nothing to ask after all", async () => {
  const { x, log } = numberQuery({ ask: ({ x: about }, post) => (about === 1 ? null : post({ x: about })) });
  x.value = 1;
  await settled();
  x.value = 2;
  await asked[0].answer({ y: 4 });
  assert.deepEqual(log, ["2: 4"]);
});

test("one question may take several requests: all of them are given up with it", async () => {
  const { x, log } = numberQuery({
    ask: async ({ x: about }, post) => ({
      y: (await Promise.all([post({ x: about }), post({ x: -about })])).map(({ y }) => y).join(),
    }),
  });
  x.value = 1;
  x.value = 2;
  assert.deepEqual(
    asked.map(({ signal: { aborted } }) => aborted),
    [true, true, false, false],
  );
  await asked[2].answer({ y: 4 });
  await asked[3].answer({ y: -4 });
  assert.deepEqual(log, ["2: 4,-4"]);
});

test("put away, it asks no more, gives up what it asked, and nothing is under way", async () => {
  const [first, second] = [numberQuery({ waits: inTurn }), numberQuery({ rest: () => 100 })];
  batch(() => (first.x.value = second.x.value = 1));
  first.x.value = 2;
  assert.equal(dataset.busy, "check check");
  first.stop();
  second.stop();
  await settled();
  assert.ok(asked[0].signal.aborted && !("busy" in dataset));
  batch(() => (first.x.value = second.x.value = 3));
  mock.timers.tick(1000);
  assert.equal(asked.length, 1);
  assert.deepEqual([...first.log, ...second.log], []);
});

test("what is steady is the same object until one of its fields is another", () => {
  const [x, y] = [signal(NaN), signal("a")];
  const both = steady(() => (y.value === "" ? null : { x: x.value, y: y.value.toLowerCase() }));
  const first = both.value;
  y.value = "A";
  assert.equal(both.value, first);
  y.value = "b";
  assert.deepEqual(both.value, { x: NaN, y: "b" });
  y.value = "";
  assert.equal(both.value, null);
});
