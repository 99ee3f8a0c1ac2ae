/**
 * Where the transpose comes from: the message of a matrix product, scalar by scalar. Each element of δ sends what it
 * sends; then one element of the result is looked at, and what it met is a column of the other factor; then all of them
 * at once are one product, and the shapes decide which. Of a repeated input the same leads to a sum along an axis.
 * @typedef {import("../../trace/regroup.js").Regroup} Regroup
 * @typedef {import("../../types.js").Tensor} Tensor
 * @typedef {"" | "on" | "faint"} Light
 */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { questionOf, regroupable } from "../../commands/regroup.js";
import { arrivedIn, candidates, partsAt, regroupOf } from "../../trace/regroup.js";
import { called } from "../../timeline/sentence.js";
import { format } from "../../words/format.js";

/** @param {import("../../types.js").Node} node */
const nameOf = (node) => node.name ?? called(node);

/** @param {string} name @param {number[]} shape @param {number} element @returns {string} "W[0,1]" */
function at(name, shape, element) {
  const index = shape.length < 2 ? [element] : [Math.floor(element / shape[1]), element % shape[1]];
  return `${name}[${index.join(",")}]`;
}

/** @param {import("../../store.js").Store} store @returns {() => unknown} the dialog's body */
export function createRegroup(store) {
  return () => {
    const trace = store.visibleTrace.value;
    const { edge, at: step } = store.regrouped.value;
    const regroup = trace && edge >= 0 && edge < trace.edges.length ? regroupOf(trace, edge) : null;
    if (regroup === null) return html`<p class="dim">This message is no longer there.</p>`;
    const edges = regroupable(store);
    const last = regroup.parts.length + 2;
    const go = (/** @type {number} */ to) => (store.regrouped.value = { edge, at: Math.min(last, Math.max(0, to)) });
    return html`<div class="regroup">
      <h3>${questionOf(regroup.target)}</h3>
      ${
        edges.length > 1
          ? html`<p class="regroup-edges" role="group" aria-label="Message to">
        ${edges.map(
          (each) =>
            html`<button aria-pressed=${String(each === edge)}
              @click=${() => (store.regrouped.value = { edge: each, at: 0 })}>to ${nameOf(
                /** @type {NonNullable<typeof trace>} */ (trace).nodes[
                  /** @type {NonNullable<typeof trace>} */ (trace).edges[each].source
                ],
              )}</button>`,
        )}
      </p>`
          : null
      }
      ${grids(regroup, step)}
      <p class="regroup-words" role="status">${words(regroup, step)}</p>
      ${step === last ? fitting(regroup) : null}
      <p class="regroup-steps">
        <button ?disabled=${step === 0} @click=${() => go(step - 1)}>Back</button>
        <input type="range" min="0" max=${last} .value=${live(String(step))} aria-label="Step"
          aria-valuetext=${`${step} of ${last}`}
          @input=${(/** @type {InputEvent} */ event) =>
            go(Number(/** @type {HTMLInputElement} */ (event.target).value))} />
        <button class="hot" ?disabled=${step === last} @click=${() => go(step + 1)}>Next</button>
      </p>
    </div>`;
  };
}

/**
 * The element that is looked at once all have arrived: the last, so that it is seen at work before.
 * @param {Regroup} regroup
 */
const lookedAt = ({ source }) => source.value.flat.length - 1;

/**
 * @param {Regroup} regroup @param {number} step
 * @returns {{delta: Set<number>, by: Set<number>, to: Set<number>}} the elements that are lit
 */
function litIn(regroup, step) {
  const { parts } = regroup;
  const none = { delta: new Set(), by: new Set(), to: new Set() };
  if (step === 0 || step > parts.length + 1) return none;
  if (step <= parts.length) {
    const sent = parts[step - 1];
    return {
      delta: new Set([step - 1]),
      by: new Set(sent.flatMap(({ by }) => (by === null ? [] : [by]))),
      to: new Set(sent.map(({ to }) => to)),
    };
  }
  const met = partsAt(regroup, lookedAt(regroup));
  return {
    delta: new Set(met.map(({ from }) => from)),
    by: new Set(met.flatMap(({ by }) => (by === null ? [] : [by]))),
    to: new Set([lookedAt(regroup)]),
  };
}

/** @param {Regroup} regroup @param {number} step */
function grids(regroup, step) {
  const { source, target, other, gradient, message, parts, slot, kind } = regroup;
  const lit = litIn(regroup, step);
  const whole = step === parts.length + 2;
  const sums = step > parts.length ? message.flat : arrivedIn(regroup, step);
  const result = grid(`∂L/∂${nameOf(source)}`, source.shape, sums, lit.to, "grad");
  const delta = grid("δ", target.shape, gradient.flat, lit.delta, "grad");
  if (kind === "repeat" || other === null)
    return html`<div class="regroup-grids">${delta}<span class="regroup-sign">→</span>${result}</div>`;
  const turned = whole ? transposed(other.value) : other.value;
  const factor = grid(`${nameOf(other)}${whole ? "ᵀ" : ""}`, turned.shape, turned.flat, lit.by, "value");
  const sides = slot === 1 ? [factor, delta] : [delta, factor];
  return html`<div class="regroup-grids">
    ${sides[0]}<span class="regroup-sign">${whole ? "@" : "·"}</span>${sides[1]}<span class="regroup-sign">${whole ? "=" : "→"}</span>${result}
  </div>`;
}

