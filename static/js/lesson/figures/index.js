/** The figures that a lesson may name. @typedef {import("./figure.js").Figure} Figure */
import { stage } from "./stage.js";
import { values } from "./values.js";

/** By name; app/lessons/figures.py lists the same names. @type {Record<string, Figure>} */
export const FIGURES = { stage, values };
