/**
 * An unnamed operation on one number: its glyph in a circle, the value below, the gradient above.
 * @typedef {import("./mark.js").Mark} Mark
 */
import { typesetSign } from "../../words/names.js";
import { isSingle } from "../../trace/tensor.js";
import { svg, writer } from "../svg.js";
import { short } from "./figure.js";
import { WAITING, classes, halo, shine, waitingText } from "./mark.js";
import { inset, seal } from "./verdict.js";
import { piecesWidth, pieceSpans } from "./words.js";

const RADIUS = 20;
/** Width of a number beside the circle, when edges run above and below, px. */
const ASIDE = 62;
/** Area of a number above, below or beside the circle, px: a sign and four digits fit. */
const NUMBER = { width: 58, height: 19 };

/** @param {import("../../words/names.js").Letters[]} sign */
const widthOf = (sign) => Math.max(2 * RADIUS, Math.ceil(piecesWidth(sign, 16, 600)) + 22);

/** @type {Mark} */
export const circle = {
  fits: (node) => node.role === "operation" && node.name === null && !node.curve && isSingle(node.value),
  // The numbers above and below need room too.
  size: (node, { glyphOf, upright }) => {
    const width = widthOf(typesetSign(glyphOf(node)));
    return upright ? { width: width + 2 * ASIDE, height: 2 * RADIUS + 8 } : { width, height: 2 * RADIUS + 44 };
  },
  covers: (node, { glyphOf, upright }) => {
    const width = widthOf(typesetSign(glyphOf(node)));
    const body = { x: -width / 2, y: -RADIUS, width, height: 2 * RADIUS };
    return upright
      ? [body, { x: width / 2 + 4, y: -NUMBER.height - 1, width: NUMBER.width, height: 2 * NUMBER.height }]
      : [body, ...[RADIUS + 5, -RADIUS - 5 - NUMBER.height].map((y) => ({ x: -NUMBER.width / 2, y, ...NUMBER }))];
  },
  draw(node, { glyphOf, upright }) {
    const sign = typesetSign(glyphOf(node));
    const width = widthOf(sign);
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", { x: -width / 2, y: -RADIUS, width, height: 2 * RADIUS, rx: RADIUS, ...attributes });
    const beside = upright ? " beside" : "";
    const [below, above] = upright
      ? [
          { x: width / 2 + 6, y: 19 },
          { x: width / 2 + 6, y: -3 },
        ]
      : [{ y: RADIUS + 18 }, { y: -RADIUS - 8 }];
    const value = svg("text", { class: "num value-text", "data-of": "value", "data-place": 0, ...below });
    const grad = svg("text", { class: "num grad-text", "data-of": "grad", "data-place": 0, ...above });
    const glyph = svg(
      "text",
      { class: sign.length === 1 && sign[0].text.length <= 2 ? "glyph" : "glyph word", y: 6 },
      ...pieceSpans(sign),
    );
    const element = svg(
      "g",
      { class: `node circle${beside}` },
      halo(outline),
      outline({ class: "body" }),
      outline({ class: "stripes" }),
      glyph,
      value,
      grad,
      seal((upright ? -1 : 1) * (width / 2 - inset(RADIUS)), RADIUS - inset(RADIUS)),
    );
    const look = writer(element);
    const [values, grads] = [value, grad].map(writer);
    return {
      element,
      update(_now, state) {
        look.attr("class", `node circle operation${beside} ${classes(state)}`);
        shine(look, state);
        values.text(state.value === null ? WAITING : short(state.value.flat[0]));
        grads.text(state.grad === null ? waitingText(state) : short(state.grad.flat[0]));
      },
    };
  },
};
