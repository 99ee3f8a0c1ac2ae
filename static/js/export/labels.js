/**
 * The graph at one moment as plain text, for other programs to draw: items with name, value and gradient, lines with
 * the messages that have arrived.
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("../timeline/frame.js").NodeState} NodeState
 *
 * @typedef {object} ItemText
 * @property {string[]} words  name, value and gradient, one line each
 * @property {"input" | "operation" | "group"} kind
 * @property {NodeState["look"]} look
 * @property {string | null} group  the id of the open group around it
 * @typedef {{source: number, target: number, message: string, lit: boolean}} LineText
 * @typedef {{items: ItemText[], lines: LineText[], boxes: {id: string, name: string, parent: string | null}[]}}
 *   GraphText
 */
import { formatTensor } from "../words/format.js";
import { isSingle } from "../trace/tensor.js";
import { itemIn, lineIn } from "../timeline/frame.js";

/** A tensor with more numbers than this is given by its range. */
const ROOM = 6;

/** @param {Frame} frame @returns {GraphText} */
export function toldGraph(frame) {
  const { trace, cues } = frame;
  const { drawing } = cues;
  const items = drawing.items.map((item, i) => {
    const node = trace.nodes[item.kind === "node" ? item.node : item.result];
    const state = itemIn(frame, i);
    const sign = drawing.glyphs.get(node.index) ?? node.label;
    const own = node.name === null ? sign : node.role === "operation" ? `${node.name} = ${node.formula}` : node.name;
    const title = item.kind === "group" ? trace.groups[item.group].name : own;
    const grad = state.progress === "none" ? "no path" : formatTensor(state.grad, ROOM);
    return {
      words: [title, `value ${formatTensor(state.value, ROOM)}`, `gradient ${grad}`],
      kind: /** @type {ItemText["kind"]} */ (
        item.kind === "group" ? "group" : node.role === "operation" ? "operation" : "input"
      ),
      look: state.look,
      group: drawing.within[i],
    };
  });
  const lines = drawing.lines.map(({ source, target, edges }, i) => {
    const state = lineIn(frame, i);
    // A line with several messages has no label; the items at its ends show them.
    const message = edges.length === 1 ? trace.edges[edges[0]].message : null;
    const come = message !== null && state.pulse === null && ["lit", "zero", "nonfinite"].includes(state.look);
    return {
      source,
      target,
      message: come && isSingle(message) ? formatTensor(message) : "",
      lit: state.look === "lit",
    };
  });
  return { items, lines, boxes: drawing.boxes.map((box) => trace.groups[box]) };
}
