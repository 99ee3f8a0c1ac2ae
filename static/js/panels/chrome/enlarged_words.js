/**
 * What the card says: each array with its name, written out or on one line.
 * @typedef {import("../../timeline/enlarged.js").Enlarged} Enlarged
 * @typedef {import("../../timeline/enlarged.js").Told} Told
 * @typedef {import("../../types.js").Tensor} Tensor
 */
import { html, nothing } from "lit-html";
import { isCovered } from "../../trace/covered.js";
import { isSingle } from "../../trace/tensor.js";
import { formatTensor } from "../../words/format.js";
import { isWithin, matrix } from "../kit/matrix.js";
import { shownName } from "../kit/name.js";

/** Most numbers that are written out; of more, the smallest and the largest. */
const MOST = { rows: 4, cols: 6 };
/** Most numbers on one line. */
const ON_A_LINE = 4;
const DIGITS = 3;

/**
 * @param {Enlarged} told
 * @param {"all" | "own" | "none"} full which are written out as arrays; the others are told on a line
 * @param {number} most messages that are told
 */
export const written = ({ own, sent }, full, most) =>
  html`${own.map((each) => one(each, full !== "none"))}${sent.slice(0, most).map((each) => one(each, full === "all"))}
  ${most > 0 && sent.length > most ? html`<p class="more">and ${sent.length - most} more</p>` : nothing}`;

/** @param {Told} told @param {boolean} full */
function one({ kind, of, over, tensor }, full) {
  const table = full && !isSingle(tensor) && !isCovered(tensor) && isWithin(tensor, MOST);
  const summed = !table && !isCovered(tensor) && tensor.flat.length > ON_A_LINE;
  return html`<div class=${table ? "told" : "told on-a-line"}>
    <p class="what">${named(kind, of, over)}${
      summed ? html` <span class="dim">${tensor.shape.join("×")}</span>` : nothing
    }</p>
    <div class=${kind === "value" ? "say-value" : "say-grad"}>${
      table ? matrix(tensor, undefined, MOST, DIGITS) : formatTensor(tensor, ON_A_LINE, DIGITS)
    }</div>
  </div>`;
}

/** @param {Told["kind"]} kind @param {string} of @param {string | null} over */
function named(kind, of, over) {
  if (kind === "value") return shownName(of);
  if (kind === "message") return html`<span class="dim">to</span> ${shownName(of)}`;
  return over === null
    ? html`<span class="dim">gradient of</span> ${shownName(of)}`
    : html`∂${shownName(over)}/∂${shownName(of)}`;
}
