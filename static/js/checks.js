/**
 * The numerical derivative of the input that is shown, asked for once its gradient is there. It belongs to one trace: as
 * soon as another value comes, it is gone.
 * @typedef {import("./store.js").Store} Store
 */
import { computed, effect } from "@preact/signals-core";
import { createLine, isAbort, ProblemError } from "./api.js";
import { isCovered } from "./covered.js";
import { fromWire } from "./tensor.js";
import { nodeIn } from "./timeline/frame.js";
import { valuesFor } from "./values.js";

/** A value that is being dragged is let come to rest, ms. */
const REST = 150;

/** @param {Store} store */
export function createChecks(store) {
  const line = createLine();
  let timer = 0;
  /** The input whose gradient can be seen now; "" for none. */
  const wanted = computed(() => {
    const [frame, node] = [store.settled.value, store.shownNode.value];
    return frame && node && node.role === "input" && !isCovered(node.grad) && nodeIn(frame, node.index).progress === "done" ? node.id : "";
  });

  effect(() => {
    const [trace, id] = [store.trace.value, wanted.value];
    clearTimeout(timer);
    const held = store.check.peek();
    if (held && held.trace === trace && held.id === id) return;
    store.check.value = null;
    if (trace !== null && id !== "") timer = window.setTimeout(() => void ask(id, trace), REST);
  });

  /** @param {string} id @param {import("./types.js").Trace} trace */
  async function ask(id, trace) {
    const program = store.traced.peek();
    const index = trace.byId.get(id);
    if (program === null || index === undefined) return;
    const values = valuesFor(program, store.given.peek());
    const subject = { program, values, ignore_unknown: true, output: trace.output, detail: trace.detail };
    try {
      const [{ numeric, relative_error: error, verdict }] = (await line("check", { ...subject, nodes: [id] })).checks;
      if (store.trace.peek() !== trace || wanted.peek() !== id) return;
      store.check.value = { trace, id, numeric: fromWire(numeric, trace.nodes[index].shape), error: Number(error), verdict };
    } catch (error) {
      // What is too large to be checked stands unchecked.
      if (!isAbort(error) && !(error instanceof ProblemError)) throw error;
    }
  }
}
