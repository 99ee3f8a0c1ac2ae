/**
 * What a check says, in a sign and in words.
 * @typedef {import("./wire.d.ts").CheckedAnswer["verdict"]} Verdict
 * @typedef {"agrees" | "at-kink" | "unsettled" | "wrong"} Mark
 */

/** @type {Record<Verdict, Mark | null>} null: there was nothing to compare */
const MARKS = {
  agrees: "agrees",
  kink: "at-kink",
  "kink within the step": "unsettled",
  "step too large": "unsettled",
  "step too small": "unsettled",
  disagrees: "wrong",
  "no path": null,
  "not finite": null,
};

/** @param {Verdict} verdict @returns {Mark | null} */
export const markOf = (verdict) => MARKS[verdict];

/** @type {Record<Mark, string>} as a letter among numbers */
export const SIGNS = { agrees: "✓", "at-kink": "∧", unsettled: "~", wrong: "!" };

/** @type {Record<Verdict, string>} */
export const SENTENCES = {
  agrees: "The difference and the gradient agree.",
  kink: "Not differentiable here: the slopes on both sides stay apart, however small the step.",
  "kink within the step": "A kink lies within the step: a smaller one does not stride over it.",
  "step too large": "A smaller step comes closer: here the curve bends within the step.",
  "step too small": "A larger step comes closer: here the difference drowns in round-off.",
  disagrees: "The difference and the gradient disagree.",
  "no path": "No path leads to the output.",
  "not finite": "There is no finite number to compare.",
};

/** @type {Record<Verdict, string>} of a node, in a row of its other properties */
export const ASIDES = {
  agrees: "checked: agrees with the difference",
  kink: "checked: at a kink",
  "kink within the step": "checked: a kink lies within the step",
  "step too large": "checked: the step is too large to tell",
  "step too small": "checked: the step is too small to tell",
  disagrees: "checked: disagrees with the difference",
  "no path": "",
  "not finite": "",
};
