/** An operation without a name, on one number: its glyph in a circle, value below, gradient above. @typedef {import("./mark.js").Mark} Mark */
import { PENDING } from "../../format.js";
import { isSingle } from "../../tensor.js";
import { svg, textWidth, writer } from "../svg.js";
import { short } from "./figure.js";
import { addition, classes, halo, waitingText } from "./mark.js";

const RADIUS = 20;

/** @param {string} glyph */
const widthOf = (glyph) => Math.max(2 * RADIUS, Math.ceil(textWidth(glyph, 14, 600)) + 24);

/** @type {Mark} */
export const circle = {
  fits: (node) => node.role === "operation" && node.name === null && !node.curve && isSingle(node.value),
  // The numbers above and below take room as well.
  size: (node, { glyphOf }) => ({ width: widthOf(glyphOf(node)), height: 2 * RADIUS + 40 }),
  draw(node, { glyphOf }) {
    const label = glyphOf(node);
    const width = widthOf(label);
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", { x: -width / 2, y: -RADIUS, width, height: 2 * RADIUS, rx: RADIUS, ...attributes });
    const value = svg("text", { class: "num value-text", y: RADIUS + 17 });
    const grad = svg("text", { class: "num grad-text", y: -RADIUS - 8 });
    const sum = svg("text", { class: "sum", y: -RADIUS - 26 });
    const glyph = svg("text", { class: label.length > 2 ? "glyph word" : "glyph", y: 6 }, label);
    const element = svg("g", { class: "node circle" }, halo(outline), outline({ class: "body" }), outline({ class: "stripes" }), glyph, value, grad, sum);
    const look = writer(element);
    const [values, grads, adding] = [value, grad, sum].map(writer);
    return {
      element,
      update(_now, state) {
        look.attr("class", `node circle operation ${classes(state)}`);
        look.prop("--level", state.level.toFixed(3));
        values.text(state.value === null ? PENDING : short(state.value.flat[0]));
        grads.text(state.grad === null ? waitingText(state) : short(state.grad.flat[0]));
        adding.text(addition(state));
      },
    };
  },
};
