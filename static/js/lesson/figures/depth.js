/**
 * A stacked function, and what is left of a gradient at the step's x by depth: `figure: depth sigmoid relu leaf=x`
 * offers these functions.
 */
import { createAsker } from "../../activations/ask.js";
import { createStack } from "../../activations/stack.js";
import { leafOf } from "./leaf.js";
import { wordsOf } from "./lines.js";

/** @type {import("./figure.js").Figure} */
export const depth = {
  title: () => "the gradient at x, by depth",
  mount(host, { options, store, session }) {
    const { x } = leafOf({ store, session }, options.leaf ?? "x");
    const words = wordsOf(options);
    return createStack(host, words.length > 0 ? words : ["sigmoid"], x, createAsker(), { bare: true });
  },
};
