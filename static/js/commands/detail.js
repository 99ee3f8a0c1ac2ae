/**
 * Commands for the level of detail: tensors, or their individual elements.
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { scalarGroup } from "../trace/subject.js";

/** @param {Store} store @param {string} id opens one array operation into scalars, or closes it into a tensor again */
export function toggleScalar(store, id) {
  const opened = new Set(store.scalar.peek());
  batch(() => {
    if (!opened.delete(id)) {
      opened.add(id);
      // Show what was just opened.
      store.openGroups.value = new Set([...(store.drawing.peek()?.open ?? []), scalarGroup(id)]);
    }
    store.scalar.value = opened;
  });
}

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function detail({ store }) {
  const scalar = () => store.detail.value === "scalar";
  const arrays = () => store.visibleTrace.value?.nodes.some(({ shape }) => shape.length > 0) ?? false;
  /** Why the program must stay in tensor detail; "" if it need not. */
  const refused = () => (store.refused.value?.program === store.program.value ? store.refused.value.why : "");
  return [
    {
      id: "detail",
      family: "graph",
      keys: ["d"],
      place: "stage",
      short: "Scalars",
      get label() {
        return `Scalars: ${refused() || "every element a node of its own"}`;
      },
      pressed: scalar,
      shown: () => scalar() || arrays() || store.scalar.value.size > 0,
      enabled: () => scalar() || refused() === "",
      run: () =>
        batch(() => {
          store.detail.value = scalar() ? "tensor" : "scalar";
          store.openGroups.value = null;
        }),
    },
  ];
}
