/**
 * The command that takes the messages of a product, or of a repeated input, apart into scalars.
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { regroupOf } from "../trace/regroup.js";

/** @param {import("../types.js").Node} target @returns {string} the question that it answers */
export const questionOf = ({ kind }) =>
  kind === "matmul" ? "Where does the transpose come from?" : "Where does the sum come from?";

/** @param {Store} store @param {number} edge */
export function openRegroup(store, edge) {
  batch(() => {
    store.regrouped.value = { edge, at: 0 };
    store.dialog.value = "regroup";
  });
}

/** @param {Store} store @returns {number[]} the edges of the shown node whose messages can be taken apart */
export function regroupable(store) {
  const [trace, node] = [store.visibleTrace.value, store.shownNode.value];
  return trace === null || !node ? [] : node.ins.filter((edge) => regroupOf(trace, edge) !== null);
}

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function regrouping({ store }) {
  return [
    {
      id: "regroup",
      family: "graph",
      label: "Take the messages of a product apart into scalars",
      keys: ["Shift+t"],
      enabled: () => regroupable(store).length > 0,
      run: () => {
        const edges = regroupable(store);
        if (edges.length > 0) openRegroup(store, edges[edges.length - 1]);
      },
    },
  ];
}