/** @param {Tensor} matrix @returns {Tensor} */
function transposed({ shape: [rows, columns], flat }) {
  return {
    shape: [columns, rows],
    flat: Array.from({ length: flat.length }, (_, i) => flat[(i % rows) * columns + Math.floor(i / rows)]),
  };
}

/**
 * @param {string} title @param {number[]} shape @param {(number | null)[]} flat @param {Set<number>} lit
 * @param {"value" | "grad"} tone
 */
function grid(title, shape, flat, lit, tone) {
  const columns = shape.length === 0 ? 1 : /** @type {number} */ (shape.at(-1));
  const rows = flat.length / columns;
  return html`<figure class=${`regroup-grid say-${tone}`}>
    <figcaption>${title} <span class="dim">${shape.length === 0 ? "" : shape.join("×")}</span></figcaption>
    <table class="matrix"><tbody>
      ${Array.from(
        { length: rows },
        (_, i) =>
          html`<tr>${Array.from({ length: columns }, (_, j) => {
            const x = flat[i * columns + j];
            return html`<td class=${lit.has(i * columns + j) ? "on" : ""}>${
              x === null ? html`<span class="dim">•</span>` : format(x, 3)
            }</td>`;
          })}</tr>`,
      )}
    </tbody></table>
  </figure>`;
}

/** @param {Regroup} regroup @param {number} step */
function words(regroup, step) {
  const { source, target, other, gradient, message, parts, kind, slot } = regroup;
  const [to, from] = [nameOf(source), nameOf(target)];
  const by = other ? nameOf(other) : "";
  if (step === 0)
    return kind === "product"
      ? html`<b>${from}</b> = ${
          slot === 1 ? `${by} @ ${to}` : `${to} @ ${by}`
        }: each number of it is a row of the first times a column of the second. δ is its gradient. Go on, and each number of δ sends back what it has to send.`
      : html`<b>${to}</b> was repeated to the shape of <b>${from}</b>. δ is the gradient of <b>${from}</b>. Go on, and each number of δ sends back what it has to send.`;
  if (step <= parts.length) {
    const sent = parts[step - 1];
    const element = at(from, target.shape, step - 1);
    const delta = format(gradient.flat[step - 1], 3);
    if (other === null)
      return html`<b>${element}</b> was made with ${at(to, source.shape, sent[0].to)}, ${
        sent[0].value === gradient.flat[step - 1] ? "as it is" : "subtracted"
      }: it gets <span class="say-grad">${format(sent[0].value, 3)}</span>.`;
    const pairs = sent.map(
      ({ to: cell, by: factor }) =>
        `${at(to, source.shape, cell)} · ${at(by, other.shape, /** @type {number} */ (factor))}`,
    );
    return html`<b>${element}</b> = ${pairs.join(" + ")}. So its gradient <span class="say-grad">${delta}</span> goes to each of these numbers of <b>${to}</b>, times the number of <b>${by}</b> beside it.`;
  }
  const cell = lookedAt(regroup);
  const met = partsAt(regroup, cell);
  const sum = met.map(({ from: element, by: factor }) =>
    factor === null || other === null
      ? at("δ", target.shape, element)
      : `${at(by, other.shape, factor)} · ${at("δ", target.shape, element)}`,
  );
  const total = html`<span class="say-grad">${format(message.flat[cell], 3)}</span>`;
  if (step === parts.length + 1)
    return html`All have arrived. Look at one: <b>${at(to, source.shape, cell)}</b> has got ${sum.join(" + ")} = ${total}. ${meeting(regroup, cell)}`;
  if (kind === "repeat")
    return html`So a sum along the axis that <b>${to}</b> was repeated along, because each copy sends its gradient back to the one number.`;
  return slot === 1
    ? html`The columns of <b>${by}</b> are the rows of <b>${by}ᵀ</b>. So all of this at once is one product: <b>${by}ᵀ @ δ</b>.`
    : html`The rows of <b>${by}</b> are the columns of <b>${by}ᵀ</b>. So all of this at once is one product: <b>δ @ ${by}ᵀ</b>.`;
}

/** @param {Regroup} regroup @param {number} cell what it met, as rows and columns */
function meeting({ source, other, slot }, cell) {
  if (other === null) return "It was used as often as there are terms.";
  const [i, j] = [Math.floor(cell / source.shape[1]), cell % source.shape[1]];
  const by = nameOf(other);
  return slot === 1
    ? `That is column ${i} of ${by} times column ${j} of δ.`
    : `That is row ${i} of δ times row ${j} of ${by}.`;
}

/** @param {Regroup} regroup the shapes decide */
function fitting(regroup) {
  const all = candidates(regroup);
  if (all.length === 0) return null;
  return html`<table class="regroup-fits"><caption>What else could it be? <b>${nameOf(regroup.source)}</b> is ${regroup.source.shape.join("×")}, and so is its gradient.</caption><tbody>
    ${all.map(
      ({ text, shapes, against }) =>
        html`<tr class=${against === "" ? "right" : "against"}><th scope="row">${text}</th><td>${shapes}</td><td>${against === "" ? "✓ this" : `✗ ${against}`}</td></tr>`,
    )}
  </tbody></table>`;
}
