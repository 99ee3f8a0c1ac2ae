/**
 * A tensor as a small table; of a large one only a corner, which is stated.
 * @typedef {import("../../types.js").Tensor} Tensor
 */
/**
 * @typedef {{id: string, of: "value" | "grad", name: string}} Cells  elements that can be pointed at to be explained
 */
import { html } from "lit-html";
import { elementName, format, formatTensor } from "../../words/format.js";

/** @typedef {{rows: number, cols: number}} Most */
/** @type {Most} */
const SHOWN = { rows: 8, cols: 4 };

/**
 * @param {Tensor} tensor
 * @param {Cells} [cells]
 * @param {Most} [most]
 * @returns {unknown} a few numbers on one line; more as a table, as are elements to point at
 */
export const quantity = (tensor, cells, most) =>
  tensor.flat.length <= (cells ? 1 : 4) ? formatTensor(tensor) : matrix(tensor, cells, most);

/** @param {Tensor} tensor @param {Most} most @returns {boolean} whether it has no more rows and columns */
export function isWithin({ shape, flat }, { rows, cols }) {
  const wide = shape.at(-1) ?? 1;
  return wide <= cols && flat.length <= wide * rows;
}

/** @param {Tensor} tensor @param {Cells} [cells] @param {Most} [most] @param {number} [exact] significant digits */
export function matrix({ shape, flat }, cells, most = SHOWN, exact) {
  const cols = shape.at(-1) ?? 1;
  const rows = cols === 0 ? 0 : flat.length / cols;
  const [r, c] = [Math.min(rows, most.rows), Math.min(cols, most.cols)];
  // More columns of four digits would be wider than the panel.
  const digits = exact ?? (c > 3 ? 3 : 4);
  const line = (/** @type {number} */ i) => flat.slice(i * cols, i * cols + c);
  const cell = (/** @type {number} */ x, /** @type {number} */ place) =>
    cells
      ? html`<button class="cell" tabindex=${place === 0 ? 0 : -1} data-id=${cells.id} data-of=${cells.of}
        data-place=${place}
          aria-label=${`${elementName(cells.name, shape, place)}: ${format(x, digits)}`}>${format(x, digits)}</button>`
      : format(x, digits);
  return html`<table class="matrix">
      <tbody>
        ${Array.from(
          { length: r },
          (_, i) =>
            html`<tr>${line(i).map(
              (x, j) => html`<td>${cell(x, i * cols + j)}</td>`,
            )}${c < cols ? html`<td>…</td>` : null}</tr>`,
        )}
      </tbody>
    </table>
    ${r < rows || c < cols ? html`<span class="dim">${shape.join("×")}, the first ${r}×${c}</span>` : null}`;
}
