/**
 * The verdict of a check, as a seal and in words.
 * @typedef {import("../wire.d.ts").CheckedAnswer["verdict"]} Verdict
 * @typedef {{trace: import("../types.js").Trace, of: Map<number, Verdict>}} Verdicts  by node, for checked nodes
 * @typedef {"agrees" | "at-kink" | "unsettled" | "wrong"} Mark
 */

/** @type {Record<Verdict, Mark | null>} null: nothing to compare */
const MARKS = {
  agrees: "agrees",
  kink: "at-kink",
  "kink within the step": "unsettled",
  "edge within the step": "unsettled",
  "step too large": "unsettled",
  "step too small": "unsettled",
  disagrees: "wrong",
  "no path": null,
  "not finite": null,
};

/** @param {Verdict} verdict @returns {Mark | null} */
export const markOf = (verdict) => MARKS[verdict];

/** @type {Record<Mark, string>} as a character beside numbers */
export const SIGNS = { agrees: "✓", "at-kink": "∧", unsettled: "~", wrong: "!" };

export const EXPLAINED =
  "Each gradient compared with a difference of the output: ✓ they agree, ∧ at a kink, ~ unsettled by this step, ! they disagree";

/** @type {Record<Verdict, string>} */
export const SENTENCES = {
  agrees: "The difference and the gradient agree.",
  kink: "The derivative does not exist here: the slopes on the two sides differ, however small the step.",
  "kink within the step": "A kink lies within the step: a smaller step stays on one side of it.",
  "edge within the step":
    "The step is too large: it reaches a pole, or the edge of where the function is defined. A smaller one agrees.",
  "step too large": "A smaller step comes closer: here the curve bends within the step.",
  "step too small": "A larger step comes closer: here round-off hides the difference.",
  disagrees: "The difference and the gradient disagree.",
  "no path": "No path leads to the output.",
  "not finite": "There is no finite number to compare.",
};

/** @type {Record<Verdict, string>} in a list of properties; "" if nothing was compared */
export const ASIDES = {
  agrees: "agrees",
  kink: "at a kink",
  "kink within the step": "a kink lies within the step",
  "edge within the step": "the step reaches a pole or an edge",
  "step too large": "the step is too large to tell",
  "step too small": "the step is too small to tell",
  disagrees: "disagrees",
  "no path": "",
  "not finite": "no finite number to compare",
};

/**
 * How a gradient and its numerical derivative are zero, where both are.
 * @param {unknown} grad @param {unknown} numeric  a number, or nested lists of numbers
 */
export const zeroOf = (grad, numeric) =>
  [grad, numeric].flat(Infinity).every((each) => each === 0) ? "exactly zero" : "zero within rounding";

/** From good to bad; of several, the worst counts. @type {Mark[]} */
const BY_SEVERITY = ["agrees", "unsettled", "at-kink", "wrong"];

/**
 * @param {Verdicts} verdicts
 * @param {import("../graph/drawing.js").Item} item
 * @returns {Verdict | null} for the node, or for the result of a closed group
 */
export function verdictOn({ of }, item) {
  if (item.kind === "node") return of.get(item.node) ?? null;
  if (item.elements === null) return of.get(item.result) ?? null;
  // An array of scalars has the verdict of its worst element, and none if one was not checked.
  const each = item.elements.nodes.map((node) => of.get(node));
  if (each.some((verdict) => verdict === undefined)) return null;
  const found = /** @type {Verdict[]} */ (each).filter((verdict) => markOf(verdict) !== null);
  const rank = (/** @type {Verdict} */ verdict) => BY_SEVERITY.indexOf(/** @type {Mark} */ (markOf(verdict)));
  return found.length === 0 ? null : found.reduce((worst, verdict) => (rank(verdict) > rank(worst) ? verdict : worst));
}

/** @param {Verdicts} verdicts @returns {string} "7 gradients checked, 1 at a kink"; "" if none could be compared */
export function summary({ trace, of }) {
  const marks = [...of.values()].map(markOf).filter((mark) => mark !== null);
  if (marks.length === 0) return "";
  const count = (/** @type {Mark} */ mark) => marks.filter((each) => each === mark).length;
  const all = trace.nodes.filter(({ role, grad }) => role !== "constant" && grad !== null).length;
  const some =
    marks.length < all ? `${marks.length} of ${all} gradients` : all === 1 ? "1 gradient" : `${all} gradients`;
  /** @type {[number, string][]} */
  const apart = [
    [count("at-kink"), "at a kink"],
    [count("unsettled"), "unsettled"],
    [count("wrong"), "wrong"],
  ];
  return [`${some} checked`, ...apart.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`)].join(", ");
}
