/**
 * The box of an open group. Its title is the button that closes it; it stands above the lines that cross it.
 * @typedef {import("../layout/read.js").Box} Box
 */
import { svg, textWidth } from "./svg.js";

const TITLE = 24;

/** @param {string} name */
const holdWidth = (name) => textWidth(name, 12) + 34;

/** @param {string} name @param {Box} box of an open group @returns {Box} the box of its title */
export const titleBox = (name, { x, y }) => ({ x, y, width: holdWidth(name) + 4, height: TITLE });

/**
 * @param {import("../types.js").WireGroup} group
 * @returns {{frame: SVGElement, title: SVGGElement, place: (box: Box) => void}}
 */
export function drawGroup({ id, name }) {
  const frame = svg("rect", { rx: 16, class: "box", "data-box": id });
  const title = svg(
    "g",
    {
      class: "box-title",
      role: "button",
      tabindex: 0,
      "aria-expanded": "true",
      "aria-label": `${name}, open`,
      "data-close": id,
    },
    svg("title", {}, `Close ${name} (Enter)`),
    svg("rect", { x: 4, y: 2, width: holdWidth(name), height: TITLE - 4, rx: 8, class: "box-hold" }),
    svg("path", { d: "M12 12h8", class: "box-minus" }),
    svg("text", { x: 26, y: 16.5 }, name),
  );
  return {
    frame,
    title,
    place({ x, y, width, height }) {
      for (const [attribute, value] of Object.entries({ x, y, width, height }))
        frame.setAttribute(attribute, value.toFixed(1));
      title.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    },
  };
}
