/**
 * Numerical derivatives beside a gradient: a verdict in one line; in full, the numbers and their error over the step.
 * Rendered into elements of its own, so that dragging the step does not typeset formulas again.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../types.js").Node} Node
 * @typedef {import("../../wire.d.ts").SweepAnswer} Sweep
 * @typedef {import("../../wire.d.ts").DerivativeAnswer} Derivative
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { div } from "../../dom.js";
import { indexOf, placeOf } from "../../trace/elements.js";
import { format, formatSteady, parseNumber } from "../../words/format.js";
import { clamp } from "../../plots/scale.js";
import { called, calledAt } from "../../timeline/sentence.js";
import { numberField } from "../kit/numberfield.js";
import { ASIDES, markOf, SENTENCES, SIGNS, zeroOf } from "../../words/verdicts.js";
import { errorCurve, formatStep, stepUnder } from "./errorcurve.js";

/** Enough digits to show an error. */
const DIGITS = 13;
/** @param {number} step @returns {number} the nearest one in the range of steps */
const allowed = (step) => (step > 0 ? clamp(step, 1e-15, 1) : NaN);

/**
 * @param {Store} store
 * @param {() => boolean} isOpen whether the full view is open
 * @returns {{line: HTMLElement, full: HTMLElement}}
 */
export function createCheckPanel(store, isOpen) {
  const [line, host] = ["check-line", "differences"].map(div);

  /** @param {number} step */
  const setStep = (step) => (store.epsilon.value = step);

  effect(() => {
    const [check, trace, epsilon] = [store.check.value, store.visibleTrace.value, store.epsilon.value];
    const node = check && check.trace === trace ? trace?.nodes[trace.byId.get(check.id) ?? -1] : undefined;
    render(
      html`<dt>check</dt><dd>${
        check && node ? inShort(check, node) : html`<span class="dim">not checked yet</span>`
      }</dd>`,
      line,
    );
    if (!isOpen()) return;
    if (!check || !trace || !node) {
      render(html`<p class="dim">Not checked yet.</p>`, host);
      return;
    }
    const { sweep, place, checked } = check;
    host.setAttribute("aria-busy", String(sweep.at.epsilon !== epsilon));
    const next = (/** @type {1 | -1} */ by) => nextPower(epsilon, by);
    render(
      html`${node.value.flat.length > 1 ? chooser(store, node, place) : null}
        ${table(trace, sweep)}
        ${words(trace, checked ?? sweep.at.central, checked === null ? 1 : node.value.flat.length, zeroIn(check))}
        <div class="which"><label>step ε ${numberField({
          x: epsilon,
          set: setStep,
          next,
          limit: allowed,
          show: formatStep,
        })}</label><span class="dim">↑ ↓ change it tenfold</span></div>
        <div @pointerdown=${drag(sweep, setStep)}
          @pointermove=${drag(sweep, setStep)}>${errorCurve(sweep, epsilon)}</div>
        <p class="rule-hint">${sweep.relative ? "Relative error" : "Error"} over ε: a large step misses how the curve bends (truncation), a small one loses digits (round-off).</p>`,
      host,
    );
  });
  return { line, full: host };
}

/**
 * @param {Pick<import("../../store/node.js").Check, "sweep" | "checked">} check
 * @returns {string} how zero the gradient is, where it is zero
 */
const zeroIn = ({ sweep, checked }) =>
  checked === null ? zeroOf(sweep.grad, sweep.at.central.numeric) : zeroOf(checked.grad, checked.numeric);

/** A gradient that is right has no larger error, unless round-off hides the difference of the output. */
const SMALL_ERROR = 1e-3;
const HIDDEN = "too small for a difference to show";

/** @param {Derivative} found @returns {boolean} whether its error says nothing: round-off is as large as what it is of */
const isHidden = ({ verdict, error }) => verdict === "agrees" && Number(error) > SMALL_ERROR;

/** @param {import("../../store/node.js").Check} check @param {Node} node the verdict on the central difference */
function inShort({ sweep, checked }, node) {
  const { central, epsilon } = sweep.at;
  const count = checked === null ? 1 : node.value.flat.length;
  const { verdict, negligible } = checked ?? central;
  const zero = zeroIn({ sweep, checked });
  const said = ASIDES[verdict] || SENTENCES[verdict];
  if (count === 1) {
    if (verdict === "not finite") return html`<b class="dim">${said}</b>`;
    const error = negligible
      ? `both are ${zero}`
      : isHidden(central)
        ? HIDDEN
        : `${sweep.relative ? "relative error" : "error"} ${format(Number(central.error), 2)}`;
    return html`${signOf(verdict)} <b class=${markOf(verdict) ?? "dim"}>${said}</b>, ${error}
      <span class="by">${formatSteady(Number(central.numeric), 6)} by central difference</span>`;
  }
  const of =
    verdict === "agrees"
      ? `${count === 2 ? "both" : `all ${count}`} elements agree${negligible ? `, ${zero}` : ""}`
      : `of ${count} elements the worst: ${said}`;
  return html`${signOf(verdict)} <b class=${markOf(verdict) ?? "dim"}>${of}</b> <span class="by">by central differences with ε = ${formatStep(epsilon)}</span>`;
}

