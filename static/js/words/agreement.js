/**
 * Compares, in words, the rule of an operation with its substeps: the same gradients, or which gives what, and why.
 * @typedef {import("../wire.d.ts").ExpandedAnswer} Expanded
 * @typedef {import("../wire.d.ts").ApartAnswer} Apart
 */
import { format, formatApart } from "./format.js";

/**
 * @param {string} label of the operation @param {Pick<Expanded, "apart" | "says" | "broken">} expanded
 * @returns {string[]} a sentence for each input that gets different messages from the two; empty if all agree
 */
export function differences(label, { apart, says, broken }) {
  const letters = Object.keys(apart);
  return letters.map((letter) => {
    const { index, rule, steps, why } = apart[letter];
    const place = `${letters.length > 1 ? ` to ${letter}` : ""}${index.length > 0 ? ` at [${index.join(", ")}]` : ""}`;
    const [a, b] = formatApart(Number(rule), Number(steps));
    const difference = `The rule of ${label} sends ${a}${place}, its substeps send ${b}`;
    if (why === "rounding") return `${difference}: that is rounding.`;
    if (why === "kink")
      return `${difference}: this is a kink, where each substep follows its own convention. ${says.map((each) => `${each}.`).join(" ")}`.trim();
    if (why === "not finite")
      return `${difference}: ${broken === null ? "one of the two is not finite" : `among the substeps ${broken} is not finite`}.`;
    return `${difference}: they differ by ${format(Math.abs(Number(rule) - Number(steps)), 2)}.`;
  });
}
