/** A card: leaves, named nodes, activations, and everything that holds a tensor. @typedef {import("./mark.js").Mark} Mark */
import { formatShape } from "../../format.js";
import { isSingle, magnitude } from "../../tensor.js";
import { svg, textWidth, writer } from "../svg.js";
import { CURVE, littleCurve } from "./curve.js";
import { figure, roomFor } from "./figure.js";
import { addition, classes, halo, waitingText } from "./mark.js";

const PAD = 12;
const HEAD = 28;
const FOOT = 9;
const GAP = 8;

/** @param {import("./mark.js").Node} node @param {import("./mark.js").Context} context */
function plan(node, { curveOf, glyphOf, output }) {
  const title = node.name ?? glyphOf(node);
  const notes = [];
  if (node.name !== null && node.role === "operation" && !node.curve) notes.push(glyphOf(node));
  if (node.id === output) notes.push("output");
  else if (!isSingle(node.value)) notes.push(node.shape.join("×"));
  const note = notes.join(" · ");
  const curve = node.curve ? curveOf(node) : null;
  const titleWidth = textWidth(title, 15, 700);
  const noteX = PAD + titleWidth + 7;
  const headWidth = noteX + textWidth(note, 11) + (node.curve ? CURVE.width + 10 : 0) + PAD - (note ? 0 : 7);
  const room = roomFor(node.shape);
  const beside = room.tall;
  const bodyWidth = (beside ? room.width * 2 + GAP : room.width) + 2 * PAD;
  return {
    title, note, noteX, curve, room, beside,
    width: Math.ceil(Math.max(headWidth, bodyWidth)),
    height: HEAD + (beside ? room.height : 2 * room.height) + FOOT,
  };
}

/** @type {Mark} */
export const card = {
  fits: () => true,
  size: plan,
  draw(node, context) {
    const { title, note, noteX, curve, room, beside, width, height } = plan(node, context);
    const [left, top] = [-width / 2, -height / 2];
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", { x: left, y: top, width, height, rx: 14, ...attributes });
    const value = figure(room, "value");
    const grad = figure(room, "grad");
    value.element.setAttribute("transform", `translate(${left + PAD} ${top + HEAD})`);
    grad.element.setAttribute(
      "transform",
      beside ? `translate(${left + PAD + room.width + GAP} ${top + HEAD})` : `translate(${left + PAD} ${top + HEAD + room.height})`,
    );
    const sum = svg("text", { class: "sum", y: top + height + 18 });
    const element = svg(
      "g",
      { class: "node card" },
      halo(outline),
      outline({ class: "body" }),
      outline({ class: "stripes" }),
      svg("text", { x: left + PAD, y: top + 21, class: "title" }, title),
      svg("text", { x: left + noteX, y: top + 21, class: "note" }, note),
      value.element,
      grad.element,
      sum,
    );
    const little = curve && littleCurve(curve);
    if (little) {
      little.element.setAttribute("transform", `translate(${left + width - CURVE.width - 11} ${top + 7})`);
      element.append(little.element);
    }
    const look = writer(element);
    const adding = writer(sum);
    const kind = `node card ${node.role}${node.id === context.output ? " output" : ""}`;
    return {
      element,
      update(now, state, inputs) {
        look.attr("class", `${kind} ${classes(state)}`);
        look.prop("--level", state.level.toFixed(3));
        value.update(state.value, magnitude(now.value));
        grad.update(state.grad, now.grad ? magnitude(now.grad) : 1, waitingText(state));
        adding.text(addition(state));
        little?.update(state.value === null ? null : inputs);
      },
    };
  },
};

/** @param {import("./mark.js").Node} node for the card's accessible name */
export const shapeWords = (node) => formatShape(node.shape);
