/** A name of the program, typeset; screen readers and copied text get the program's spelling. */
import { html } from "lit-html";
import { shortIndexOf } from "../../trace/elements.js";
import { typeset } from "../../words/names.js";

/** @param {string} name */
export const shownName = (name) =>
  html`<span class="name">${typeset(name).map(({ text, shift }) =>
    shift === "sub" ? html`<sub>${text}</sub>` : text,
  )}</span>`;

/**
 * One element of a tensor: x₁ if the name has no index itself, otherwise W₁[0,1].
 * @param {string} name @param {number[]} shape @param {number} place in row-major order
 */
export function shownElement(name, shape, place) {
  const index = shortIndexOf(place, shape).join(",");
  if (index === "") return shownName(name);
  const indexed = typeset(name).length > 1;
  return html`${shownName(name)}${indexed ? `[${index}]` : html`<sub>${index}</sub>`}`;
}

/**
 * @param {string} name
 * @param {string} index "" for none
 * @returns {number} about how many characters wide `shownElement` is
 */
export const lengthOfElement = (name, index) =>
  name.length + (index === "" ? 1 : typeset(name).length > 1 ? index.length + 2 : index.length);
