/**
 * The sliders and fields of one leaf: one of each per number if there are few; for a matrix a grid of fields, and one
 * slider for the cell in use.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../session.js").Session} Session
 * @typedef {import("../../types.js").Tensor} Tensor
 */
import { signal } from "@preact/signals-core";
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { elementName, format, formatTensor } from "../../words/format.js";
import { shortIndexOf } from "../../trace/elements.js";
import { leavesOf } from "../../trace/leaves.js";
import { fromWire, replaced, toWire } from "../../trace/tensor.js";
import { literalLine, reach, valuesFor } from "../../trace/values.js";
import { ICONS } from "../kit/icons.js";
import { lengthOfElement, shownElement, shownName } from "../kit/name.js";
import { numberField } from "../kit/numberfield.js";

/** Up to this many numbers, each has its own slider. */
const SLIDERS = 3;
/** Longest name beside a slider, with its index; a longer one stands above its sliders. */
const BESIDE = 11;
/** Most numbers in a grid. */
const CELLS = 144;

/** @typedef {{id: string, name: string, tensor: Tensor, overridden: boolean}} Leaf */

/** @param {Store} store @returns {Leaf[]} the editable leaves with their current values; reads signals */
export function editableLeaves(store) {
  const trace = store.visibleTrace.value;
  const text = store.traced.value ?? "";
  // Only values that apply to this text: one for a name that it now assigns is kept, but not shown.
  const given = store.trainedAt.value === null ? valuesFor(text, store.given.value) : {};
  // Those of an update are results of the step.
  if (!trace || store.shownUpdate.value !== "") return [];
  return leavesOf(trace).flatMap(({ id, name, editable, line, literal, tensor: traced }) => {
    // Some rows of the examples are no value that the program could have.
    if (!editable || store.partial.value.includes(id)) return [];
    // The reader's value comes first; the trace follows.
    const tensor = given[id] !== undefined ? fromWire(given[id]) : traced;
    const says = literalLine(text, { line, literal });
    return [{ id, name, tensor, overridden: given[id] !== undefined && says !== null }];
  });
}

/**
 * @param {Pick<Leaf, "name" | "tensor">} leaf
 * @returns {number} the length of its longest name as it is shown, in characters
 */
export const shownLength = ({ name, tensor: { shape, flat } }) =>
  lengthOfElement(name, shortIndexOf(Math.max(0, flat.length - 1), shape).join(","));

/** @param {Pick<Leaf, "name" | "tensor">} leaf whether its names stand beside its sliders */
export const fitsBeside = (leaf) => leaf.tensor.flat.length <= SLIDERS && shownLength(leaf) <= BESIDE;

/**
 * @param {Session} session
 * @returns {(leaf: Leaf) => unknown} a template of a leaf's sliders and fields; reads signals
 */
export function createLeafRows(session) {
  /** Ranges stay fixed during a drag, and grow if a larger number is typed. @type {Map<string, number>} */
  const ranges = new Map();
  const inHand = signal(/** @type {{id: string, place: number} | null} */ (null));

  /** @param {string} key @param {number} x */
  function rangeFor(key, x) {
    const known = ranges.get(key);
    const range = known === undefined || Math.abs(x) > known ? reach(x) : known;
    ranges.set(key, range);
    return range;
  }

  /** @param {string} id @param {Tensor} tensor @param {number} place */
  const setter = (id, tensor, place) => (/** @type {number} */ x) => {
    if (Number.isFinite(x)) session.setValue(id, toWire(replaced(tensor, place, x)));
  };

  /** @param {string} label @param {number} x @param {(x: number) => void} set @param {() => void} [onFocus] */
  const field = (label, x, set, onFocus = () => {}) =>
    numberField({ label, x, set, onFocus, next: (by, far) => Math.round((x + by * (far ? 1 : 0.1)) * 1e6) / 1e6 });

  /** @param {string} key @param {string} label @param {number} x @param {(x: number) => void} set */
  function slider(key, label, x, set) {
    const range = rangeFor(key, x);
    const step = 10 ** Math.floor(Math.log10(range / 100));
    /** @param {Event} event */
    const slide = (event) => set(Number(/** @type {HTMLInputElement} */ (event.target).value));
    return html`<input type="range" aria-label=${`${label}, slider`} min=${-range} max=${range} step=${step}
      .value=${live(String(x))} @input=${slide} />`;
  }

  /** @param {Leaf} leaf */
  function rows({ id, name, tensor, overridden }) {
    const { shape, flat } = tensor;
    const reset = overridden
      ? html`<button class="reset" title=${`Reset ${name} to the program’s value`}
        aria-label=${`Reset ${name} to the program’s value`}
          @click=${() => session.resetValue(id)}>${ICONS.reset}</button>`
      : null;
    const head = html`<div class="grid-head"><code title=${name}>${shownName(name)}</code><span>${shape.join("×")}</span>${reset}</div>`;
    if (flat.length <= SLIDERS) {
      const above = !fitsBeside({ name, tensor });
      const sliders = flat.map((x, place) => {
        const label = elementName(name, shape, place);
        const set = setter(id, tensor, place);
        const index = shortIndexOf(place, shape).join(",");
        const shown = above ? index && `[${index}]` : shownElement(name, shape, place);
        return html`<div class=${overridden ? "val overridden" : "val"} data-leaf=${id}>
          <code title=${label}>${shown}</code>${slider(`${id}/${place}`, label, x, set)}${field(label, x, set)}${place === 0 && !above ? reset : null}
        </div>`;
      });
      return above ? html`<div class="grid-leaf">${head}${sliders}</div>` : sliders;
    }
    const cols = shape.at(-1) ?? 1;
    if (flat.length > CELLS) {
      return html`<div class="grid-leaf"
        data-leaf=${id}>${head}<p class="dim">${formatTensor(tensor)}: too many numbers to edit here.</p></div>`;
    }
    const held = inHand.value?.id === id && inHand.value.place < flat.length ? inHand.value.place : 0;
    const heldName = elementName(name, shape, held);
    // A long column is wrapped like text, so that its label stays in view.
    const across = cols === 1 ? flat.length : cols;
    const lines = Array.from({ length: flat.length / across }, (_, i) => flat.slice(i * across, (i + 1) * across));
    return html`<div class=${overridden ? "grid-leaf overridden" : "grid-leaf"} data-leaf=${id}>
      ${head}
      <div class="cells" role="group" aria-label=${name}>
        ${lines.map(
          (line, i) => html`<div class=${shape.length === 1 || cols === 1 ? "cells-row wrapped" : "cells-row"}>
            ${line.map((x, j) => {
              const place = i * across + j;
              return field(
                elementName(name, shape, place),
                x,
                setter(id, tensor, place),
                () => (inHand.value = { id, place }),
              );
            })}
          </div>`,
        )}
      </div>
      <div class="val held"><code title=${heldName}>${lengthOfElement(name, shortIndexOf(held, shape).join(",")) <= BESIDE ? shownElement(name, shape, held) : `[${shortIndexOf(held, shape).join(",")}]`}</code>${slider(`${id}/${held}`, heldName, flat[held], setter(id, tensor, held))}
        <output>${format(flat[held])}</output></div>
    </div>`;
  }

  return rows;
}
