/** What a picture's shapes refer to. */
import { svg } from "./svg.js";

/** The hatching of what is not finite. */
export function stripes() {
  const pattern = svg(
    "pattern",
    { id: "stripes", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 4, height: 8, class: "stripe" }),
  );
  return svg("defs", {}, pattern);
}
