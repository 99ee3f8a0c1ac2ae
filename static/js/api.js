/**
 * The JSON API. Every answer is either what was asked or a Problem, thrown.
 * @typedef {import("./types.js").Problem} Problem
 * @typedef {import("./types.js").WireNumber} WireNumber
 * @typedef {{program: string, values: Record<string, WireNumber>}} Ask
 */

import { underWay } from "./busy.js";

export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** @param {unknown} error @returns {boolean} given up because something newer was asked */
export const isAbort = (error) => error instanceof DOMException && error.name === "AbortError";

/**
 * One line of requests: a newer one aborts the older.
 * @returns {(path: string, body: unknown) => Promise<any>}
 */
export function createLine() {
  let controller = new AbortController();
  return (path, body) => {
    controller.abort();
    controller = new AbortController();
    return post(path, body, controller.signal);
  };
}

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function post(path, body, signal) {
  return answer(
    path,
    fetch(`/api/v1/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: signal ?? null,
    }),
  );
}

/** @param {string} path @param {unknown} body @returns {Promise<string>} the answer as it came, letter by letter */
export async function postForText(path, body) {
  const asked = fetch(`/api/v1/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return underWay(path, asked.then((response) => response.text()));
}

/** @param {string} path @returns {Promise<any>} */
export const get = (path) => answer(path, fetch(`/api/v1/${path}`));

/** @param {string} path @param {Promise<Response>} request */
const answer = (path, request) => underWay(path, read(request));

/** @param {Promise<Response>} request */
async function read(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ProblemError(problem(0, { title: "No connection", detail: "The server does not answer. The picture is the last one it sent." }));
  }
  const body = await response.json().catch((error) => {
    if (isAbort(error)) throw error;
    return {};
  });
  if (!response.ok) throw new ProblemError(problem(response.status, body));
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
