/**
 * A number in a figure that the step's trace contains: a button, as in the text, that shows its origin.
 * @typedef
 *   {Partial<import("../../wire.d.ts").LessonReference> & Pick<import("../../wire.d.ts").LessonReference, "of" | "node">}
 *   About
 */
import { html } from "lit-html";
import { nameOf } from "../numbers.js";

/** Colour class of each kind of number. */
const TONES = { value: "value", local: "value", grad: "grad", message: "grad", check: "check", error: "check" };

/** @param {About} about @returns {import("../../wire.d.ts").LessonReference} */
const referenceTo = (about) => ({
  target: null,
  slot: null,
  index: null,
  epsilon: null,
  digits: null,
  ...about,
});

/**
 * @param {string} said  the printed number
 * @param {About} about  what it is
 * @param {import("./figure.js").FigureContext["explain"]} explain
 * @returns {unknown} for a template
 */
export function linkedNumber(said, about, explain) {
  const reference = referenceTo(about);
  const { label, title } = nameOf(reference, said);
  return html`<button type="button" class=${`number say-${TONES[reference.of]}`} aria-label=${label}
    title=${title} @click=${(/** @type {Event} */ event) => explain(reference, event)}>${said}</button>`;
}
