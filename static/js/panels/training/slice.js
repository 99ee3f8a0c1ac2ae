/**
 * A slice through the loss around the shown step: two weights, or two random directions, the path of the training over
 * it, and places that open.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {[number, number]} Pair
 */
import { effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { div } from "../../dom.js";
import { colour } from "../kit/colour.js";
import { MARGIN, nearest, paintSlice, scalesOf, slicePicture, toldOf } from "../../plots/slice.js";
import { clamp } from "../../plots/scale.js";
import { sized } from "../../plots/sized.js";
import { keyOf } from "../../store/slice.js";
import { format } from "../../words/format.js";
import { numberField } from "../kit/numberfield.js";
import { keyedPicture } from "../kit/keyed_picture.js";

/** @type {Record<string, Pair>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} host @param {Store} store @param {(place: Pair) => void} open  opens the program at a place
 * @returns {() => void} stops drawing
 */
export function createSlicePicture(host, store, open) {
  const [head, picture, told] = ["slice-head", "slice-picture", "slice-told"].map(div);
  const canvas = document.createElement("canvas");
  const drawn = div("slice-drawn");
  picture.append(canvas, drawn);
  told.setAttribute("role", "status");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "The loss around this step";
  details.append(summary, head, picture, told);
  host.append(details);
  details.addEventListener("toggle", () => (store.sliceOpen.value = details.open));
  const { size, stop } = sized(picture);
  Object.assign(canvas.style, { left: `${MARGIN.left}px`, top: `${MARGIN.top}px` });
  const cursor = signal(/** @type {Pair | null} */ (null));

  keyedPicture(
    picture,
    "The loss over two axes",
    "Arrow keys move the cross, with Shift farther; Enter opens the program there.",
  );
  /** @param {PointerEvent | MouseEvent} event @returns {Pair | null} */
  function placeAt(event) {
    const slice = store.slice.peek();
    if (slice === null) return null;
    const box = picture.getBoundingClientRect();
    const { px, py } = scalesOf(slice, size.peek());
    const place = [px.invert(event.clientX - box.left), py.invert(event.clientY - box.top)];
    return slice.axes.every((axis, k) => place[k] >= axis[0] && place[k] <= axis[axis.length - 1])
      ? /** @type {Pair} */ (place)
      : null;
  }
  picture.addEventListener("pointermove", (event) => event.pointerType !== "touch" && (cursor.value = placeAt(event)));
  for (const type of ["pointerleave", "blur"]) picture.addEventListener(type, () => (cursor.value = null));
  picture.addEventListener("click", (event) => {
    const place = placeAt(event);
    if (place) open(place);
  });
  picture.addEventListener("keydown", (event) => {
    const slice = store.slice.peek();
    const way = ARROWS[event.key];
    if (slice === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (way) {
      const from = cursor.peek() ?? slice.origin;
      cursor.value = /** @type {Pair} */ (
        slice.axes.map((axis, k) => {
          const [low, high] = [axis[0], axis[axis.length - 1]];
          return clamp(from[k] + (way[k] * (high - low)) / (event.shiftKey ? 6 : 30), low, high);
        })
      );
    } else if (event.key === "Enter" && cursor.peek()) open(/** @type {Pair} */ (cursor.peek()));
    else return;
    event.preventDefault();
  });

  /**
   * @param {0 | 1} which
   * @param {import("../../store/slice.js").Element[]} all
   * @param {[import("../../store/slice.js").Element, import("../../store/slice.js").Element]} chosen
   */
  const weight = (which, all, chosen) =>
    html`<select aria-label=${which === 0 ? "Weight across" : "Weight upwards"} @change=${(
      /** @type {Event} */ event,
    ) => {
      const taken = all[Number(/** @type {HTMLSelectElement} */ (event.target).value)];
      const next = /** @type {typeof chosen} */ (chosen.with(which, taken));
      // A slice has two different elements: the other one takes the place of this.
      if (keyOf(next[0]) === keyOf(next[1])) next[1 - which] = chosen[which];
      store.sliceWish.value = { ...store.sliceWish.peek(), elements: next };
    }}>${all.map(
      (each, k) => html`<option value=${k} .selected=${keyOf(each) === keyOf(chosen[which])}>${keyOf(each)}</option>`,
    )}</select>`;

  const stops = [
    effect(() => {
      const wish = store.sliceWish.value;
      const [all, chosen] = [store.sliceElements.value, store.sliceChosen.value];
      host.hidden = all.length === 0;
      if (!store.sliceOpen.value) return;
      render(
        html`<select aria-label="What spans it" @change=${(/** @type {Event} */ event) =>
          (store.sliceWish.value = {
            ...wish,
            of: /** @type {"weights"} */ (/** @type {HTMLSelectElement} */ (event.target).value),
          })}>
            <option value="weights" .selected=${wish.of === "weights"}>two weights</option>
            <option value="directions" .selected=${wish.of === "directions"}>two random directions</option>
          </select>
          ${wish.of === "weights" && chosen ? html`${weight(0, all, chosen)}${weight(1, all, chosen)}` : nothing}
          ${
            wish.of === "directions"
              ? html`<label>seed ${numberField({
                  x: wish.seed,
                  set: (seed) => (store.sliceWish.value = { ...store.sliceWish.peek(), seed }),
                  limit: (x) => clamp(Math.round(x), 0, 99999),
                  next: (by) => wish.seed + by,
                  label: "Seed of the directions",
                })}</label>`
              : nothing
          }`,
        head,
      );
    }),
    effect(() => {
      const slice = store.slice.value;
      const { width, height } = size.value;
      picture.hidden = slice === null;
      if (slice === null || !store.sliceOpen.value || width === 0) return;
      canvas.style.width = `${width - MARGIN.left - MARGIN.right}px`;
      canvas.style.height = `${height - MARGIN.top - MARGIN.bottom}px`;
      void store.theme.value;
      paintSlice(canvas, slice, colour(host, "--field-low"), colour(host, "--field-high"));
    }),
    effect(() => {
      const slice = store.slice.value;
      if (slice === null || !store.sliceOpen.value || size.value.width === 0) return;
      render(slicePicture(slice, size.value, cursor.value), drawn);
    }),
    effect(() => {
      const [slice, refused] = [store.slice.value, store.sliceRefused.value];
      if (!store.sliceOpen.value) return;
      if (slice === null) {
        render(refused, told);
        return;
      }
      const at = cursor.value && nearest(slice, cursor.value);
      render(
        at
          ? html`at ${format(at.place[0], 3)}, ${format(at.place[1], 3)}: ${slice.of} <b>${format(at.loss)}</b>`
          : html`${toldOf(slice)}; bluer is lower. A click opens the place.${
              slice.names[0] === "direction 1" ? " At 1 each parameter has moved as far as it is long." : ""
            }${slice.path.length > 1 ? " The path is seen from above: the other weights moved, too." : ""}`,
        told,
      );
    }),
  ];
  return () => {
    for (const each of stops) each();
    stop();
  };
}
