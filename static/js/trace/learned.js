/** The parameters at the shown step of a training, by their values. @typedef {import("./leaves.js").Leaf} Leaf */
import { leavesOf } from "./leaves.js";

/**
 * @param {Pick<import("../store.js").Store, "fullTrace" | "trained" | "trainStep">} store
 * @returns {Leaf[]} those that are learned, as they are at the shown step; none without one
 */
export function learnedLeaves({ fullTrace, trained, trainStep }) {
  const [trace, training] = [fullTrace.peek(), trained.peek()];
  if (trace === null || training === null || trainStep.peek() === null) return [];
  return leavesOf(trace).filter(({ id }) => training.begins.parameters.includes(id));
}
