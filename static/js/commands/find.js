/**
 * Commands for finding nodes: the search box, and the table instead of the graph.
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
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
    if (drawing.items[drawing.itemOf[index]]?.kind === "group") {
      const open = new Set(drawing.open);
      const parents = new Map(trace.groups.map(({ id, parent }) => [id, parent]));
      for (let id = node.group; id !== null; id = parents.get(id) ?? null) open.add(id);
      setOpen(store, open);
    }
    store.selection.value = node.id;
    store.rightTab.value = "node";
    store.sought.value = { id: node.id, focus, count: store.sought.peek().count + 1 };
  });
}

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function find({ store }) {
  return [
    { id: "search", family: "graph", label: "Find a node", keys: ["/"], run: () => (store.searching.value = true) },
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
  ];
}
