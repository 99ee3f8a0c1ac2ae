/** Programs to start from, in the order in which they are offered. */
import { BASICS } from "./examples/basics.js";
import { NETWORKS } from "./examples/networks.js";
import { LANGUAGE } from "./examples/language.js";
import { NOTEBOOKS } from "./examples/notebooks.js";

export const EXAMPLES = [...BASICS, ...NETWORKS, ...LANGUAGE, ...NOTEBOOKS];

export const DEFAULT = EXAMPLES[0];
