import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { post } from "../../static/js/api.js";
import { createRest, underWay } from "../../static/js/busy.js";

/** @type {DOMStringMap} */
let dataset;
const outside = /** @type {any} */ (globalThis);

beforeEach(() => {
  dataset = {};
  outside.document = { documentElement: { dataset } };
  outside.window = globalThis;
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  delete outside.document;
  delete outside.window;
});

function later() {
  let resolve = (/** @type {number} */ _) => {};
  let reject = (/** @type {Error} */ _) => {};
  const promise = /** @type {Promise<number>} */ (new Promise((done, fail) => ([resolve, reject] = [done, fail])));
  return { promise, resolve, reject };
}

test("a word stands on the root for each thing that is under way, until each is done", async () => {
  const [first, second] = [later(), later()];
  const works = [
    underWay("trace", first.promise),
    underWay("trace", second.promise),
    underWay("part", Promise.resolve(3)),
  ];
  assert.equal(dataset.busy, "trace trace part");
  assert.equal(await works[2], 3);
  assert.equal(dataset.busy, "trace trace");
  second.resolve(2);
  await works[1];
  assert.equal(dataset.busy, "trace");
  first.reject(new Error("lost"));
  await assert.rejects(works[0], /lost/);
  assert.ok(!("busy" in dataset));
});

test("what is put off until the hand rests is under way from the first, and the newest is done", () => {
  const rest = createRest("check");
  /** @type {string[]} */
  const done = [];
  rest.start(100, () => done.push("first"));
  mock.timers.tick(99);
  rest.start(100, () => done.push(`second, ${dataset.busy}`));
  assert.equal(dataset.busy, "check");
  mock.timers.tick(99);
  assert.deepEqual(done, []);
  mock.timers.tick(1);
  assert.deepEqual(done, ["second, check"]);
  assert.ok(!("busy" in dataset));
});

test("called off, nothing is done and nothing is under way", () => {
  const rest = createRest("check");
  rest.start(100, () => assert.fail("it was called off"));
  rest.stop();
  rest.stop();
  mock.timers.tick(1000);
  assert.ok(!("busy" in dataset));
});

test("between the rest and the question that it asks, there is no moment without either", async () => {
  const asked = later();
  const rest = createRest("explain");
  /** @type {Promise<number> | undefined} */
  let work;
  rest.start(10, () => void (work = underWay("explain", asked.promise)));
  mock.timers.tick(10);
  assert.equal(dataset.busy, "explain");
  asked.resolve(1);
  await work;
  assert.ok(!("busy" in dataset));
});

test("every question to the server is under way until its answer is read, also when it is refused or given up", async () => {
  const answers = [new Response("{}"), new Response('{"title": "No"}', { status: 422 })];
  mock.method(globalThis, "fetch", async (/** @type {string} */ _, /** @type {RequestInit} */ { signal }) => {
    signal?.throwIfAborted();
    return answers.shift();
  });
  const [taken, refused, givenUp] = [post("trace", {}), post("check", {}), post("code", {}, AbortSignal.abort())];
  assert.equal(dataset.busy, "trace check code");
  await taken;
  await assert.rejects(refused, { message: "No" });
  await assert.rejects(givenUp, { name: "AbortError" });
  assert.ok(!("busy" in dataset));
});
