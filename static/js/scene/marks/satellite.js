/**
 * A parameter beside the item that uses it: its name in a capsule, with the light of its gradient; where there are
 * many, the light alone. Its numbers are in the inspector.
 * @typedef {import("./mark.js").Node} Node
 * @typedef {import("./mark.js").Drawn} Drawn
 * @typedef {import("../../graph/satellites.js").Satellite} Satellite
 */
import { shortAddress, typeset } from "../../words/names.js";
import { svg, writer } from "../svg.js";
import { classes, halo, shine } from "./mark.js";
import { piecesWidth, pieceSpans } from "./words.js";

const HEIGHT = 30;
const LETTERS = 16;
const PAD = 10;
/** Letters grow with the distance as far as the capsule has room, parts of its height; and stay off its border, px. */
const TALLEST = 0.72;
const BORDER = 6;
/** Side of one of many, px. */
const TINY = 16;
/** A longer name is written smaller: the whole address is in its tooltip, px. */
const WIDEST = 130;

/** @param {Node} node */
const nameOf = (node) => typeset(shortAddress(node.name ?? node.label));

/** @param {Node} node @param {{width: number, height: number}} size its name */
function label(node, { width, height }) {
  const name = nameOf(node);
  const fit = Math.min(TALLEST * height, (100 * (width - 2 * BORDER)) / piecesWidth(name, 100, 700));
  const text = svg("text", { class: "label" }, ...pieceSpans(name));
  text.style.setProperty("--fit", `${fit.toFixed(1)}px`);
  return text;
}

export const satellite = {
  /** @param {Node} node @param {Satellite} how @returns {{width: number, height: number}} */
  size: (node, { tiny }) =>
    tiny
      ? { width: TINY, height: TINY }
      : {
          width: Math.min(WIDEST, Math.ceil(Math.max(HEIGHT, piecesWidth(nameOf(node), LETTERS, 700) + 2 * PAD))),
          height: HEIGHT,
        },
  /** @param {Node} node @param {Satellite} how @returns {Drawn} */
  draw(node, how) {
    const { width, height } = this.size(node, how);
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", {
        x: -width / 2,
        y: -height / 2,
        width,
        height,
        rx: how.tiny ? 4 : height / 2,
        ...attributes,
      });
    const shape = node.shape.length > 0 ? ` ${node.shape.join("×")}` : "";
    const kind = `node satellite${how.tiny ? " tiny" : ""} input parameter`;
    const element = svg(
      "g",
      { class: kind },
      svg("title", {}, `${node.name ?? node.label}${shape}`),
      halo(outline),
      outline({ class: "body" }),
      outline({ class: "stripes" }),
      ...(how.tiny ? [] : [label(node, { width, height })]),
    );
    const look = writer(element);
    return {
      element,
      update(_now, state) {
        look.attr("class", `${kind} ${classes(state)}`);
        shine(look, state);
      },
    };
  },
};
