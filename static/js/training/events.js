/**
 * Steps of a training at which something happens: what goes wrong begins, another rate, the lowest validation, the end.
 * Pure.
 * @typedef {import("../store/training.js").Trained} Trained
 * @typedef {{step: number, says: string}} Event
 */
import { bestAside } from "./rows.js";
import { ruleName } from "./rule.js";

/** @param {{step: number, optimizer?: string, settings?: Record<string, number>}} change */
const changed = ({ optimizer, settings = {} }) =>
  [
    ...(optimizer ? [`from here on ${ruleName(optimizer)}`] : []),
    ...Object.entries(settings).map(([name, value]) => `from here on ${name === "lr" ? "a rate of" : name} ${value}`),
  ].join(", ");

/** @param {Trained} training @returns {Event[]} where its rate changes by its course */
function turnsOf({ run, rows }) {
  const { course = "constant", over = 100 } = run.rate ?? {};
  const last = rows[rows.length - 1].step;
  if (course === "steps")
    return Array.from({ length: Math.min(100, Math.floor(last / over)) }, (_, i) => ({
      step: (i + 1) * over,
      says: "the rate falls",
    }));
  if (course === "warmup") return [{ step: over, says: "the rate is warm" }];
  if (course === "cosine") return [{ step: over, says: "the rate is at its lowest" }];
  return [];
}

/** What its last step is called, by why it ended. @type {Record<string, string>} */
const ENDS = {
  nonfinite: "the loss is no number any more",
  below: "low enough, so it stopped",
  patience: "no lower for long, so it stopped",
};

/**
 * @param {Trained} training @param {readonly {says: string, since: number}[]} findings
 * @returns {Event[]} in the order of the steps, each within those that are known
 */
export function eventsOf(training, findings) {
  const { run, rows, ended, begins } = training;
  const end = begins.own ? begins.steps : rows.at(-1)?.step;
  if (end === undefined) return [];
  const best = bestAside(rows);
  const all = [
    ...findings.map(({ since, says }) => ({ step: since, says: `here begins: ${says}` })),
    ...(run.changes ?? []).map((change) => ({ step: change.step, says: changed(change) })),
    ...(rows.length > 0 ? turnsOf(training) : []),
    ...(best === null ? [] : [{ step: best.step, says: "the lowest loss of what is kept aside" }]),
    { step: end, says: ENDS[ended ?? ""] ?? "the last step so far" },
  ];
  return all.filter(({ step, says }) => step <= end && says !== "").sort((a, b) => a.step - b.step);
}

/**
 * @param {readonly Event[]} events @param {number} step
 * @returns {number | null} the next step with an event; null if there is none
 */
export const nextEvent = (events, step) => events.find((event) => event.step > step)?.step ?? null;

/**
 * @param {readonly Event[]} events @param {number} step
 * @returns {number | null} the step before it with an event; 0 is one
 */
export const eventBefore = (events, step) =>
  step <= 0 ? null : (events.findLast((event) => event.step < step)?.step ?? 0);
