/** A card: for leaves, named nodes, activations, and every tensor. @typedef {import("./mark.js").Mark} Mark */
import { typeset, typesetSign } from "../../words/names.js";
import { isSingle } from "../../trace/tensor.js";
import { USES } from "../../trace/uses.js";
import { svg, writer } from "../svg.js";
import { CURVE, littleCurve } from "./curve.js";
import { roomFor } from "./figure.js";
import { classes, halo, shine } from "./mark.js";
import { drawPair, FOOT, NOTE, noteOf, PAD, pairSize, TITLE } from "./pair.js";
import { inset, seal } from "./verdict.js";
import { piecesWidth, pieceSpans } from "./words.js";

const HEAD = 28;
/** Height of the head when it holds a curve, px. */
const HIGH_HEAD = 38;
/** Side of the icon for an input's role, px. */
const SIGN = 13;

/** @param {import("./mark.js").Node} node @param {import("./mark.js").Context} context */
function plan(node, { curveOf, glyphOf, output, compact }) {
  const title = node.name === null ? typesetSign(glyphOf(node)) : typeset(node.name);
  const named = node.name !== null && node.role === "operation" && !node.curve;
  const note = noteOf(node, output, named ? typesetSign(glyphOf(node)) : []);
  const curve = node.curve ? curveOf(node) : null;
  const noteX = PAD + piecesWidth(title, TITLE, 700) + (note.length ? 7 : 0);
  const right = (node.curve ? CURVE.width + 8 : 0) + (node.use ? SIGN + 8 : 0);
  const headWidth = noteX + piecesWidth(note, NOTE) + right + PAD;
  const room = roomFor(node.shape, compact);
  const body = pairSize(room);
  const head = node.curve ? HIGH_HEAD : HEAD;
  return {
    title,
    note,
    noteX,
    curve,
    room,
    head,
    width: Math.ceil(Math.max(headWidth, body.width + 2 * PAD)),
    height: head + body.height + FOOT,
  };
}

/** @type {Mark} */
export const card = {
  fits: () => true,
  size: plan,
  draw(node, context) {
    const { title, note, noteX, curve, room, head, width, height } = plan(node, context);
    const [left, top] = [-width / 2, -height / 2];
    // Data has square corners, like a sheet of paper; parameters, targets and computed nodes are round.
    const rx = node.use === "data" || (node.role === "constant" && node.use === null) ? 3 : 14;
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", { x: left, y: top, width, height, rx, ...attributes });
    const pair = drawPair(room, left + PAD, top + head);
    const element = svg(
      "g",
      { class: "node card" },
      halo(outline),
      outline({ class: "body" }),
      outline({ class: "stripes" }),
      ...(node.use === "target"
        ? [svg("rect", { class: "inner", x: left + 4, y: top + 4, width: width - 8, height: height - 8, rx: 10 })]
        : []),
      svg("text", { x: left + PAD, y: top + 21, class: "title" }, ...pieceSpans(title)),
      svg("text", { x: left + noteX, y: top + 21, class: "note" }, ...pieceSpans(note)),
      ...pair.elements,
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
        pair.update(now, state);
        little?.update(state.value === null ? null : inputs);
      },
    };
  },
};
