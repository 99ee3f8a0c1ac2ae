/**
 * (graph, sizes) -> positions. That Graphviz stands behind it, and in a worker, nobody else knows.
 * @typedef {import("./dot.js").LayoutGraph} LayoutGraph
 * @typedef {import("./read.js").Layout} Layout
 */
import { toDot } from "./dot.js";
import { readLayout } from "./read.js";

/** @returns {(graph: LayoutGraph) => Promise<Layout>} a later call makes an earlier, unfinished one reject with AbortError */
export function createLayouter() {
  /** @type {Worker | null} */
  let worker = null;
  let latest = 0;
  /** @type {((reason: DOMException) => void) | null} */
  let abandon = null;

  return (graph) => {
    latest += 1;
    const id = latest;
    abandon?.(new DOMException("a newer layout was asked for", "AbortError"));
    // Relative to the bundle, in which this module lies at the top.
    worker ??= new Worker(new URL("./layout/worker.js", import.meta.url), { type: "module" });
    const running = worker;
    return new Promise((resolve, reject) => {
      abandon = reject;
      /** @param {MessageEvent<{id: number, json?: string, error?: string}>} event */
      const answer = ({ data }) => {
        if (data.id !== id) return;
        running.removeEventListener("message", answer);
        if (data.json === undefined) reject(new Error(`layout failed: ${data.error}`));
        else resolve(readLayout(JSON.parse(data.json), graph));
      };
      running.addEventListener("message", answer);
      running.addEventListener("error", () => reject(new Error("the layout worker did not start")), { once: true });
      running.postMessage({ id, dot: toDot(graph) });
    });
  };
}
