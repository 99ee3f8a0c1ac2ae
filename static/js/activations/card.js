/** One function: formula, plot, numbers at x, and what its slope means for a gradient. */
import { html } from "lit-html";
import { format } from "../words/format.js";
import { activationPlot, SIZE } from "../plots/activation.js";
import { dragging } from "../plots/drag.js";
import { stateOf } from "../plots/zones.js";
import { toFragment } from "../links/url.js";
import { WINDOW } from "./ask.js";

/** @param {number} slope what it does to a gradient, in words; "" if nothing special */
export function verdict(slope) {
  switch (stateOf(slope)) {
    case "dead":
      return "Dead here: no gradient passes back through it.";
    case "saturated":
      return `Almost flat here: ${format(Math.abs(slope), 2)} of a gradient of 1 comes through.`;
    case "undefined":
      return "Not defined here.";
    default:
      return Math.abs(slope) > 1 ? `Here a gradient grows: it is multiplied by ${format(slope, 3)}.` : "";
  }
}

/**
 * @param {object} what
 * @param {import("./functions.js").Drawn} what.drawn
 * @param {import("../types.js").Curve} what.curve
 * @param {[number, number]} what.range
 * @param {number} what.x
 * @param {import("./ask.js").At | null} what.at
 * @param {import("../panels/kit/maths.js").Maths} what.maths
 * @param {(x: number) => void} what.set
 */
export function card({ drawn, curve, range, x, at, maths, set }) {
  const { name, definition, derivative, letters, kink } = drawn;
  const link = `/lab#${toFragment({ program: `y = ${name}(x)`, values: { x }, title: name })}`;
  // Without a value there is no slope either, whatever its rule gives.
  const defined = at === null || !Number.isNaN(at.y);
  const drag = dragging(SIZE, WINDOW, (to) => set(Math.round(to * 20) / 20));
  return html`<article class="card" data-function=${name}>
    <header><h3>${name}</h3><a href=${link} aria-label=${`Open in the lab: ${name}`}>Open in the lab</a></header>
    <div class="formulas">
      <p>${maths(`y = ${definition}`, "")}</p>
      ${derivative === null ? null : html`<p class="say-grad">${maths(`y' = ${asTruth(derivative)}`, "")}</p>`}
      ${letters.map((letter) => html`<p class="dim">${maths(letter, "")}</p>`)}
    </div>
    <div class="plotted" @pointerdown=${drag.down} @pointermove=${drag.move} @pointerup=${drag.up}
      @pointercancel=${drag.up}>
      ${activationPlot({ name, curve, range, points: at === null ? [] : [{ x, ...at }], corners: kink !== null })}
    </div>
    <dl class="numbers">
      <div><dt>f(x)</dt><dd class="say-value">${defined ? format(at?.y) : "–"}</dd></div>
      <div><dt>f′(x)</dt><dd class="say-grad">${defined ? format(at?.dy) : "–"}</dd></div>
    </dl>
    <div class="notes">
      <p>${at === null || at.kink !== null ? "" : defined ? verdict(at.dy) : verdict(NaN)}</p>
      ${kink === null ? null : html`<p class=${at?.kink ? "convention now" : "convention"}>${sentence(kink)}</p>`}
    </div>
  </article>`;
}

/** Writes a comparison in square brackets: 1 where it holds, 0 elsewhere. @param {string} latex */
const asTruth = (latex) => (/^[^\\]*[<>]/.test(latex) ? `\\left[${latex}\\right]` : latex);

/** @param {string} text adds a full stop; the first word is a name and keeps its case */
const sentence = (text) => `${text}.`;
