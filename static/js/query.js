/**
 * A request that follows signals: when its question changes, it is sent, and its answer delivered. Debouncing, not
 * repeating an unchanged question, dropping late answers, aborting requests that are no longer needed, and refusals are
 * handled here, once. (For a single request, as by a button, use `outcome` in api.js.)
 */
import { computed, effect, untracked } from "@preact/signals-core";
import { outcome, post } from "./api.js";
import { createRest } from "./busy.js";

/** @typedef {(body: object) => Promise<any>} Post  sends to the query's path; aborted with the question */

/**
 * @template {object} Q
 * @template A
 * @typedef {object} Asking
 * @property {() => Q | null} about  the current question; follows the signals that it reads. null: none. Questions with
 *   equal fields are the same
 * @property {(about: Q) => number} [rest]  delay before a new question is sent, ms; 0 by default
 * @property {(about: Q, post: Post) => Promise<A> | null} ask  null: there is nothing to send after all
 * @property {(answer: A, about: Q) => void} take  receives the answer
 * @property {(problem: import("./types.js").Problem, about: Q) => void} [refuse]  receives a refusal; by default it is
 *   ignored
 * @property {(older: Q, now: Q) => boolean} [waits]  whether the new question waits for the answer to the older one.
 *   While a slider moves, one question is then under way at a time, followed by the newest: aborting each for the next
 *   would starve the picture. By default the older one is aborted
 * @property {(older: Q, now: Q | null) => boolean} [holds]  whether the answer to the older question may be used while
 *   `now` is asked. By default: if it is the same question, or the new one waits for it
 */

/** For `waits`, if the picture follows a slider. */
export const inTurn = () => true;

/**
 * @template {object} Q
 * @template A
 * @param {string} path under /api/v1/; also its word in `data-busy` (busy.js)
 * @param {Asking<Q, A>} asking
 * @returns {() => void} stops asking, and aborts
 */
export function createQuery(
  path,
  { about, rest = () => 0, ask, take, refuse = () => {}, waits = () => false, holds = isAwaited(waits) },
) {
  const pause = createRest(path);
  const wanted = steady(about);
  let now = /** @type {Q | null} */ (null);
  let flight = /** @type {{question: Q, work: AbortController} | null} */ (null);
  /** Whether the newest question is ready and only waits for an older answer. */
  let due = false;

  const stop = effect(() => {
    now = wanted.value;
    untracked(follow);
  });

  function follow() {
    pause.stop();
    due = false;
    if (flight && !holds(flight.question, now) && !(now && waits(flight.question, now))) giveUp();
    const ms = now === null ? 0 : rest(now);
    if (ms > 0) pause.start(ms, send);
    else send();
  }

  function send() {
    due = now !== null && flight !== null && waits(flight.question, now);
    if (now === null || due) return;
    giveUp();
    void fly(now);
  }

  function giveUp() {
    flight?.work.abort();
    flight = null;
  }

  /** @param {Q} question */
  async function fly(question) {
    const own = (flight = { question, work: new AbortController() });
    try {
      const asked = ask(question, (body) => post(path, body, own.work.signal));
      const found = asked && (await outcome(asked));
      if (flight !== own) return;
      flight = null;
      if (!found || !holds(question, now)) return;
      if (found.problem) refuse(found.problem, question);
      else take(found.answer, question);
    } finally {
      if (flight === own) flight = null;
      if (flight === null && due) send();
    }
  }

  return () => {
    stop();
    pause.stop();
    [now, due] = [null, false];
    giveUp();
  };
}

/**
 * @template Q
 * @param {(older: Q, now: Q) => boolean} waits
 * @returns {(older: Q, now: Q | null) => boolean}
 */
const isAwaited = (waits) => (older, now) => older === now || (now !== null && waits(older, now));

/**
 * @template {object} T
 * @param {() => T | null} read
 * @returns {import("@preact/signals-core").ReadonlySignal<T | null>} the same object as long as its fields are equal
 */
export function steady(read) {
  let held = /** @type {T | null} */ (null);
  return computed(() => {
    const next = read();
    if (!alike(held, next)) held = next;
    return held;
  });
}

/** @param {Record<string, any> | null} a @param {Record<string, any> | null} b */
function alike(a, b) {
  if (a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}
