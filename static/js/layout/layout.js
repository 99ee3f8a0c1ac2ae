/**
 * (graph, sizes) -> positions. Hides that Graphviz computes them, in a worker.
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./stable_order.js").Former} Former
 * @typedef
 *   {(graph: LayoutGraph, window: {width: number, height: number}, former: Former, signal: AbortSignal) => Promise<Layout>}
 *   LayOut window: a deep graph takes its proportions, px; former: positions in the previous layout, so that order is
 *   kept; an abort stops the work and rejects
 */
import { built } from "../built.js";
import { stableLayout } from "./stable_order.js";
import { depth, rows } from "./rows.js";

/** Above these counts Graphviz takes seconds: ranks, and ranks that edges cross. */
const TOO_DEEP = { ranks: 160, passed: 600 };
/** A job that has run for less than this is left to finish: restarting the worker costs about as much, ms. */
const PATIENCE = 400;

/** @returns {LayOut} */
export function createLayouter() {
  /** @type {Worker | null} */
  let worker = null;
  let messages = 0;

  /** @param {string} dot @param {AbortSignal} signal @returns {Promise<any>} Graphviz's answer */
  function ask(dot, signal) {
    signal.throwIfAborted();
    messages += 1;
    const id = messages;
    worker ??= new Worker(built("layout/worker.js"), { type: "module" });
    const running = worker;
    const begin = performance.now();
    return new Promise((resolve, reject) => {
      const over = () => {
        running.removeEventListener("message", answer);
        running.removeEventListener("error", fail);
        signal.removeEventListener("abort", abandon);
      };
      /** @param {MessageEvent<{id: number, json?: string, error?: string}>} event */
      const answer = ({ data }) => {
        if (data.id !== id) return;
        over();
        if (data.json === undefined) reject(new Error(`layout failed: ${data.error}`));
        else resolve(JSON.parse(data.json));
      };
      const fail = () => {
        over();
        reject(new Error("the layout worker did not start"));
      };
      const abandon = () => {
        over();
        if (performance.now() - begin > PATIENCE && worker === running) {
          running.terminate();
          worker = null;
        }
        reject(signal.reason);
      };
      running.addEventListener("message", answer);
      running.addEventListener("error", fail);
      signal.addEventListener("abort", abandon);
      running.postMessage({ id, dot });
    });
  }

  return async (graph, window, former, signal) => {
    const { ranks, passed } = depth(graph);
    if (ranks > TOO_DEEP.ranks || passed > TOO_DEEP.passed) return rows(graph, window);
    return stableLayout(graph, former, (dot) => ask(dot, signal));
  };
}
