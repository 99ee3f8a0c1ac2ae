/**
 * The name of a saved file: the program and the moment.
 * @typedef {import("../timeline/cues.js").Cues} Cues
 */
import { stepAt } from "../timeline/cues.js";

/** Longest name: accepted by every system and short enough for a file list. */
const LONGEST = 48;

/** @param {string} title @returns {string} lower case, words joined by hyphens; letters of every alphabet are kept */
export function slug(title) {
  const words =
    title
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words.join("-").slice(0, LONGEST).replace(/-$/, "");
  return joined || "program";
}

/** @param {Cues} cues @param {number} time @returns {string} "start", "forward-3", "seed", "backward-2" or "end" */
export function momentName(cues, time) {
  const k = stepAt(cues, time);
  const { phase } = cues.steps[k];
  if (k === cues.steps.length - 1 && time >= k) return "end";
  if (phase === "start" || phase === "seed") return phase;
  return `${phase}-${phase === "forward" ? k : k - cues.seedStep}`;
}

/**
 * @param {string} title
 * @param {string} what  the name of a moment, or another distinction
 * @param {string} ending  without the dot
 */
export const fileName = (title, what, ending) => `${slug(title)}${what && `-${what}`}.${ending}`;
