/**
 * The sums of messages in the picture.
 * @typedef {{text: string, at: import("./along.js").Spot, of: string}} Sum  of: the id of the item
 */
import { createPool, svg, writer } from "../svg.js";
import { leftIn, SUM, sumLines, sumSize } from "./sizes.js";

/** @param {SVGGElement} layer @returns {(sums: Sum[]) => void} */
export const createSums = (layer) => createPool(layer, makeSum);

function makeSum() {
  // A background, because the label may lie on lines.
  const plate = svg("rect", { class: "ground", rx: 6 });
  const text = svg("text", {});
  const element = svg("g", { class: "sum", visibility: "hidden" }, plate, text);
  const [group, ground] = [element, plate].map(writer);
  let written = "";
  /** @type {Sum["at"] | null} */
  let room = null;
  return {
    element,
    /** @param {Sum | null} sum */
    update(sum) {
      group.attr("visibility", sum ? "inherit" : "hidden");
      if (sum === null) {
        // Removed completely: a covered sum must not remain in the page.
        if (written !== "") text.replaceChildren();
        written = "";
        return;
      }
      group.attr("data-sum", sum.of);
      group.attr("transform", `translate(${sum.at.x.toFixed(1)} ${sum.at.y.toFixed(1)})`);
      const { at } = sum;
      if (sum.text === written && at === room) return;
      written = sum.text;
      room = at;
      const lines = sumLines(written, at.height);
      const { width, height } = sumSize(lines);
      const left = leftIn(at, width);
      for (const [name, size] of /** @type {const} */ ([
        ["x", left],
        ["y", -height / 2],
        ["width", width],
        ["height", height],
      ]))
        ground.attr(name, String(size));
      text.replaceChildren(
        ...lines.map((line, i) =>
          svg(
            "tspan",
            { x: left + width / 2, y: ((i - (lines.length - 1) / 2) * SUM.line + SUM.font * 0.36).toFixed(1) },
            line,
          ),
        ),
      );
    },
  };
}
