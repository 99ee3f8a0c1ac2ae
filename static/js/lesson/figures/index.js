/** All figures that a lesson may use. @typedef {import("./figure.js").Figure} Figure */
import { activations } from "./activations.js";
import { curve } from "./curve.js";
import { depth } from "./depth.js";
import { errorcurve } from "./errorcurve.js";
import { lines } from "./lines.js";
import { stage } from "./stage.js";
import { training } from "./training.js";
import { values } from "./values.js";

/** By name; app/lessons/figures.py lists the same names. @type {Record<string, Figure>} */
export const FIGURES = { stage, values, curve, errorcurve, lines, activations, depth, training };
