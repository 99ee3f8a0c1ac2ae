/**
 * The box of an open group. Its title is the button that closes it; it stands above the lines that cross it.
 * @typedef {import("../layout/read.js").Box} Box
 */
import { svg, textWidth } from "./svg.js";

const TITLE = 24;
/** Size of its letters, px, and the room beside them for the sign that closes. */
const LETTERS = 12;
const SIGN = 26;

/** @param {string} text */
const holdWidth = (text) => textWidth(text, LETTERS) + SIGN + 8;

/** @param {string} name @param {Box} box @returns {string} as much of the name as there is room for */
function shownIn(name, { width }) {
  const fits = (/** @type {string} */ text) => textWidth(text, LETTERS) <= width - SIGN;
  if (fits(name)) return name;
  for (let kept = name.length - 1; kept > 1; kept -= 1) {
    const text = `${name.slice(0, kept)}…`;
    if (fits(text)) return text;
  }
  return "";
}

/** @param {string} name @param {Box} box of an open group @returns {Box} the box of its title */
export const titleBox = (name, box) => ({
  x: box.x,
  y: box.y,
  width: holdWidth(shownIn(name, box)) + 4,
  height: TITLE,
});

/**
 * @param {import("../types.js").WireGroup} group
 * @returns {{frame: SVGElement, title: SVGGElement, place: (box: Box) => void}}
 */
export function drawGroup({ id, name }) {
  const frame = svg("rect", { rx: 16, class: "box", "data-box": id });
  const hold = svg("rect", { x: 4, y: 2, height: TITLE - 4, rx: 8, class: "box-hold" });
  const text = svg("text", { x: SIGN, y: 16.5 });
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
    hold,
    svg("path", { d: "M12 12h8", class: "box-minus" }),
    text,
  );
  return {
    frame,
    title,
    place(box) {
      for (const [attribute, value] of Object.entries(box)) frame.setAttribute(attribute, value.toFixed(1));
      title.setAttribute("transform", `translate(${box.x.toFixed(1)} ${box.y.toFixed(1)})`);
      const shown = shownIn(name, box);
      text.textContent = shown;
      hold.setAttribute("width", holdWidth(shown).toFixed(1));
      // From afar it grows as far as its box goes.
      const widest = ((box.width - SIGN) * LETTERS) / (textWidth(shown, LETTERS) || 1);
      title.style.setProperty("--fit", `${widest.toFixed(1)}px`);
    },
  };
}
