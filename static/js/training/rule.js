/**
 * What a run is trained with, by which rule it moves its parameters, and what tells it from another. Pure.
 * @typedef {import("../store/training.js").Run} Run
 */

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

/**
 * What counts at a step, and is the same where nothing was set.
 * @param {Run | undefined} run
 * @returns {Record<string, unknown>} by name
 */
function settingsOf({ optimizer = "sgd", settings = {}, rate = {}, stops = {}, changes = [], ...whole } = {}) {
  return Object.fromEntries(
    Object.entries({
      ...whole,
      optimizer,
      ...prefixed("settings", settings),
      ...prefixed("rate", rate),
      ...prefixed("stops", stops),
      ...Object.fromEntries(changes.map((change) => [`changes ${change.step}`, change])),
    }).filter(([, value]) => value !== null && value !== undefined && value !== 0 && value !== false),
  );
}

/** @param {string} of @param {object} what */
const prefixed = (of, what) => Object.fromEntries(Object.entries(what).map(([key, value]) => [`${of} ${key}`, value]));

/** @param {Run | undefined} a @param {Run | undefined} b @returns {string[]} what is set otherwise */
export function changedIn(a, b) {
  const [were, are] = [settingsOf(a), settingsOf(b)];
  return [...new Set([...Object.keys(were), ...Object.keys(are)])].filter(
    (key) => JSON.stringify(were[key]) !== JSON.stringify(are[key]),
  );
}

/** @param {Run | undefined} a @param {Run | undefined} b  undefined: nothing is set */
export const sameRun = (a, b) => a === b || changedIn(a, b).length === 0;

/** @param {Run} a @param {Run} b @returns {number} the step up to which two runs are one: Infinity if for ever */
export function sameUntil(a, b) {
  const changed = changedIn(a, b).map((key) => (key.startsWith("changes ") ? Number(key.slice(8)) : 0));
  return Math.min(Infinity, ...changed);
}

/**
 * @param {any} x from a link or from storage
 * @returns {boolean} whether it has the form of a run; the server judges what it says
 */
export const isRun = (x) =>
  isRecord(x) &&
  ["settings", "rate", "stops"].every((key) => x[key] === undefined || isRecord(x[key])) &&
  (x.optimizer === undefined || typeof x.optimizer === "string") &&
  (x.changes === undefined ||
    (Array.isArray(x.changes) &&
      x.changes.every((/** @type {any} */ each) => isRecord(each) && Number.isInteger(each.step))));

/** @param {any} x */
const isRecord = (x) => typeof x === "object" && x !== null && !Array.isArray(x);
