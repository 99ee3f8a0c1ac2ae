/**
 * The rows of an embedding, lit by what comes back to them: a token's row gets something from each place where it
 * stands, the others get exactly nothing.
 * @typedef {import("./derivation.js").Context} Context
 * @typedef {import("../../types.js").Node} Node
 */
import { signal } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { isCovered } from "../../trace/covered.js";
import { embeddingRows } from "../../trace/matrices.js";
import { shade } from "../../plots/tiles.js";
import { format } from "../../words/format.js";
import { tileKeys } from "../kit/tile_keys.js";

/** Tiles beside each other, and the side of one. */
const ACROSS = 16;
const SIDE = 16;

export function createEmbedding() {
  const pointed = signal(/** @type {{id: string, row: number} | null} */ (null));

  /** @param {Context} context @param {Node} node @param {import("../../timeline/frame.js").NodeState} state */
  return ({ sections, frame }, node, state) => {
    if (state.progress !== "done" || isCovered(node.grad)) return null;
    const rows = embeddingRows(frame.trace, node);
    if (rows === null) return null;
    const lit = rows.filter(({ size }) => size > 0).length;
    return sections.section({
      kind: "rows",
      open: true,
      heading: html`<h2>Its rows</h2>`,
      aside: html`${lit} of ${rows.length} get a gradient`,
      content: () => {
        const largest = Math.max(...rows.map(({ size }) => size));
        const height = Math.ceil(rows.length / ACROSS) * SIDE;
        /** @param {PointerEvent} event */
        const point = (event) => {
          const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
          const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
          const row = Math.floor((y * height) / SIDE) * ACROSS + Math.floor(x * ACROSS);
          pointed.value = row < rows.length ? { id: node.id, row } : null;
        };
        const at = pointed.value !== null && pointed.value.id === node.id ? pointed.value.row : null;
        const tell = (/** @type {number} */ line, /** @type {number} */ column) =>
          (pointed.value = { id: node.id, row: Math.min(rows.length - 1, line * ACROSS + column) });
        const keys = tileKeys(
          { rows: Math.ceil(rows.length / ACROSS), columns: Math.min(ACROSS, rows.length) },
          at === null ? null : { row: Math.floor(at / ACROSS), column: at % ACROSS },
          tell,
        );
        return html`<div class="embedding">
          <svg viewBox=${`0 0 ${ACROSS * SIDE} ${height}`} role="application" tabindex="0"
            aria-roledescription="row of tiles"
            aria-label=${`${lit} of ${rows.length} rows get a gradient; arrow keys tell them`} @pointermove=${point}
            @keydown=${keys}>
            ${svg`<g class="grad">${rows.map(({ size }, i) => {
              const [x, y] = [(i % ACROSS) * SIDE, Math.floor(i / ACROSS) * SIDE];
              return svg`<rect class="embedding-row" x=${x + 1} y=${y + 1} width=${SIDE - 2} height=${SIDE - 2}
                rx="3" /><rect class="tint" fill-opacity=${shade(size, largest, 0.95)} x=${x + 1} y=${y + 1}
                width=${SIDE - 2} height=${SIDE - 2} rx="3" />`;
            })}</g>`}
            ${
              at === null
                ? nothing
                : svg`<rect class="heatmap-at" x=${(at % ACROSS) * SIDE + 1} y=${Math.floor(at / ACROSS) * SIDE + 1}
                  width=${SIDE - 2} height=${SIDE - 2} rx="3" />`
            }
          </svg>
          <p class="dim heat-told" aria-live="polite">${told(node, rows, pointed.value)}</p></div>`;
      },
    });
  };
}

/**
 * @param {Node} node @param {{uses: number | null, size: number}[]} rows
 * @param {{id: string, row: number} | null} pointed
 */
function told(node, rows, pointed) {
  if (pointed === null || pointed.id !== node.id || pointed.row >= rows.length)
    return "One tile for each row, lit by the size of its gradient. A row that no token uses gets nothing.";
  const { uses, size } = rows[pointed.row];
  const used = uses === null ? "" : uses === 0 ? "used nowhere, " : `used ${uses === 1 ? "once" : `${uses} times`}, `;
  return `Row ${pointed.row}: ${used}gradient ${format(size)} (root mean square).`;
}
