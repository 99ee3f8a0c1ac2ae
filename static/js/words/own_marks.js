/**
 * How the gradients of the program's own engine are graded: as a seal on nodes, as a character, in words.
 * @typedef {import("../wire.d.ts").EngineGradient} EngineGradient
 * @typedef {"own-right" | "own-wrong" | "own-follows"} OwnMark
 */

/** @type {Record<EngineGradient["status"], OwnMark | null>} */
const MARKS = { right: "own-right", wrong: "own-wrong", follows: "own-follows", unclear: null };

/** @type {Record<EngineGradient["status"], string>} as a character beside numbers */
export const OWN_SIGNS = { right: "✓", wrong: "✗", follows: "↳", unclear: "?" };

/** @type {Record<EngineGradient["status"], string>} */
export const OWN_WORDS = {
  right: "right",
  wrong: "wrong",
  follows: "wrong only because of others",
  unclear: "not certain",
};

export const OWN_EXPLAINED =
  "Each gradient of your engine beside the true one: ✓ right, ✗ wrong, ↳ wrong only because of others";

/** From good to bad. @type {EngineGradient["status"][]} */
const BY_SEVERITY = ["unclear", "right", "follows", "wrong"];

/**
 * @param {ReadonlyMap<number, EngineGradient>} of  by node
 * @param {import("../graph/drawing.js").Item} item
 * @returns {EngineGradient | null} of a node, or the worst one in a closed group
 */
export function ownGradientOn(of, item) {
  if (item.kind === "node") return of.get(item.node) ?? null;
  const each = [...item.nodes].flatMap((node) => of.get(node) ?? []);
  const rank = (/** @type {EngineGradient} */ { status }) => BY_SEVERITY.indexOf(status);
  return each.reduce(
    (worst, one) => (worst === null || rank(one) > rank(worst) ? one : worst),
    /** @type {EngineGradient | null} */ (null),
  );
}

/** @param {EngineGradient | null} gradient */
export const ownMarkOf = (gradient) => (gradient === null ? null : MARKS[gradient.status]);
