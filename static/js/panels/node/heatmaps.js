/**
 * A matrix and its gradient beside each other as heat maps: attention, tokens by tokens; logits; weights.
 * @typedef {import("./derivation.js").Context} Context
 * @typedef {import("../../types.js").Node} Node
 * @typedef {import("../../types.js").Tensor} Tensor
 */
import { signal } from "@preact/signals-core";
import { html } from "lit-html";
import { placeOf } from "../../trace/elements.js";
import { called } from "../../timeline/sentence.js";
import { elementName, format } from "../../words/format.js";
import { heatmap } from "../kit/heatmap.js";
import { isAttention, matrixOf } from "../../trace/matrices.js";

/** Smallest matrix that is worth a heat map, elements. */
const LEAST = 9;

export function createHeatmaps() {
  const chosen = signal(0);
  const pointed = signal(/** @type {{id: string, row: number, column: number} | null} */ (null));

  /** @param {Context} context @param {Node} node @param {import("../../timeline/frame.js").NodeState} state */
  return ({ sections }, node, state) => {
    const { shape } = node;
    if (shape.length < 2 || state.value === null || node.value.flat.length < LEAST) return null;
    if (shape.slice(-2).some((size) => size < 2)) return null;
    const count = node.value.flat.length / (shape[shape.length - 1] * shape[shape.length - 2]);
    const k = Math.min(chosen.value, count - 1);
    const attention = isAttention(node.value);
    return sections.section({
      kind: "heat",
      open: attention,
      heading: html`<h2>${attention ? "Who looks at whom" : "As a heat map"}</h2>`,
      content: () => {
        const tell = (/** @type {number} */ row, /** @type {number} */ column) =>
          (pointed.value = { id: node.id, row, column });
        const at = pointed.value !== null && pointed.value.id === node.id ? pointed.value : null;
        const grad = state.progress === "done" ? state.grad : null;
        return html`<div class="heatmaps">
            ${heatmap(matrixOf(node.value, k), "value", called(node), tell, at)}
            ${grad === null ? null : heatmap(matrixOf(grad, k), "grad", called(node), tell, at)}
          </div>
          ${
            count < 2
              ? null
              : html`<label class="dim">which of ${count} <input type="number" min="0" max=${count - 1}
                .value=${String(k)}
                  @input=${(/** @type {InputEvent} */ event) => (chosen.value = Math.max(0, Number(/** @type {HTMLInputElement} */ (event.target).value) || 0))} /></label>`
          }
          <p class="dim heat-told" aria-live="polite">${told(node, grad, k, pointed.value)}</p>`;
      },
    });
  };
}

/**
 * @param {Node} node @param {Tensor | null} grad @param {number} k
 * @param {{id: string, row: number, column: number} | null} pointed
 */
function told(node, grad, k, pointed) {
  if (pointed === null || pointed.id !== node.id)
    return isAttention(node.value)
      ? "Each row is a token that asks; along it are those that it looks at. Point at a tile, or go there with the arrow keys."
      : "Point at a tile for its numbers, or go there with the arrow keys.";
  const [rows, columns] = node.shape.slice(-2);
  const place = k * rows * columns + placeOf([pointed.row, pointed.column], [rows, columns]);
  const name = elementName(called(node), node.shape, place);
  return `${name} = ${format(node.value.flat[place])}${grad === null ? "" : `, its gradient ${format(grad.flat[place])}`}`;
}
