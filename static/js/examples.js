/** Programs to start from, in the order in which they are offered. */
import { BASICS } from "./examples/basics.js";
import { NETWORKS } from "./examples/networks.js";
import { LANGUAGE } from "./examples/language.js";
import { NOTEBOOKS } from "./examples/notebooks.js";
import { DIALECTS } from "./examples/dialects.js";

export const EXAMPLES = [...BASICS, ...NETWORKS, ...LANGUAGE, ...NOTEBOOKS, ...DIALECTS];

export const DEFAULT = EXAMPLES[0];
