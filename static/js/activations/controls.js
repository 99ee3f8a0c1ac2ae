/** The controls of x, shared by all plots, and the legend of their lines and backgrounds. */
import { html, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { format, parseNumber } from "../words/format.js";
import { clamp } from "../plots/scale.js";
import { SATURATED } from "../plots/zones.js";
import { WINDOW } from "./ask.js";

const [LOW, HIGH] = WINDOW;
/** The three values of x used in the notebook. */
const PLACES = [-2, 0, 2];
/** One step of the slider. */
const STEP = 0.05;

/** Largest x that can be typed; beyond it no function here shows anything new. */
const FARTHEST = 1000;

/** @param {import("@preact/signals-core").Signal<number>} x */
function xControl(x) {
  const at = (100 * (clamp(x.value, LOW, HIGH) - LOW)) / (HIGH - LOW);
  /** @param {Event} event */
  const slide = (event) => (x.value = Number(/** @type {HTMLInputElement} */ (event.target).value));
  /** @param {Event} event */
  const type = (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const typed = parseNumber(field.value);
    if (Number.isFinite(typed)) x.value = clamp(typed, -FARTHEST, FARTHEST);
    field.value = format(x.value);
  };
  /** @param {Element | undefined} slider set by script, because the content security policy forbids style attributes */
  const fill = (slider) => /** @type {HTMLElement | undefined} */ (slider)?.style.setProperty("--at", `${at}%`);
  queueMicrotask(() => fill(document.querySelector("#x-slider") ?? undefined));
  return html`<div class="x-control" role="group" aria-label="x for every function">
    <label for="x-slider" class="name">x</label>
    <input id="x-slider" type="range" min=${LOW} max=${HIGH} step=${STEP} .value=${live(String(x.value))}
      @input=${slide} aria-valuetext=${format(x.value)} />
    <input class="field" inputmode="decimal" autocomplete="off" aria-label="x" .value=${live(format(x.value))}
      @change=${type} />
    <span class="places">${PLACES.map(
      (place) =>
        html`<button aria-pressed=${String(x.value === place)} aria-label=${`x = ${format(place)}`}
          @click=${() => (x.value = place)}>${format(place)}</button>`,
    )}</span>
  </div>`;
}

/** @param {import("@preact/signals-core").Signal<number>} x @param {string} problem */
export function controls(x, problem) {
  return html`${xControl(x)}
    ${legend()}
    ${problem === "" ? null : html`<p class="refusal" role="alert">${problem}</p>`}`;
}

/** @param {unknown} shape */
const key = (shape) => html`<svg class="chart-key" viewBox="0 0 26 14" aria-hidden="true">${shape}</svg>`;

/**
 * @param {{saturated?: boolean, dead?: boolean, corner?: boolean}} [what] what the legend explains; everything by
 *   default
 */
export const legend = ({
  saturated = true,
  dead = true,
  corner = true,
} = {}) => html`<p class="chart-legend" role="note" aria-label="Legend">
    <span>${key(svg`<path class="value-line" d="M1 7H25" />`)}f, the value</span>
    <span>${key(svg`<path class="slope-line" d="M1 7H25" />`)}f′, the slope</span>
    ${
      saturated
        ? html`<span>${key(
            svg`<rect class="saturated" x="1" y="1" width="24" height="12" />`,
          )}saturated, almost flat: |f′| &lt; ${SATURATED}</span>`
        : null
    }
    ${
      dead
        ? html`<span>${key(
            svg`<g class="dead"><rect x="1" y="1" width="24"
              height="12" /><path d="M1 13L13 1M10 13L22 1M19 13L25 7" /></g>`,
          )}dead: f′ = 0</span>`
        : null
    }
    ${
      corner
        ? html`<span>${key(
            svg`<g class="corner"><circle class="open" r="3.5" cx="7" cy="7" /><circle class="taken" r="3.5" cx="19"
              cy="7" /></g>`,
          )}corner, where the derivative does not exist: a slope on one side, and the one taken</span>`
        : null
    }
  </p>`;
