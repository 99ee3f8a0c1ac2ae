/** Graphviz, off the main thread. One message in, one out. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";

const loading = Graphviz.load();

/** @param {MessageEvent<{id: number, dot: string}>} event */
async function onMessage({ data: { id, dot } }) {
  try {
    const graphviz = await loading;
    // The package's types list fewer formats than Graphviz has; json0 holds positions without drawing instructions.
    postMessage({ id, json: graphviz.layout(dot, /** @type {any} */ ("json0"), "dot") });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
}
addEventListener("message", onMessage);
