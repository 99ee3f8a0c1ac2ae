/**
 * A question to the server that follows the page: what is asked follows signals, and with it the answer. All that goes with
 * asking is here, once: a hand that still moves is let come to rest, a question that did not change is not asked again, an
 * answer that came too late is dropped, one that nobody waits for any more is given up, and a refusal has a place of its own.
 * Whoever asks says what it is about, and what becomes of the answer. (What is asked once, by a button: `outcome` in api.js.)
 */
import { computed, effect, untracked } from "@preact/signals-core";
import { outcome, post } from "./api.js";
import { createRest } from "./busy.js";

/** @typedef {(body: object) => Promise<any>} Post  sends to the query's path; given up with the question */

/**
 * @template {object} Q
 * @template A
 * @typedef {object} Asking
 * @property {() => Q | null} about  what is asked now; follows the signals that it reads. null: nothing. Two that are alike
 *   field by field are one question
 * @property {(about: Q) => number} [rest]  how long it has to stand before it is asked, ms; without it, it is asked at once
 * @property {(about: Q, post: Post) => Promise<A> | null} ask  null: there is nothing to ask after all
 * @property {(answer: A, about: Q) => void} take  where the answer goes
 * @property {(problem: import("./types.js").Problem, about: Q) => void} [refuse]  where a refusal goes; without it, what stands
 *   there stays
 * @property {(older: Q, now: Q) => boolean} [waits]  is the answer to an older question waited for before the new one is
 *   asked? Then, while a slider moves, one is asked at a time, then the newest: giving up each for the next would starve the
 *   picture. Without it, the new question gives up the older
 * @property {(older: Q, now: Q | null) => boolean} [holds]  may the answer to a question be shown while `now` is what is
 *   asked? Without it: if it is the same question, or the new one waits for it
 */

/** For a picture that goes along with a hand. */
export const inTurn = () => true;

/**
 * @template {object} Q
 * @template A
 * @param {string} path of the question, under /api/v1/; also the word for it while it is under way (busy.js)
 * @param {Asking<Q, A>} asking
 * @returns {() => void} asks no more, and gives up what is asked
 */
export function createQuery(
  path,
  { about, rest = () => 0, ask, take, refuse = () => {}, waits = () => false, holds = isAwaited(waits) },
) {
  const pause = createRest(path);
  const wanted = steady(about);
  let now = /** @type {Q | null} */ (null);
  let flight = /** @type {{question: Q, work: AbortController} | null} */ (null);
  /** Has the newest rested, and only waits for the answer to an older one? */
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
 * @returns {import("@preact/signals-core").ReadonlySignal<T | null>} the same object for as long as its fields are the same
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
