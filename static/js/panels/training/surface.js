/**
 * What the program predicts, as a picture: over the plane or over a line, with the examples.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { div } from "../../dom.js";
import { format } from "../../words/format.js";
import { classesOf, linePicture, MARGIN, paintField, planePicture, shownColumn } from "../../plots/surface.js";
import { sized } from "../../plots/sized.js";
import { colour } from "../kit/colour.js";

/** @param {HTMLElement} host @param {Store} store @returns {() => void} stops drawing */
export function createSurfacePicture(host, store) {
  const [head, picture] = ["surface-head", "surface-picture"].map(div);
  const canvas = document.createElement("canvas");
  const drawn = div("surface-drawn");
  picture.append(canvas, drawn);
  host.append(head, picture);
  const { size, stop } = sized(picture);
  Object.assign(canvas.style, { left: `${MARGIN.left}px`, top: `${MARGIN.top}px` });

  const still = effect(() => {
    const surface = store.surface.value;
    host.hidden = surface === null;
    const { width, height } = size.value;
    if (surface === null || width === 0) return;
    const { of, choices, axes } = surface;
    const columns = surface.values[0]?.length ?? 0;
    render(
      html`<label>predicted:
        ${
          choices.length < 2
            ? html`<code>${of}</code>`
            : html`<select aria-label="What is shown" @change=${(/** @type {Event} */ event) => (store.surfaceOf.value = /** @type {HTMLSelectElement} */ (event.target).value)}>
                ${choices.map((name) => html`<option value=${name} .selected=${name === of}>${name}</option>`)}</select>`
        }</label>
        ${surface.classes > 0 && axes.length === 2 ? html`<span class="dim">the likeliest class</span>` : columns > 1 ? html`<span class="dim">column ${shownColumn(columns)} of ${columns}</span>` : nothing}
        ${axes.length === 1 && surface.aside.size > 0 ? html`<span class="surface-key" aria-hidden="true"><i class="learned"></i>learned from <i class="kept"></i>kept aside</span>` : nothing}
        ${axes.length === 2 && classesOf(surface).length > 0 ? html`<span class="surface-key" aria-hidden="true"><i class="upper"></i>${format(classesOf(surface)[1])} <i class="lower"></i>${format(classesOf(surface)[0])}</span>` : nothing}`,
      head,
    );
    canvas.hidden = axes.length !== 2;
    if (axes.length === 2) {
      canvas.style.width = `${width - MARGIN.left - MARGIN.right}px`;
      canvas.style.height = `${height - MARGIN.top - MARGIN.bottom}px`;
      void store.theme.value;
      paintField(canvas, surface, colour(host, "--field-low"), colour(host, "--field-high"));
    }
    render((axes.length === 2 ? planePicture : linePicture)(surface, { width, height }), drawn);
  });

  return () => {
    still();
    stop();
  };
}
