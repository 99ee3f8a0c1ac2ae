/** The fields of the Export dialog. */
import { html } from "lit-html";

/**
 * @template {string | number} T
 * @param {string} title
 * @param {readonly (readonly [T, string])[]} choices
 * @param {import("@preact/signals-core").Signal<T>} value
 * @param {(choice: T) => boolean} [impossible]
 */
export const radios = (title, choices, value, impossible = () => false) =>
  html`<fieldset class=${title === "Size" ? "long" : ""}><legend>${title}</legend>${choices.map(
    ([id, words]) =>
      html`<label class="choice"><input type="radio" name=${`export-${title}`} .checked=${value.value === id}
        ?disabled=${impossible(id)} @change=${() => (value.value = id)} />${words}</label>`,
  )}</fieldset>`;

/**
 * @param {string} title
 * @param {readonly (readonly [number, string])[]} choices
 * @param {import("@preact/signals-core").Signal<number>} value
 */
export const select = (
  title,
  choices,
  value,
) => html`<label class="pick"><span aria-hidden="true">${title}</span><select aria-label=${title} @change=${(
  /** @type {Event} */ event,
) => (value.value = Number(/** @type {HTMLSelectElement} */ (event.target).value))}>
  ${choices.map(([id, words]) => html`<option value=${id} .selected=${value.value === id}>${words}</option>`)}
</select></label>`;
