/**
 * What the program predicts, as a picture: over the plane or over a line, with the examples; each of them opens alone.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { div } from "../../dom.js";
import { format } from "../../words/format.js";
import {
  classesOf,
  exampleAt,
  linePicture,
  MARGIN,
  paintField,
  placesOf,
  planePicture,
  shownColumn,
} from "../../plots/surface.js";
import { sized } from "../../plots/sized.js";
import { colour } from "../kit/colour.js";
import { keyedPicture } from "../kit/keyed_picture.js";

/** How near to an example a click or a tap means it, px. */
const NEAR = 12;
const NEAR_TOUCH = 24;

/**
 * @param {HTMLElement} host @param {Store} store
 * @param {(row: number | null) => void} [open]  shows one example alone; null: all again. Without it none opens
 * @returns {() => void} stops drawing
 */
export function createSurfacePicture(host, store, open) {
  const [head, picture] = ["surface-head", "surface-picture"].map(div);
  const canvas = document.createElement("canvas");
  const [drawn, told] = ["surface-drawn", "surface-told"].map(div);
  picture.append(canvas, drawn);
  host.append(head, picture, told);
  if (open) opens(picture, store, () => size.peek(), open);
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
            : html`<select aria-label="What is shown" @change=${(/** @type {Event} */ event) =>
                (store.surfaceOf.value = /** @type {HTMLSelectElement} */ (event.target).value)}>
                ${choices.map(
                  (name) => html`<option value=${name} .selected=${name === of}>${name}</option>`,
                )}</select>`
        }</label>
        ${
          surface.classes > 0 && axes.length === 2
            ? html`<span class="dim">the likeliest class</span>`
            : columns > 1
              ? html`<span class="dim">column ${shownColumn(columns)} of ${columns}</span>`
              : nothing
        }
        ${
          axes.length === 1 && surface.aside.size > 0
            ? html`<span class="surface-key"
              aria-hidden="true"><i class="learned"></i>learned from <i class="kept"></i>kept aside</span>`
            : nothing
        }
        ${
          axes.length === 2 && classesOf(surface).length > 0
            ? html`<span class="surface-key"
              aria-hidden="true"><i class="upper"></i>${format(classesOf(surface)[1])} <i class="lower"></i>${format(classesOf(surface)[0])}</span>`
            : nothing
        }`,
      head,
    );
    canvas.hidden = axes.length !== 2;
    if (axes.length === 2) {
      canvas.style.width = `${width - MARGIN.left - MARGIN.right}px`;
      canvas.style.height = `${height - MARGIN.top - MARGIN.bottom}px`;
      void store.theme.value;
      paintField(canvas, surface, colour(host, "--field-low"), colour(host, "--field-high"));
    }
    const alone = open ? store.shownExample.value : null;
    render((axes.length === 2 ? planePicture : linePicture)(surface, { width, height }, alone), drawn);
    told.hidden = !open || surface.examples.length < 2;
    if (open) render(alone === null ? hint : oneTold(surface, alone, open), told);
  });

  return () => {
    still();
    stop();
  };
}

const hint = html`<p class="dim">A click on an example shows its own forward and backward pass.</p>`;

/**
 * @param {import("../../plots/surface.js").Surface} surface @param {number} row
 * @param {(row: number | null) => void} open
 */
const oneTold = ({ x, target, examples, targets, aside }, row, open) =>
  html`<p class="notice" role="status">The picture shows example ${row} alone: <code>${x}</code> ${(examples[row] ?? [])
    .map((each) => format(each))
    .join(", ")}${
    target === null || !targets[row]
      ? null
      : html`, <code>${target}</code> ${targets[row].map((each) => format(each)).join(", ")}`
  }${aside.has(row) ? "; kept aside, so no step learns from it" : null}.
    <button class="link" @click=${() => open(null)}>All examples again</button></p>`;

/**
 * An example opens by a click, a tap, or the arrow keys.
 * @param {HTMLElement} picture @param {Store} store @param {() => {width: number, height: number}} size
 *   @param {(row: number | null) => void} open
 */
function opens(picture, store, size, open) {
  keyedPicture(picture, "Examples", "Arrow keys show one example after the other alone; Escape shows all again.");
  /** @param {MouseEvent} event */
  const meant = (event) => {
    const surface = store.surface.peek();
    if (surface === null) return null;
    const box = picture.getBoundingClientRect();
    const near = event instanceof PointerEvent && event.pointerType === "touch" ? NEAR_TOUCH : NEAR;
    return exampleAt(placesOf(surface, size()), event.clientX - box.left, event.clientY - box.top, near);
  };
  picture.addEventListener("pointermove", (event) => picture.classList.toggle("on-example", meant(event) !== null));
  picture.addEventListener("click", (event) => {
    const row = meant(event);
    if (row !== null) open(row === store.shownExample.peek() ? null : row);
  });
  picture.addEventListener("keydown", (event) => {
    const [shown, number] = [store.shownExample.peek(), store.surface.peek()?.examples.length ?? 0];
    const by = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })[
      event.key
    ];
    if (event.ctrlKey || event.metaKey || event.altKey || number === 0) return;
    if (by !== undefined) open(shown === null ? (by > 0 ? 0 : number - 1) : (shown + by + number) % number);
    else if (event.key === "Escape" && shown !== null) open(null);
    else return;
    event.preventDefault();
  });
}
