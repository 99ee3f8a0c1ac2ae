/**
 * The grade of the program's own engine: how many gradients are right, and for each mistake its operation and line, the
 * rule as it ran and as it should be, and the smallest program on which it shows.
 * @typedef {import("../../wire.d.ts").EngineFault} Fault
 * @typedef {import("../../wire.d.ts").EngineAnswer} Answer
 */
import { html, nothing } from "lit-html";
import { formatTensor } from "../../words/format.js";
import { fromWire } from "../../trace/tensor.js";
import { OWN_SIGNS, OWN_WORDS } from "../../words/own_marks.js";
import { spoken } from "../kit/spoken.js";

/** Most gradients that are listed. */
const LISTED = 12;

/**
 * @typedef {object} Ways
 * @property {(line: number) => void} goTo  leads to a line of the program
 * @property {(id: string) => void} choose  selects a node
 * @property {(label: string, text: string, multiline: boolean) => unknown} copy  a field with a text to be copied
 */

/** @param {import("../../store/exercise.js").EngineGrade} grade @param {Ways} ways */
export function ownEngine({ answer, refusal }, ways) {
  if (answer === null)
    return refusal ? html`<h2>Your engine</h2><p class="refusal" role="alert">${refusal}</p>` : nothing;
  const { done, wanted, faults, gradients } = answer;
  const off = gradients.filter(({ status }) => status === "wrong" || status === "follows");
  return html`<h2>Your engine</h2>
    <div class="progress">
      <progress aria-label="Gradients of your engine that are right" max=${Math.max(1, wanted)}
        .value=${done}></progress>
      <span class=${done === wanted ? "all" : "dim"}>${told(answer)}</span>
    </div>
    ${
      faults.length > 0
        ? html`<ul class="own-lines" aria-label="What is wrong in your engine">${faults.map((fault) => card(fault, ways))}</ul>`
        : nothing
    }
    ${
      off.length > 0
        ? html`<table class="own-gradients"><caption class="visually-hidden">Gradients of your engine that are not right</caption>
            <thead><tr><th scope="col">gradient</th><th scope="col">yours</th><th scope="col">true</th></tr></thead>
            <tbody>${off.slice(0, LISTED).map(
              ({ id, gradient, value, adjoint, status }) =>
                html`<tr class=${status}><th scope="row"><button @click=${() => ways.choose(id)}
                  title=${OWN_WORDS[status]}><b aria-hidden="true">${OWN_SIGNS[status]}</b><code>${gradient}</code><span class="visually-hidden">, ${OWN_WORDS[status]}</span></button></th>
                  <td>${shown(value)}</td><td class="say-grad">${shown(adjoint)}</td></tr>`,
            )}</tbody></table>${
              off.length > LISTED ? html`<p class="dim">and ${off.length - LISTED} more</p>` : nothing
            }`
        : nothing
    }`;
}

/** @param {Answer} answer */
const told = ({ done, wanted }) =>
  done === wanted ? `All ${wanted} gradients are right` : `${done} of ${wanted} gradients are right`;

/** @param {import("../../wire.d.ts").EngineGradient["value"]} value */
const shown = (value) => (value === null ? "none" : formatTensor(fromWire(value), 4));

/** @param {Fault} fault @param {Ways} ways */
function card({ method, line, code, text, smallest, prints, right }, ways) {
  return html`<li>
    <div class="own-head"><b aria-hidden="true">✗</b>${
      method ? html`<code>${method}</code>` : html`<code>the program</code>`
    }
      <button class="place" @click=${() => ways.goTo(line)}>line ${line}</button></div>
    <pre class="own-code" tabindex="0" aria-label=${`Line ${line}`}>${code}</pre>
    <p>${spoken(text)}</p>
    ${
      smallest === null
        ? nothing
        : html`<p class="dim">The smallest program on which it shows, to run behind your class:</p>
            ${ways.copy("The smallest program", smallest.replaceAll("; ", "\n"), true)}
            <dl class="facts"><div><dt>it prints</dt><dd>${prints}</dd></div><div><dt>right is</dt><dd class="say-grad">${right}</dd></div></dl>`
    }
  </li>`;
}
