/** Moving through the elements of a node by keys. @typedef {import("./command.js").Command} Command */

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export const cells = ({ store }) => [
  {
    id: "cells",
    family: "graph",
    label: "Explain this node's elements one by one (arrow keys; Esc ends)",
    keys: ["c"],
    enabled: () => store.stageView.value === "graph" && store.layout.value !== null,
    run: () => (store.walk.value += 1),
  },
];
