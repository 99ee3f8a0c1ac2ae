/** A card: for leaves, named nodes, activations, and every tensor. @typedef {import("./mark.js").Mark} Mark */
import { typeset, typesetSign } from "../../words/names.js";
import { isSingle, magnitude } from "../../trace/tensor.js";
import { USES } from "../../trace/uses.js";
import { svg, writer } from "../svg.js";
import { CURVE, littleCurve } from "./curve.js";
import { figure, roomFor } from "./figure.js";
import { classes, halo, shine, waitingText } from "./mark.js";
import { inset, seal } from "./verdict.js";
import { piecesWidth, pieceSpans } from "./words.js";

const PAD = 12;
const HEAD = 28;
/** Height of the head when it holds a curve, px. */
const HIGH_HEAD = 38;
const FOOT = 9;
const GAP = 8;
const TITLE = 15;
const NOTE = 11;
/** Side of the icon for an input's role, px. */
const SIGN = 13;

/** @param {import("./mark.js").Node} node @param {import("./mark.js").Context} context */
function plan(node, { curveOf, glyphOf, output, compact }) {
  const title = node.name === null ? typesetSign(glyphOf(node)) : typeset(node.name);
  /** @type {import("../../words/names.js").Piece[][]} */
  const notes = [];
  if (node.name !== null && node.role === "operation" && !node.curve) notes.push(typesetSign(glyphOf(node)));
  if (node.id === output) notes.push([{ text: "output", shift: "" }]);
  if (node.shape.some((size) => size !== 1)) notes.push([{ text: node.shape.join("×"), shift: "" }]);
  const note = notes.flatMap((pieces, i) =>
    i === 0 ? pieces : [{ text: " · ", shift: /** @type {const} */ ("") }, ...pieces],
  );
  const curve = node.curve ? curveOf(node) : null;
  const noteX = PAD + piecesWidth(title, TITLE, 700) + (note.length ? 7 : 0);
  const right = (node.curve ? CURVE.width + 8 : 0) + (node.use ? SIGN + 8 : 0);
  const headWidth = noteX + piecesWidth(note, NOTE) + right + PAD;
  const room = roomFor(node.shape, compact);
  const beside = room.tall;
  const bodyWidth = (beside ? room.width * 2 + GAP : room.width) + 2 * PAD;
  const head = node.curve ? HIGH_HEAD : HEAD;
  const gap = beside || room.form === "number" ? 0 : 5;
  return {
    title,
    note,
    noteX,
    curve,
    room,
    beside,
    head,
    gap,
    width: Math.ceil(Math.max(headWidth, bodyWidth)),
    height: head + (beside ? room.height : 2 * room.height + gap) + FOOT,
  };
}

/** @type {Mark} */
export const card = {
  fits: () => true,
  size: plan,
  draw(node, context) {
    const { title, note, noteX, curve, room, beside, head, gap, width, height } = plan(node, context);
    const [left, top] = [-width / 2, -height / 2];
    // Data has square corners, like a sheet of paper; parameters, targets and computed nodes are round.
    const rx = node.use === "data" || (node.role === "constant" && node.use === null) ? 3 : 14;
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", { x: left, y: top, width, height, rx, ...attributes });
    const value = figure(room, "value");
    const grad = figure(room, "grad");
    value.element.setAttribute("transform", `translate(${left + PAD} ${top + head})`);
    grad.element.setAttribute(
      "transform",
      beside
        ? `translate(${left + PAD + room.width + GAP} ${top + head})`
        : `translate(${left + PAD} ${top + head + room.height + gap})`,
    );
    const element = svg(
      "g",
      { class: "node card" },
      halo(outline),
      outline({ class: "body" }),
      outline({ class: "stripes" }),
      ...(node.use === "target"
        ? [svg("rect", { class: "inner", x: left + 4, y: top + 4, width: width - 8, height: height - 8, rx: 10 })]
        : []),
      svg("text", { x: left + PAD, y: top + 21, class: "title" }, ...pieceSpans(title, TITLE)),
      svg("text", { x: left + noteX, y: top + 21, class: "note" }, ...pieceSpans(note, NOTE)),
      value.element,
      grad.element,
      seal(left + width - inset(rx), top + height - inset(rx)),
    );
    if (node.use) {
      const { line, knob } = USES[node.use];
      const at = `translate(${left + width - PAD - SIGN + 1} ${top + 10})`;
      element.append(
        svg(
          "g",
          { class: "use-sign", transform: at },
          svg("path", { d: line }),
          svg("path", { class: "knob", d: knob }),
        ),
      );
    }
    const little = curve && littleCurve(curve, isSingle(node.value));
    if (little) {
      little.element.setAttribute("transform", `translate(${left + width - CURVE.width - 11} ${top + 9})`);
      element.append(little.element);
    }
    const look = writer(element);
    const kind = `node card ${node.role}${node.use ? ` ${node.use}` : ""}${node.id === context.output ? " output" : ""}`;
    return {
      element,
      update(now, state, inputs) {
        look.attr("class", `${kind} ${classes(state)}`);
        shine(look, state);
        value.update(state.value, magnitude(now.value));
        grad.update(state.grad, now.grad ? magnitude(now.grad) : 1, waitingText(state));
        little?.update(state.value === null ? null : inputs);
      },
    };
  },
};
