/**
 * The nudge command: move one number to see how well its gradient predicts the change.
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { isNudgeable, reachOf, steepest } from "../queries/nudge.js";
import { nodeIn } from "../timeline/frame.js";

/** @param {Store} store @returns {boolean} whether the shown node can be nudged and its gradient is known */
export function canNudge(store) {
  const [frame, node] = [store.stepFrame.value, store.shownNode.value];
  if (!frame || !node || store.covered.value.size > 0 || !isNudgeable(frame.trace, node)) return false;
  return ["done", "none"].includes(nodeIn(frame, node.index).progress);
}

/** @param {Store} store starts with a visible step, at the element with the largest gradient */
function startNudge(store) {
  const node = store.shownNode.peek();
  if (!node) return;
  const place = steepest(node);
  batch(() => {
    // The nudged node stays selected while steps play.
    store.selection.value = node.id;
    store.rightTab.value = "node";
    store.nudgeBegins.value = true;
    store.nudge.value = { id: node.id, place, delta: reachOf(node.value.flat[place]) / 10 };
  });
}

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export const nudging = ({ store }) => [
  {
    id: "nudge",
    family: "graph",
    label: "Nudge this value",
    short: "Nudge",
    keys: ["j"],
    enabled: () => store.nudge.value !== null || canNudge(store),
    run: () => {
      const node = store.shownNode.peek();
      const other = store.nudge.peek()?.id !== node?.id && canNudge(store);
      if (store.nudge.peek() === null || other) startNudge(store);
      else store.nudge.value = null;
    },
  },
];
