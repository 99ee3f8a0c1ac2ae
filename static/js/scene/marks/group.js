/**
 * A closed group: one card with the value and gradient of its result. A second outline behind it and the button that
 * opens it show that there is more inside.
 *
 * @typedef {import("./mark.js").Context} Context
 * @typedef {import("./mark.js").Drawn} Drawn
 * @typedef {import("./mark.js").Node} Node
 * @typedef {{id: string, name: string, result: Node}} Shown
 */
import { typeset } from "../../words/names.js";
import { magnitude } from "../../trace/tensor.js";
import { svg, textWidth, writer } from "../svg.js";
import { figure, roomFor } from "./figure.js";
import { classes, halo, shine, waitingText } from "./mark.js";
import { inset, seal } from "./verdict.js";
import { piecesWidth, pieceSpans } from "./words.js";

const PAD = 12;
const HEAD = 30;
const FOOT = 9;
const GAP = 8;
const TITLE = 15;
const NOTE = 11;
const OPENER = 22;
/** Offset of the second outline, px. */
const BEHIND = 5;

/** @param {Shown} shown @param {Context} context */
function plan({ name, result }, { output, compact }) {
  const room = roomFor(result.shape, compact);
  /** @type {import("../../words/names.js").Piece[][]} */
  const notes = [];
  if (result.name !== null && result.name !== name) notes.push(typeset(result.name));
  if (result.id === output) notes.push([{ text: "output", shift: "" }]);
  if (result.shape.some((size) => size !== 1)) notes.push([{ text: result.shape.join("×"), shift: "" }]);
  const note = notes.flatMap((pieces, i) =>
    i === 0 ? pieces : [{ text: " · ", shift: /** @type {const} */ ("") }, ...pieces],
  );
  const noteX = PAD + textWidth(name, TITLE, 700) + (note.length ? 7 : 0);
  const gap = room.tall || room.form === "number" ? 0 : 5;
  const headWidth = noteX + piecesWidth(note, NOTE) + 8 + OPENER + 6;
  const bodyWidth = (room.tall ? room.width * 2 + GAP : room.width) + 2 * PAD;
  return {
    room,
    note,
    noteX,
    gap,
    width: Math.ceil(Math.max(headWidth, bodyWidth)),
    height: HEAD + (room.tall ? room.height : 2 * room.height + gap) + FOOT,
  };
}

export const group = {
  /** @param {Shown} shown @param {Context} context */
  size: (shown, context) => {
    const { width, height } = plan(shown, context);
    return { width: width + 2 * BEHIND, height: height + 2 * BEHIND };
  },
  /** @param {Shown} shown @param {Context} context @returns {Drawn} */
  draw(shown, context) {
    const { room, note, noteX, gap, width, height } = plan(shown, context);
    const [left, top] = [-width / 2, -height / 2];
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", { x: left, y: top, width, height, rx: 14, ...attributes });
    const value = figure(room, "value");
    const grad = figure(room, "grad");
    value.element.setAttribute("transform", `translate(${left + PAD} ${top + HEAD})`);
    grad.element.setAttribute(
      "transform",
      room.tall
        ? `translate(${left + PAD + room.width + GAP} ${top + HEAD})`
        : `translate(${left + PAD} ${top + HEAD + room.height + gap})`,
    );
    const [x, y] = [left + width - OPENER / 2 - 7, top + 16];
    const opener = svg(
      "g",
      { class: "opener", "data-open": shown.id },
      svg("title", {}, `Open ${shown.name} (Enter)`),
      svg("rect", { x: x - OPENER / 2, y: y - OPENER / 2, width: OPENER, height: OPENER, rx: 7 }),
      svg("path", { d: `M${x - 5} ${y}h10M${x} ${y - 5}v10` }),
    );
    const element = svg(
      "g",
      { class: "node card closed-group" },
      outline({ class: "behind", x: left + BEHIND, y: top + BEHIND }),
      halo(outline),
      outline({ class: "body" }),
      outline({ class: "stripes" }),
      svg("text", { x: left + PAD, y: top + 21, class: "title" }, shown.name),
      svg("text", { x: left + noteX, y: top + 21, class: "note" }, ...pieceSpans(note, NOTE)),
      value.element,
      grad.element,
      opener,
      seal(left + width - inset(14), top + height - inset(14)),
    );
    const look = writer(element);
    return {
      element,
      update(now, state) {
        look.attr("class", `node card closed-group operation ${classes(state)}`);
        shine(look, state);
        value.update(state.value, magnitude(now.value));
        grad.update(state.grad, now.grad ? magnitude(now.grad) : 1, waitingText(state));
      },
    };
  },
};
