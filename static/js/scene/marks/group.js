/**
 * A closed group: one card with the value and gradient of its result. A second outline behind it and the button that
 * opens it show that there is more inside.
 *
 * @typedef {import("./mark.js").Context} Context
 * @typedef {import("./mark.js").Drawn} Drawn
 * @typedef {import("./mark.js").Node} Node
 * @typedef {{id: string, name: string, result: Node, turns: number, turn: boolean}} Shown  turns: how many equal steps it
 *   is; 0: it is no chain of such; turn: whether it is one of them
 */
import { typeset } from "../../words/names.js";
import { svg, textWidth, writer } from "../svg.js";
import { roomFor } from "./figure.js";
import { classes, halo, shine } from "./mark.js";
import { drawPair, FOOT, NOTE, noteOf, PAD, pairSize, TITLE } from "./pair.js";
import { drawStrip, STRIP } from "./strip.js";
import { inset, seal } from "./verdict.js";
import { piecesWidth, pieceSpans } from "./words.js";

const HEAD = 30;
/** Side of the button that opens it, px. */
export const OPENER = 22;
/** Height of a card that is only its name, px. */
const BRIEF = 44;
/** Offset of the second outline, px. */
const BEHIND = 5;

/** @param {string} name @returns {number} px */
const titleWidth = (name) => PAD + textWidth(name, TITLE, 700);

/** @param {Shown} shown @param {Context} context */
function plan({ name, result, turns, turn }, { output, compact, brief }) {
  if (turn && brief) {
    const width = Math.ceil(titleWidth(name) + 8 + OPENER + 6);
    return { room: null, note: [], noteX: 0, width, height: BRIEF };
  }
  const room = roomFor(result.shape, compact);
  const note = noteOf(result, output, result.name !== null && result.name !== name ? typeset(result.name) : []);
  const noteX = titleWidth(name) + (note.length ? 7 : 0);
  const headWidth = noteX + piecesWidth(note, NOTE) + 8 + OPENER + 6;
  const body = pairSize(room);
  return {
    room,
    note,
    noteX,
    width: Math.ceil(Math.max(headWidth, body.width + 2 * PAD)),
    height: HEAD + body.height + FOOT + (turns > 0 ? STRIP + FOOT : 0),
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
    const { room, note, noteX, width, height } = plan(shown, context);
    const [left, top] = [-width / 2, -height / 2];
    const outline = (/** @type {Record<string, string | number>} */ attributes) =>
      svg("rect", { x: left, y: top, width, height, rx: 14, ...attributes });
    const pair = room && drawPair(room, left + PAD, top + HEAD);
    const strip = shown.turns > 0 ? drawStrip(shown.turns, width - 2 * PAD) : null;
    strip?.element.setAttribute("transform", `translate(${left + PAD} ${top + height - FOOT - STRIP})`);
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
      svg("text", { x: left + noteX, y: top + 21, class: "note" }, ...pieceSpans(note)),
      ...(pair ? pair.elements : []),
      ...(strip ? [strip.element] : []),
      opener,
      seal(left + width - inset(14), top + height - inset(14)),
    );
    const look = writer(element);
    return {
      element,
      update(now, state, levels) {
        look.attr("class", `node card closed-group operation ${classes(state)}`);
        shine(look, state);
        pair?.update(now, state);
        strip?.update(state.grad === null ? null : levels);
      },
    };
  },
};
