/**
 * A matrix as a heat map of the panel's width: no tint is zero, full tint the largest magnitude, and what is negative
 * lacks a corner.
 * @typedef {import("../../types.js").Tensor} Tensor
 */
import { html, nothing, svg } from "lit-html";
import { shade, strongest, tile } from "../../plots/tiles.js";
import { spread } from "../../trace/elements.js";
import { format } from "../../words/format.js";
import { tileKeys } from "./tile_keys.js";

/** Most tiles of a side; more elements share one, which shows the strongest. */
const MOST = 32;
const SIZE = 128;

/**
 * @param {Tensor} matrix @param {"value" | "grad"} tone @param {string} name  what it is of
 * @param {(row: number, column: number) => void} tell  called with the element that is pointed at, or gone to by keys
 * @param {import("./tile_keys.js").Tile | null} at  the element told last
 */
export function heatmap(matrix, tone, name, tell, at) {
  const size = spread(matrix.shape);
  const [rows, cols] = [Math.min(size.height, MOST), Math.min(size.width, MOST)];
  const [width, height] = [SIZE / cols, Math.min(SIZE / rows, (2 * SIZE) / cols)];
  const largest = Math.max(0, ...matrix.flat.map(Math.abs).filter(Number.isFinite));
  /** @param {PointerEvent} event */
  const point = (event) => {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const at = (/** @type {number} */ part, /** @type {number} */ whole) =>
      Math.min(whole - 1, Math.max(0, Math.floor(part * whole)));
    tell(
      at((event.clientY - box.top) / box.height, size.height),
      at((event.clientX - box.left) / box.width, size.width),
    );
  };
  return html`<figure class="heatmap">
    <figcaption><span class=${tone === "grad" ? "say-grad" : "say-value"}>${tone === "grad" ? "gradient" : "value"}</span> <span class="dim">up to ${format(largest, 2)}</span></figcaption>
    <svg viewBox=${`0 0 ${cols * width} ${rows * height}`} role="application" tabindex="0"
      aria-roledescription="heat map"
      aria-label=${`The ${tone === "grad" ? "gradient" : "value"} of ${name} as a heat map, up to ${format(largest, 2)}; arrow keys tell its elements`} @pointermove=${point} @keydown=${tileKeys({ rows: size.height, columns: size.width }, at, tell)}>
      <rect class="heatmap-ground" width=${cols * width} height=${rows * height} />
      ${svg`<g class=${tone}>${strongest(matrix, rows, cols).map((place, i) => {
        const x = matrix.flat[place];
        const shape = tile(
          (i % cols) * width,
          Math.floor(i / cols) * height,
          width * 0.96,
          height * 0.96,
          x,
          0.4 * Math.min(width, height),
        );
        return svg`<path class=${x >= 0 ? "tint" : x < 0 ? "tint negative" : "tint odd"}
          fill-opacity=${Number.isFinite(x) ? shade(x, largest, 0.95) : "1"} d=${shape} />`;
      })}</g>`}
      ${
        at === null
          ? nothing
          : svg`<rect class="heatmap-at" x=${Math.floor((at.column * cols) / size.width) * width}
            y=${Math.floor((at.row * rows) / size.height) * height} width=${width} height=${height} />`
      }
    </svg>
  </figure>`;
}
