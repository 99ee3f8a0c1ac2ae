/**
 * The interface of marks. A mark says which nodes it fits and how large they are, and draws them. It sets classes and
 * one custom property; CSS does the rest.
 *
 * @typedef {import("../../types.js").Node} Node
 * @typedef {import("../../types.js").Curve} Curve
 * @typedef {import("../../timeline/frame.js").NodeState} NodeState
 *
 * @typedef {object} Context
 * @property {(node: Node) => Curve | null} curveOf
 * @property {(node: Node) => string} glyphOf  the op's glyph with constants folded in
 * @property {string} output  the id of the output
 * @property {boolean} curves  whether curves have been loaded: a mark with a curve differs from one without
 * @property {boolean} upright  edges run from top to bottom, so numbers go to the sides
 * @property {boolean} large  the program is too large for all its numbers to be read at once
 * @property {import("../../graph/satellites.js").Satellites} satellites  the items that stand beside others
 * @property {boolean} compact  there are many matrices, so they are shown as tiles, not as numbers
 * @property {boolean} brief  there are many turns of a loop, so each is only its name
 *
 * @typedef {object} Drawn
 * @property {SVGGElement} element  its origin is the node's centre
 * @property {(node: Node, state: NodeState, inputs: number[] | null) => void} update
 *   inputs: the elements of the only input, for a curve's dot; of a chain of equal steps, the brightness of each; null
 *   if not known
 *
 * @typedef {object} Mark
 * @property {(node: Node) => boolean} fits
 * @property {(node: Node, context: Context) => {width: number, height: number}} size
 * @property {(node: Node, context: Context) => import("../../layout/read.js").Box[]} [covers]  the areas that labels
 *   must avoid, relative to its centre; by default its whole size
 * @property {(node: Node, context: Context) => Drawn} draw
 */
import { QUESTION } from "../../trace/covered.js";
import { isFinite } from "../../trace/tensor.js";

/** Placeholder for a number that is not known yet. A bullet, because the middle dot of many fonts is a speck. */
export const WAITING = "•";

/**
 * The glow behind a mark: its outline, blurred by CSS.
 * @param {(attributes: Record<string, string | number>) => SVGElement} outline makes the mark's outline
 * @returns {SVGElement}
 */
export const halo = (outline) => outline({ class: "halo" });

/** @param {NodeState} state @returns {string} the classes that determine its look */
export const classes = ({ look, progress, active, value }) =>
  `look-${look} grad-${progress}${active ? ` active ${active}` : ""}${value === null ? " uncomputed" : isFinite(value) ? "" : " odd"}`;

/** @param {NodeState} state the text in place of a missing gradient */
export const waitingText = ({ progress, covered }) => (progress === "none" ? "no path" : covered ? QUESTION : WAITING);

/**
 * @param {ReturnType<typeof import("../svg.js").writer>} look of a mark
 * @param {NodeState} state how much light it has
 */
export function shine(look, { level, over }) {
  look.prop("--level", level.toFixed(3));
  look.prop("--over", over.toFixed(3));
}
