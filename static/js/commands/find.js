/**
 * Commands for finding nodes: the search box, and what is shown instead of the graph.
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { isResult } from "../trace/closed.js";
import { endOf } from "../timeline/cues.js";
import { setOpen } from "./groups.js";

/**
 * Selects a node and brings it into view, opening the groups that hide it.
 * @param {Store} store @param {number} index @param {boolean} focus whether to move the keyboard focus too
 */
export function goTo(store, index, focus) {
  const [trace, drawing] = [store.visibleTrace.peek(), store.drawing.peek()];
  const node = trace?.nodes[index];
  if (!trace || !drawing || !node) return;
  batch(() => {
    // The result of a group whose inside is not there stands for that group.
    const id = isResult(trace, node) ? (node.group ?? node.id) : node.id;
    if (id === node.id && drawing.items[drawing.itemOf[index]]?.kind === "group") {
      const open = new Set(drawing.open);
      const parents = new Map(trace.groups.map(({ id, parent }) => [id, parent]));
      for (let around = node.group; around !== null; around = parents.get(around) ?? null) open.add(around);
      setOpen(store, open);
    }
    store.selection.value = id;
    store.rightTab.value = "node";
    store.sought.value = { id, focus, count: store.sought.peek().count + 1 };
  });
}

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function find({ store }) {
  return [
    {
      id: "search",
      family: "graph",
      label: "Find a node",
      keys: ["/"],
      run: () => {
        if (store.stageView.peek() === "units") store.stageView.value = "graph";
        store.searching.value = true;
      },
    },
    {
      id: "table",
      family: "view",
      label: "Show the trace as a table",
      short: "Table",
      place: "stage",
      keys: ["v"],
      pressed: () => store.stageView.value === "table",
      run: () => (store.stageView.value = store.stageView.peek() === "table" ? "graph" : "table"),
    },
    {
      id: "units",
      family: "view",
      label: "Show a network as units and weights",
      short: "Units",
      place: "stage",
      keys: ["k"],
      shown: () => store.stageView.value === "units" || (store.layers.value?.network ?? null) !== null,
      pressed: () => store.stageView.value === "units",
      run: () =>
        batch(() => {
          const [opens, cues, clock] = [store.stageView.peek() !== "units", store.cues.peek(), store.clock.peek()];
          store.stageView.value = opens ? "units" : "graph";
          // At the start there is little to see of it: who asks for it wants the whole.
          if (opens && cues && clock.time === 0 && !clock.playing && store.predict.peek().mode === "off")
            store.clock.value = { ...clock, time: endOf(cues) };
        }),
    },
  ];
}
