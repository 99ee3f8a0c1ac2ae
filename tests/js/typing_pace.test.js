import assert from "node:assert/strict";
import { test } from "node:test";
import { createTypingPace, SETTLE } from "../../static/js/typing_pace.js";

/** What the page is to the pace: a clock that is moved, and the timers of the page. */
function made() {
  const page = {
    time: 0,
    timers: /** @type {Map<number, () => void>} */ (new Map()),
    waits: /** @type {number[]} */ ([]),
  };
  /** @type {Record<string, string>} */
  const dataset = {};
  Object.assign(globalThis, {
    document: { documentElement: { dataset } },
    window: {
      /** @param {() => void} then @param {number} ms */
      setTimeout(then, ms) {
        page.waits.push(ms);
        page.timers.set(page.waits.length, then);
        return page.waits.length;
      },
    },
    /** @param {number} timer */
    clearTimeout: (timer) => page.timers.delete(timer),
  });
  return { page, dataset, pace: createTypingPace("trace", () => page.time) };
}

/** @param {ReturnType<typeof made>} it @param {number} ms */
const answeredIn = async ({ page, pace }, ms) => {
  await pace.timed(Promise.resolve().then(() => (page.time += ms)));
};

test("before anything has been answered, a text settles", () => {
  const { pace } = made();
  assert.equal(pace.typed(), SETTLE);
});

test("where answers are quick, the first key is not waited with, and the next ones as long as an answer takes", async () => {
  const it = made();
  await answeredIn(it, 30);
  it.page.time = 1000;
  assert.equal(it.pace.typed(), 0);
  it.page.time += 80;
  assert.equal(it.pace.typed(), 30);
  it.page.time += SETTLE + 1;
  assert.equal(it.pace.typed(), 0);
});

test("where answers are slow, a text settles, and no longer than before", async () => {
  const it = made();
  await answeredIn(it, 3000);
  it.page.time = 10_000;
  assert.equal(it.pace.typed(), SETTLE);
});

test("a problem is told once nothing was typed for a while, and not for another text", () => {
  const { page, dataset, pace } = made();
  page.time = 1000;
  pace.typed();
  page.time += 40;
  /** @type {string[]} */
  const told = [];
  pace.tell(() => told.push("first"));
  assert.deepEqual([told, page.waits, dataset.busy], [[], [SETTLE - 40], "trace"]);
  pace.forget();
  assert.deepEqual([page.timers.size, dataset.busy], [0, undefined]);
  pace.tell(() => told.push("second"));
  page.timers.get(2)?.();
  assert.deepEqual([told, dataset.busy], [["second"], undefined]);
  page.time += SETTLE;
  pace.tell(() => told.push("at once"));
  assert.deepEqual(told, ["second", "at once"]);
});
