/** A tensor as a small table; what is too large shows its corner and says so. @typedef {import("../types.js").Tensor} Tensor */
import { html } from "lit-html";
import { format } from "../format.js";

const SHOWN = { rows: 8, cols: 4 };

/** @param {Tensor} tensor */
export function matrix({ shape, flat }) {
  const cols = shape.at(-1) ?? 1;
  const rows = cols === 0 ? 0 : flat.length / cols;
  const [r, c] = [Math.min(rows, SHOWN.rows), Math.min(cols, SHOWN.cols)];
  const line = (/** @type {number} */ i) => flat.slice(i * cols, i * cols + c);
  return html`<table class="matrix">
      <tbody>
        ${Array.from({ length: r }, (_, i) => html`<tr>${line(i).map((x) => html`<td>${format(x)}</td>`)}${c < cols ? html`<td>…</td>` : null}</tr>`)}
      </tbody>
    </table>
    ${r < rows || c < cols ? html`<span class="dim">${shape.join("×")}, the first ${r}×${c}</span>` : null}`;
}
