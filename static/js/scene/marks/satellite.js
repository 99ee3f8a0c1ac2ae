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

const HEIGHT = 26;
const LETTERS = 14;
const PAD = 10;
/** Side of one of many, px. */
const TINY = 16;
/** A longer name is cut: the whole one is in its tooltip, px. */
const WIDEST = 130;

/** @param {Node} node */
const nameOf = (node) => typeset(shortAddress(node.name ?? node.label));

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
      ...(how.tiny ? [] : [svg("text", { class: "label", y: 5 }, ...pieceSpans(nameOf(node)))]),
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
