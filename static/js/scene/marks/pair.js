/**
 * The value and the gradient of a card: side by side if they are tall, otherwise one above the other.
 * @typedef {import("./figure.js").Room} Room
 * @typedef {import("../../words/names.js").Letters} Letters
 */
import { magnitude } from "../../trace/tensor.js";
import { shapeLabel } from "../../words/format.js";
import { figure } from "./figure.js";
import { waitingText } from "./mark.js";

export const PAD = 12;
export const FOOT = 9;
export const TITLE = 15;
export const NOTE = 11;
const GAP = 8;

/** @param {Room} room of each @returns {number} gap between one above the other, px */
const gapOf = ({ tall, form }) => (tall || form === "number" ? 0 : 5);

/** @param {Room} room of each @returns {{width: number, height: number}} */
export const pairSize = (room) =>
  room.tall
    ? { width: 2 * room.width + GAP, height: room.height }
    : { width: room.width, height: 2 * room.height + gapOf(room) };

/**
 * @param {Room} room of each @param {number} x @param {number} y the upper left corner
 * @returns
 *   {{elements: SVGGElement[], update: (node: import("./mark.js").Node, state: import("./mark.js").NodeState) => void}}
 */
export function drawPair(room, x, y) {
  const [value, grad] = [figure(room, "value"), figure(room, "grad")];
  const [right, below] = room.tall ? [room.width + GAP, 0] : [0, room.height + gapOf(room)];
  value.element.setAttribute("transform", `translate(${x} ${y})`);
  grad.element.setAttribute("transform", `translate(${x + right} ${y + below})`);
  return {
    elements: [value.element, grad.element],
    update(node, state) {
      value.update(state.value, magnitude(node.value));
      grad.update(state.grad, node.grad ? magnitude(node.grad) : 1, waitingText(state));
    },
  };
}

/**
 * @param {import("./mark.js").Node} node
 * @param {string} output the id of the output
 * @param {Letters[]} [first]
 * @returns {Letters[]} what it is, as "tanh · output · 2×3"
 */
export function noteOf({ id, shape }, output, first = []) {
  const label = shapeLabel(shape);
  /** @type {Letters[][]} */
  const notes = [
    first,
    id === output ? [{ text: "output", shift: "" }] : [],
    label ? [{ text: label, shift: "" }] : [],
  ];
  return notes
    .filter(({ length }) => length > 0)
    .flatMap((pieces, i) => (i === 0 ? pieces : [{ text: " · ", shift: /** @type {const} */ ("") }, ...pieces]));
}
