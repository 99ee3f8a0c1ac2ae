/**
 * The derivative by one scalar input as a formula, compared with the gradient at many points.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { format, formatTensor } from "../../words/format.js";
import { fromWire } from "../../trace/tensor.js";
import { calledAt } from "../../timeline/sentence.js";
import { LONGEST_FORMULA } from "../../links/url.js";
import { explained, spoken } from "../kit/spoken.js";

/** @param {HTMLElement} host @param {Store} store */
export function createFormula(host, store) {
  effect(() => {
    const trace = store.visibleTrace.value;
    const inputs =
      trace?.nodes.filter(({ role, shape }) => role === "input" && shape.length === 0).map(({ id }) => id) ?? [];
    if (trace === null || inputs.length === 0) {
      render(nothing, host);
      return;
    }
    const { of: chosen, text } = store.formula.value;
    const of = inputs.includes(chosen) ? chosen : inputs[0];
    if (of !== chosen) {
      store.formula.value = { of, text };
      return;
    }
    /** @param {Event} event */
    const choose = (event) =>
      (store.formula.value = {
        of: /** @type {HTMLSelectElement} */ (event.target).value,
        text: store.formula.peek().text,
      });
    /** @param {Event} event */
    const write = (event) =>
      (store.formula.value = {
        of: store.formula.peek().of,
        text: /** @type {HTMLInputElement} */ (event.target).value,
      });
    render(
      html`<h2>As a formula</h2>
        <div class="formula">
          <span class="quotient"><span>d${calledAt(trace, trace.output)}</span>${
            inputs.length === 1
              ? html`<span>d${calledAt(trace, of)}</span>`
              : html`<span>d<select aria-label="For the input" @change=${choose}>${inputs.map(
                  (id) => html`<option value=${id} ?selected=${id === of}>${id}</option>`,
                )}</select></span>`
          }</span>
          <span aria-hidden="true">=</span>
          <input class="field" type="text"
            aria-label=${`Derivative of ${calledAt(trace, trace.output)} for ${calledAt(trace, of)}, as a formula`}
            placeholder="in the program’s names"
            maxlength=${LONGEST_FORMULA} autocomplete="off" autocapitalize="off" spellcheck="false" .value=${text}
            @input=${write} />
        </div>
        <div role="status">${verdict(store.formulaGrade.value, of, text)}</div>`,
      host,
    );
  });
}

/** @param {import("../../store/exercise.js").FormulaGrade | null} grade @param {string} of @param {string} text */
function verdict(grade, of, text) {
  if (grade === null || grade.of !== of || text.trim() === "") return nothing;
  const { answer, refusal } = grade;
  if (answer === null) return html`<p class="formula-told">${refusal}</p>`;
  const { agrees, points, worst, slip, error } = answer;
  if (error !== null) return html`<p class="formula-told">${explained(error)}</p>`;
  if (agrees === null) return html`<p class="formula-told">There is no point at which both can be compared.</p>`;
  if (agrees)
    return html`<p class="formula-told right">✓ Equal to the gradient at all ${points} points that were tried.</p>`;
  return html`<p class="formula-told"><b class="wrong" aria-hidden="true">✗</b> ${
    slip ? spoken(slip.text) : "It is not the gradient."
  }</p>
    ${
      worst === null
        ? nothing
        : html`<p class="formula-told dim">At ${place(worst.point)} it gives ${formatTensor(fromWire(worst.given), 3)}; the gradient there is ${formatTensor(fromWire(worst.wanted), 3)}.</p>`
    }`;
}

/** @param {Record<string, import("../../wire.d.ts").Numbers>} point  its numbers; arrays would be too long to read */
function place(point) {
  const numbers = Object.entries(point)
    .filter(([, value]) => typeof value === "number")
    .slice(0, 4);
  return numbers.map(([name, value]) => `${name} = ${format(Number(value))}`).join(", ");
}
