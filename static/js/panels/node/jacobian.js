/**
 * The Jacobian of softmax for one row: how each share moves with each score, and what comes back through it.
 * @typedef {import("./derivation.js").Context} Context
 * @typedef {import("../../types.js").Node} Node
 */
import { signal } from "@preact/signals-core";
import { html } from "lit-html";
import { membersOf, resultOfGroup } from "../../graph/drawing.js";
import { isCovered } from "../../trace/covered.js";
import { hasShares, rowsOf, softmaxJacobian } from "../../trace/matrices.js";
import { format } from "../../words/format.js";
import { heatmap } from "../kit/heatmap.js";
import { matrix } from "../kit/matrix.js";

/** Longest row whose Jacobian is written out, and longest that is drawn. */
const WRITTEN = 5;
const DRAWN = 64;

/**
 * @param {import("../../types.js").Trace} trace @param {Node} node
 * @returns {Node | null} the scores of which a call of softmax makes it, where they are used for nothing else
 */
function scoresOf(trace, node) {
  const group = trace.groups.find(({ id, name }) => id === node.group && name === "softmax");
  if (group === undefined || group.inside || resultOfGroup(trace, group.id) !== node.index) return null;
  const inside = new Set(membersOf(trace, group.id));
  const all = [...inside].flatMap((member) =>
    trace.nodes[member].ins.map((edge) => trace.nodes[trace.edges[edge].source]),
  );
  const found = all.find(({ index, shape }) => !inside.has(index) && shape.join() === node.shape.join());
  return found?.outs.every((edge) => inside.has(trace.edges[edge].target)) ? found : null;
}

export function createJacobian() {
  // The last row: under a mask the first one has a single share, and nothing to move.
  const chosen = signal(Infinity);
  const pointed = signal(/** @type {{id: string, row: number, column: number} | null} */ (null));

  /** @param {Node} node */
  const at = ({ id }) => (pointed.value !== null && pointed.value.id === id ? pointed.value : null);

  /** @param {Context} context @param {Node} node */
  return ({ sections, frame: { trace } }, node) => {
    const width = node.shape.at(-1) ?? 1;
    if (node.grad === null || isCovered(node.grad) || width < 2 || width > DRAWN) return null;
    const scores = scoresOf(trace, node);
    if (scores?.grad == null || isCovered(scores.grad) || !hasShares(node.value)) return null;
    const back = scores.grad;
    const rows = rowsOf(node.value);
    const k = Math.min(chosen.value, rows.length - 1);
    return sections.section({
      kind: "jacobian",
      heading: html`<h2>Its Jacobian${rows.length > 1 ? `, row ${k}` : ""}</h2>`,
      content: () => {
        const jacobian = softmaxJacobian(rows[k]);
        const [delta, sent] = [rowsOf(/** @type {import("../../types.js").Tensor} */ (node.grad))[k], rowsOf(back)[k]];
        const tell = (/** @type {number} */ row, /** @type {number} */ column) =>
          (pointed.value = { id: node.id, row, column });
        return html`<div class="jacobian">
          ${
            rows.length > 1
              ? html`<label class="dim">row <input type="number" min="0" max=${rows.length - 1} .value=${String(k)}
                  @input=${(/** @type {InputEvent} */ event) => (chosen.value = Math.max(0, Number(/** @type {HTMLInputElement} */ (event.target).value) || 0))} /> of ${rows.length}</label>`
              : null
          }
          ${
            width <= WRITTEN
              ? html`<div class="say-value">${matrix(jacobian, undefined, { rows: WRITTEN, cols: WRITTEN }, 3)}</div>`
              : html`<div class="heatmaps">${heatmap(jacobian, "value", "the Jacobian", tell, at(node))}</div><p class="dim heat-told" aria-live="polite">${told(jacobian, at(node))}</p>`
          }
          <p class="dim">Share i by score i is p(1 − p), by another one −p·p: each row and each column adds up to zero.</p>
          <dl class="facts">
            <div><dt>gradient of the shares</dt><dd class="say-grad">${line(delta)}</dd></div>
            <div><dt>times the Jacobian: of the scores</dt><dd class="say-grad">${line(sent)}</dd></div>
          </dl>
        </div>`;
      },
    });
  };
}

/** @param {number[]} row */
const line = (row) =>
  row
    .slice(0, WRITTEN)
    .map((x) => format(x, 3))
    .join(", ") + (row.length > WRITTEN ? ", …" : "");

/** @param {import("../../types.js").Tensor} jacobian @param {import("../kit/tile_keys.js").Tile | null} at */
const told = ({ flat, shape }, at) =>
  at === null
    ? "Rows are shares, columns are scores. Point at a tile, or go there with the arrow keys."
    : `share ${at.row} by score ${at.column}: ${format(flat[at.row * shape[1] + at.column])}`;
