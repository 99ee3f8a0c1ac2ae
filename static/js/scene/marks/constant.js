/** A number written in the program: drawn quietly, without a gradient. @typedef {import("./mark.js").Mark} Mark */
import { isSingle } from "../../trace/tensor.js";
import { svg, textWidth, writer } from "../svg.js";
import { classes } from "./mark.js";

/** @param {string} text */
const widthOf = (text) => Math.max(26, Math.ceil(textWidth(text, 13)) + 18);

/** @type {Mark} */
export const constant = {
  fits: (node) => node.role === "constant" && isSingle(node.value),
  size: (node) => ({ width: widthOf(node.label), height: 26 }),
  draw(node) {
    const width = widthOf(node.label);
    const element = svg(
      "g",
      { class: "node constant" },
      svg("rect", { x: -width / 2, y: -13, width, height: 26, rx: 13, class: "body" }),
      svg("text", { y: 5, class: "label" }, node.label),
    );
    const look = writer(element);
    return { element, update: (_now, state) => look.attr("class", `node constant ${classes(state)}`) };
  },
};
