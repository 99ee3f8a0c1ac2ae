/** By which rule a run moves its parameters. Pure. @typedef {import("../store/training.js").Run} Run */

/** @param {string} optimizer  its name, or its text @returns {boolean} whether it is a text of the reader's own */
export const isOwnRule = (optimizer) => optimizer.startsWith("def ");

/** @param {string} optimizer  its name, or its text @returns {string} what it is called */
export const ruleName = (optimizer) => (isOwnRule(optimizer) ? optimizer.slice(4).split("(")[0].trim() : optimizer);

/**
 * The optimizer at a step, its name or its text, and what is set of it there.
 * @param {Run} run @param {number} step @returns {{name: string, settings: Record<string, number>}}
 */
export function ruleAt(run, step) {
  let [name, settings] = [run.optimizer ?? "sgd", { ...run.settings }];
  for (const change of run.changes ?? []) {
    if (change.step > step) break;
    if (change.optimizer && change.optimizer !== name) [name, settings] = [change.optimizer, {}];
    settings = { ...settings, ...change.settings };
  }
  return { name, settings };
}

/** What decides which nodes the update of a step has. @param {Run} run @param {number} step */
export const updateAs = (run, step) =>
  [ruleAt(run, step).name, (run.clip ?? null) !== null, (run.decay ?? 0) > 0, run.accumulate ?? false].join(", ");