/** @param {Sweep} sweep @param {(step: number) => void} setStep pressing or dragging in the picture sets the step */
const drag = (sweep, setStep) => (/** @type {PointerEvent} */ event) => {
  if ((event.buttons & 1) === 0) return;
  const area = /** @type {Element} */ (event.currentTarget);
  if (event.type === "pointerdown") area.setPointerCapture(event.pointerId);
  const step = stepUnder(sweep, event);
  if (step !== null) setStep(step);
};

/** @param {number} step @param {number} by 1 or -1 @returns {number} the next power of ten in that direction */
export function nextPower(step, by) {
  const power = Math.log10(step);
  const near = Math.round(power);
  const whole = Math.abs(power - near) < 1e-9 ? near + by : by > 0 ? Math.ceil(power) : Math.floor(power);
  return Number(`1e${whole}`);
}

/** @param {Store} store @param {Node} node @param {number} place the swept element */
function chooser(store, node, place) {
  const index = indexOf(place, node.shape);
  /** @param {number} axis */
  const choose = (axis) => (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const typed = Math.round(parseNumber(input.value));
    const at = Math.min(node.shape[axis] - 1, Math.max(0, Number.isFinite(typed) ? typed : index[axis]));
    input.value = String(at);
    store.element.value = { id: node.id, place: placeOf(index.with(axis, at), node.shape) };
  };
  const axis = (/** @type {number} */ i) =>
    node.shape.length === 1 ? "element" : node.shape.length === 2 ? ["row", "column"][i] : `axis ${i}`;
  return html`<div class="which" role="group" aria-label=${`The element of ${called(node)} that is checked`}>
    ${node.shape.map(
      (size, i) =>
        html`<label>${axis(i)} <input class="field place" type="number" min="0" max=${size - 1}
          .value=${live(String(index[i]))} @change=${choose(i)} /></label>`,
    )}
  </div>`;
}

/** @param {import("../../types.js").Trace} trace @param {Sweep} sweep */
function table(trace, { id, index, grad, relative, at, barrier }) {
  const rows = /** @type {[string, Derivative | null][]} */ ([
    ["central", at.central],
    ["forward", at.forward],
    ["complex", at.complex],
  ]);
  const own = calledAt(trace, id);
  const name = index.length > 0 ? `${own}[${index.join(",")}]` : own;
  return html`<table class="checked">
    <caption class="visually-hidden">Numerical derivatives by ${name}; the gradient is ${
      grad === null ? "none" : format(Number(grad), DIGITS)
    }</caption>
    <thead><tr><th scope="col"><span class="visually-hidden">method</span></th><th scope="col">by ${name}</th><th scope="col">${relative ? "relative error" : "error"}</th></tr></thead>
    <tbody>
      <tr class="say-grad"><th scope="row">gradient</th><td>${
        grad === null ? "none" : format(Number(grad), DIGITS)
      }<span class="sign-of"></span></td><td></td></tr>
      ${rows.map(
        ([method, found]) => html`<tr><th scope="row">${method}</th>
        ${
          found === null
            ? html`<td class="barred" colspan="2">does not pass ${barrier?.op}${
                barrier && barrier.node !== id ? ` in ${calledAt(trace, barrier.node)}` : ""
              }</td>`
            : html`<td>${format(Number(found.numeric), DIGITS)}${signOf(found.verdict)}</td><td>${
                found.negligible
                  ? zeroOf(grad, found.numeric)
                  : isHidden(found)
                    ? "below round-off"
                    : format(Number(found.error), 2)
              }</td>`
        }</tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {import("../../words/verdicts.js").Verdict} verdict */
function signOf(verdict) {
  const mark = markOf(verdict);
  return mark === null
    ? html`<span class="sign-of"></span>`
    : html`<span class=${`sign-of ${mark}`} role="img" aria-label=${verdict}
      title=${SENTENCES[verdict]}>${SIGNS[mark]}</span>`;
}

/**
 * @param {import("../../types.js").Trace} trace
 * @param {{verdict: import("../../words/verdicts.js").Verdict, negligible: boolean}} found
 * @param {number} count of elements that it is said of @param {string} zero  how zero they are, where they are
 */
function words(trace, { verdict, negligible }, count, zero) {
  const mark = markOf(verdict);
  const tone = mark === "wrong" ? "says wrong" : mark === "agrees" ? "says" : "says doubt";
  const said =
    count === 1
      ? SENTENCES[verdict]
      : verdict === "agrees"
        ? `${count === 2 ? "Both" : `All ${count}`} elements agree.`
        : `Of ${count} elements the worst: ${lower(SENTENCES[verdict])}`;
  // Which nodes are at a kink, and the convention taken there.
  const kinks = verdict === "kink" ? trace.nodes.filter(({ kink }) => kink !== null) : [];
  const lost = verdict === "not finite" && trace.lost !== null ? ` ${trace.lost.text}` : "";
  return html`<p class=${tone}>${said}${lost}${negligible ? ` Both are ${zero}.` : ""}</p>
    ${kinks.map((each) => html`<p class="says doubt">${called(each)}: ${each.kink}.</p>`)}`;
}

/** @param {string} sentence to be quoted within another */
const lower = (sentence) => sentence[0].toLowerCase() + sentence.slice(1);
