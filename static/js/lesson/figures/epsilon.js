/** The step of difference quotients, from 1 to 1e−15, shared by all figures of a step. */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { format } from "../../words/format.js";

/** The smallest step is 10 to minus this. */
export const SMALLEST = 15;

/** @param {number} power @returns {number} the double nearest to the power of ten, as a program would write it */
export const powerOfTen = (power) => Number(`1e${-power}`);

/** @param {import("@preact/signals-core").Signal<number>} epsilon */
export function epsilonSlider(epsilon) {
  const at = Math.min(SMALLEST, Math.max(0, -Math.log10(epsilon.value)));
  /** @param {Event} event */
  const slide = (event) => (epsilon.value = powerOfTen(Number(/** @type {HTMLInputElement} */ (event.target).value)));
  return html`<label class="epsilon">ε <input type="range" min="0" max=${SMALLEST} step="1"
    .value=${live(String(Math.round(at)))} @input=${slide}
    aria-label="ε, the step" aria-valuetext=${format(epsilon.value)} /><output>${format(epsilon.value)}</output></label>`;
}
