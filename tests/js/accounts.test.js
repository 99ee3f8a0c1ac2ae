/** What is told of an element: only what the moment has told already, and not asked for twice. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { createAccounts } from "../../static/js/queries/accounts.js";
import { createStore } from "../../static/js/store.js";
import { seek } from "../../static/js/timeline/player.js";
import { loaded } from "./fixtures/load.js";

const outside = /** @type {any} */ (globalThis);
const ANSWER = { value: 1, text: [], rule: [], terms: [], more: null, sources: [] };
let asked = 0;

beforeEach(() => {
  asked = 0;
  outside.document = { documentElement: { dataset: {} } };
  outside.window = globalThis;
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(globalThis, "fetch", async () => {
    asked += 1;
    return { ok: true, status: 200, headers: new Headers(), json: async () => ({ value: ANSWER, grad: ANSWER }) };
  });
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  delete outside.document;
  delete outside.window;
});

async function rested() {
  mock.timers.tick(1000);
  for (let i = 0; i < 20; i += 1) await null;
}

test("an element is asked about once it is known, told again without asking, and not told at a moment before", async () => {
  const store = createStore();
  const { trace, cues } = loaded("mini");
  store.fullTrace.value = trace;
  createAccounts(store);
  const element = {
    id: trace.output,
    place: 0,
    of: /** @type {const} */ ("value"),
    box: { left: 0, top: 0, right: 1, bottom: 1 },
  };
  const to = (/** @type {number} */ step) => (store.clock.value = seek(store.clock.value, cues, step));
  const account = () => store.account.value;
  to(0);
  store.pointed.value = element;
  await rested();
  assert.equal(asked, 0);
  assert.equal(account()?.answer, null);
  assert.notEqual(account()?.status, "known");

  to(cues.seedStep);
  assert.equal(account(), null);
  await rested();
  assert.equal(asked, 1);
  assert.deepEqual(account(), { id: trace.output, place: 0, of: "value", status: "known", answer: ANSWER });

  to(0);
  await rested();
  assert.equal(account()?.answer, null);
  to(cues.seedStep);
  assert.deepEqual(account()?.answer, ANSWER);

  store.pointed.value = null;
  assert.equal(account(), null);
  store.pointed.value = element;
  await rested();
  assert.equal(asked, 1);
  store.fullTrace.value = { ...trace };
  await rested();
  assert.equal(asked, 2);
});
