/**
 * (graph, sizes) -> positions. That Graphviz stands behind it, and in a worker, nobody else knows.
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 * @typedef {import("./stable_order.js").Former} Former
 * @typedef {(graph: LayoutGraph, window: {width: number, height: number}, former: Former, signal: AbortSignal) => Promise<Layout>} LayOut
 *   window: whose form a deep graph takes, px; former: where things stood in the picture before, so that they keep their order; an abort ends the work and rejects
 */
import { built } from "../built.js";
import { stableLayout } from "./stable_order.js";
import { depth, rows } from "./rows.js";

/** From here on Graphviz takes seconds: ranks, and ranks that edges pass. */
const TOO_DEEP = { ranks: 160, passed: 600 };
/** Starting the worker anew costs about as much as letting it finish what takes less than this, ms. */
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
