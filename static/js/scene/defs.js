/** Definitions that the shapes of a drawing refer to. */
import { svg } from "./svg.js";

/** Hatching for values that are not finite. */
export function stripes() {
  const pattern = svg(
    "pattern",
    { id: "stripes", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 4, height: 8, class: "stripe" }),
  );
  return svg("defs", {}, pattern);
}
