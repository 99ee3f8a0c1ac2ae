/**
 * What every mark has in common. A mark says which nodes it draws, how much room they take, and draws them; its looks
 * are classes and one custom property, the rest is style.
 *
 * @typedef {import("../../types.js").Node} Node
 * @typedef {import("../../types.js").Curve} Curve
 * @typedef {import("../../timeline/frame.js").NodeState} NodeState
 *
 * @typedef {object} Context
 * @property {(node: Node) => Curve | null} curveOf
 * @property {(node: Node) => string} glyphOf  the op's sign, and the constants folded into it
 * @property {string} output  the id of the output
 * @property {boolean} curves  whether curves are known already: a mark drawn without is another one
 * @property {boolean} upright  edges run from top to bottom: what stands there must keep aside
 * @property {boolean} compact  many matrices stand in the picture: they are shown as tiles, not number by number
 *
 * @typedef {object} Drawn
 * @property {SVGGElement} element  its origin is the node's centre
 * @property {(node: Node, state: NodeState, inputs: number[] | null) => void} update
 *   inputs: the elements of the only input, for a curve's dot; null until it is computed
 *
 * @typedef {object} Mark
 * @property {(node: Node) => boolean} fits
 * @property {(node: Node, context: Context) => {width: number, height: number}} size
 * @property {(node: Node, context: Context) => import("../../layout/read.js").Box[]} [covers]  what no label may lie on, from its
 *   centre; without it all of its size
 * @property {(node: Node, context: Context) => Drawn} draw
 */
import { QUESTION } from "../../trace/covered.js";
import { isFinite } from "../../trace/tensor.js";

/** What stands where a number is still to come. A round dot: the middle dot of many fonts is a speck. */
export const WAITING = "•";

/**
 * The glow behind a mark: its own outline, blurred by style.
 * @param {(attributes: Record<string, string | number>) => SVGElement} outline makes the mark's outline
 * @returns {SVGElement}
 */
export const halo = (outline) => outline({ class: "halo" });

/** @param {NodeState} state @returns {string} the classes that the look follows from */
export const classes = ({ look, progress, active, value }) =>
  `look-${look} grad-${progress}${active ? ` active ${active}` : ""}${value === null ? " uncomputed" : isFinite(value) ? "" : " odd"}`;

/** @param {NodeState} state what stands where no gradient does */
export const waitingText = ({ progress, covered }) => (progress === "none" ? "no path" : covered ? QUESTION : WAITING);

/** @param {ReturnType<typeof import("../svg.js").writer>} look of a mark @param {NodeState} state how much light it has */
export function shine(look, { level, over }) {
  look.prop("--level", level.toFixed(3));
  look.prop("--over", over.toFixed(3));
}
