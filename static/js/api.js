/**
 * The JSON API. A call resolves with the answer, or rejects with a ProblemError.
 * @typedef {import("./types.js").Problem} Problem
 */

import { underWay } from "./busy.js";

export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** @param {unknown} error @returns {boolean} whether the caller aborted the request */
const isAbort = (error) => error instanceof DOMException && error.name === "AbortError";

/**
 * The answer to a request, or its problem; null if it was aborted. Other errors are thrown.
 * @template T
 * @param {Promise<T>} asked
 * @returns {Promise<{answer: T, problem: null} | {answer: null, problem: Problem} | null>}
 */
export async function outcome(asked) {
  try {
    return { answer: await asked, problem: null };
  } catch (error) {
    if (isAbort(error)) return null;
    if (!(error instanceof ProblemError)) throw error;
    return { answer: null, problem: error.problem };
  }
}

/** The status of a request that is too large. */
export const TOO_LARGE = 413;

/** @param {Problem} problem @returns {string} why, in a sentence */
export const reasonOf = ({ errors, detail }) => errors[0]?.message ?? detail;

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export const post = (path, body, signal) => underWay(path, send(path, body, signal).then(read));

/** @param {string} path @param {unknown} body @returns {Promise<string>} the answer as raw text */
export const postForText = (path, body) =>
  underWay(
    path,
    send(path, body).then((response) => response.text()),
  );

/** @param {string} path @returns {Promise<any>} */
export const get = (path) => underWay(path, reach(path).then(read));

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
const send = (path, body, signal) =>
  reach(path, {
    method: "POST",
    // A half-written program is no failure: with a status of its own, the browser would report each one in the console.
    headers: { "content-type": "application/json", prefer: "handling=lenient" },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });

/** @param {string} path @param {RequestInit} [how] */
async function reach(path, how) {
  try {
    return await fetch(`/api/v1/${path}`, how);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ProblemError(
      problem(0, {
        title: "No connection",
        detail: "The server does not answer. The picture is the last one it sent.",
      }),
    );
  }
}

/** @param {Response} response */
async function read(response) {
  const body = await response.json().catch((error) => {
    if (isAbort(error)) throw error;
    return {};
  });
  const refused = response.headers.get("content-type")?.startsWith("application/problem+json") ?? false;
  if (refused || !response.ok) throw new ProblemError(problem(refused ? body.status : response.status, body));
  return body;
}

/** @param {number} status @param {Partial<Problem>} body @returns {Problem} */
const problem = (status, { title, detail, errors, missing }) => ({
  status,
  title: title ?? "The server could not answer",
  detail: detail ?? title ?? `status ${status}`,
  errors: errors ?? [],
  missing: missing ?? [],
});

/**
 * Asks for an answer that comes line by line, each a JSON text; resolves when it has ended.
 * @param {string} path @param {unknown} body @param {AbortSignal} signal @param {(line: any) => void} take
 * @returns {Promise<void>}
 */
export const stream = (path, body, signal, take) => underWay(path, follow(path, body, signal, take));

/** @param {string} path @param {unknown} body @param {AbortSignal} signal @param {(line: any) => void} take */
async function follow(path, body, signal, take) {
  const response = await send(path, body, signal);
  if (!response.body || response.headers.get("content-type") !== "application/x-ndjson")
    return void (await read(response));
  const lines = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await lines.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const line = JSON.parse(part);
      if (line.problem) throw new ProblemError(problem(line.problem.status, line.problem));
      take(line);
    }
  }
}
