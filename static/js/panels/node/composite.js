/**
 * One derivative in two ways: an operation in single steps beside its own rule, and the closed form of a function call
 * beside the chain rule through its parts.
 * @typedef {import("./derivation.js").Context} Context
 * @typedef {import("../../wire.d.ts").ExpandedAnswer} Expanded
 */
import { html } from "lit-html";
import { isCovered } from "../../trace/covered.js";
import { formatTensor } from "../../words/format.js";
import { differences } from "../../words/agreement.js";
import { plain } from "../../words/pieces.js";
import { fromWire, toWire } from "../../trace/tensor.js";
import { nodeIn } from "../../timeline/frame.js";
import { lines, sent } from "./derivation.js";

const TICK = html`<span class="tick" role="img" aria-label="agrees">✓</span>`;

/**
 * @param {Context} context
 * @param {import("../../types.js").Node} node
 * @param {Expanded | null} expanded null while its numbers belong to another trace
 */
export function inSteps({ frame, maths }, node, expanded) {
  const { trace } = frame;
  const sources = node.ins.map((edge) => trace.nodes[trace.edges[edge].source]);
  // The steps would reveal covered gradients.
  if (!expanded || [node, ...sources].some(({ grad }) => isCovered(grad))) return null;
  // The steps cover both passes, so they are shown once both are over.
  if (!node.ins.every((edge) => trace.edges[edge].message === null || sent(frame, edge))) return null;
  const said = differences(node.label, expanded);
  return html`<details class="both-ways">
    <summary>${node.label} in single steps</summary>
    <div class="wide-table"><table>
      <thead><tr><th scope="col">step</th><th scope="col">value</th><th scope="col">slope</th><th scope="col">gradient</th></tr></thead>
      <tbody>${expanded.parts.map(
        ({ name, text, latex, value, grad, locals }) => html`<tr>
          <th scope="row">${maths(`${name.replace(/^u(\d+)$/, "u_{$1}")} = ${latex}`, `${name} = ${text}`)}</th>
          <td class="say-value">${shown(value)}</td>
          <td>${locals.map(
            (local) =>
              html`<span>${
                local.latex && local.text ? maths(local.latex, local.text) : null
              } <span class="say-value">${shown(local.value)}</span></span>`,
          )}</td>
          <td class="say-grad">${shown(grad)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
    <p>${Object.entries(expanded.sent).map(
      ([letter, value]) =>
        html`${expanded.inputs[letter] ?? letter} receives <span class="say-grad">${shown(value)}</span>. `,
    )}
      ${
        said.length === 0
          ? html`The rule of ${node.label} gives the same ${TICK}`
          : html`${said.join(" ")} ${expanded.agrees ? TICK : null}`
      }</p>
    <p><a class="link" target="_blank" rel="noopener"
      href=${graphOf(expanded, node, sources)}>Open these steps as a graph</a></p>
  </details>`;
}

/** @param {Context} context @param {import("../../store/node.js").Whole | null} whole */
export function asOneRule(context, whole) {
  const { trace } = context.frame;
  if (whole === null || whole.trace !== trace) return null;
  const called = trace.groups.find(({ id }) => id === whole.id)?.name;
  return whole.forms.map((form) => {
    const index = trace.byId.get(form.source);
    if (index === undefined || isCovered(trace.nodes[index].grad) || nodeIn(context.frame, index).progress !== "done")
      return null;
    return html`<h2>As one rule</h2>
      <div class="eq">
        ${lines(context, [form.formula, ...form.elements])}
        <div class="sum-up"><span class="say-grad">${shown(form.value)}</span></div>
        ${called !== form.name ? html`<p class="why">This is ${form.name}, written out.</p>` : null}
        <p class="why">${
          form.agrees
            ? html`The chain rule through its parts gives the same ${TICK}`
            : html`The chain rule through its parts gives <span class="say-grad">${shown(form.sent)}</span> instead.`
        }
          ${form.holds ? `The rule holds where ${form.holds}.` : null}</p>
        <p class="code"><code>${plain(form.formula.text)}</code></p>
      </div>`;
  });
}

/** @param {import("../../types.js").WireNumber | null} value */
const shown = (value) => (value === null ? "·" : formatTensor(fromWire(value)));

/**
 * @param {Expanded} expanded
 * @param {import("../../types.js").Node} node
 * @param {import("../../types.js").Node[]} sources
 */
function graphOf({ program, inputs }, node, sources) {
  const values = Object.fromEntries(
    Object.entries(inputs).flatMap(([letter, id]) => {
      const source = sources.find((each) => each.id === id);
      return source ? [[letter, toWire(source.value)]] : [];
    }),
  );
  const fields = new URLSearchParams({ program, values: JSON.stringify(values), title: `${node.label}, step by step` });
  return `/lab#${fields}`;
}
