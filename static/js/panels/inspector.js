/**
 * One node, told in full: what it is, what it holds, what it passes back and where its own gradient came from.
 * Says only what the moment already knows.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Node} Node
 * @typedef {import("../types.js").Edge} Edge
 * @typedef {import("../types.js").Tensor} Tensor
 * @typedef {import("../timeline/frame.js").Frame} Frame
 */
import { batch } from "@preact/signals-core";
import { html, render } from "lit-html";
import { toggleScalar } from "../commands/detail.js";
import { toggleGroup } from "../commands/groups.js";
import { inside, membersOf, operationsIn } from "../graph/drawing.js";
import { isCovered } from "../covered.js";
import { format, formatFactor, formatShape, formatTensor } from "../format.js";
import { factorOf, substitute, symbol } from "../formula.js";
import { isSingle, isZero } from "../tensor.js";
import { nodeIn } from "../timeline/frame.js";
import { nextMoment } from "../timeline/parts.js";
import { called } from "../timeline/sentence.js";
import { commandButton } from "./button.js";
import { pointAtCells } from "./cell.js";
import { createCheckPanel } from "./check.js";
import { asFactor, latexOf } from "./maths.js";
import { matrix } from "./matrix.js";
import { nudgeSection } from "./nudge.js";
import { paced } from "./paced.js";
import { plot } from "./plot.js";

/** A formula of more letters is written plainly, which breaks into lines. */
const HEADING = 42;

/**
 * @param {HTMLElement} host @param {Store} store @param {import("./maths.js").Maths} maths
 * @param {Record<string, import("../commands/command.js").Command>} commands
 */
export function createInspector(host, store, maths, commands) {
  pointAtCells(host, store);
  const check = createCheckPanel(store);
  paced(store, () => {
    const frame = store.settled.value;
    const node = store.shownNode.value;
    if (!frame || !node) {
      render(html`<p class="dim">Nothing to show yet.</p>`, host);
      return;
    }
    const state = nodeIn(frame, node.index);
    const partial = node.name === null ? "" : `∂${frame.trace.output}/∂${node.name}`;
    const curve = node.curve ? store.ops.value?.ops.find(({ name }) => name === node.op)?.curve ?? null : null;
    const source = frame.trace.nodes[frame.trace.edges[node.ins[0]]?.source ?? -1];
    const filled = node.role === "operation" && state.value !== null ? substitute(frame.trace, node) : null;
    render(
      html`<p class="about">
          <b>${heading(node, maths)}</b>
          <span>${node.role === "operation" ? (node.name ? null : `${called(node)} · `) : `${node.role} · `}${formatShape(node.shape)}${node.line === null ? "" : ` · line ${node.line}`}</span>
          ${store.selection.value === null ? null : html`<button class="link" @click=${() => (store.selection.value = null)}>follow the steps again</button>`}
        </p>
        ${functionLine(store)}
        <p class="orders">
          ${commandButton(commands.runTo, { label: `Run to here: the ${nextMoment(frame.trace, frame.cues, node.index, frame.time).what} of ${called(node)}` })}
          ${scalarButton(store, frame.trace, node)}
          ${commandButton(commands.part, { label: `Only its part: the steps of ${called(node)}, slowly` })}
        </p>
        <dl class="facts">
          <div><dt>value</dt><dd class="say-value">${state.value === null ? html`<span class="dim">not computed yet</span>` : quantity(node.value, { id: node.id, of: "value", name: called(node) })}</dd></div>
          ${filled && filled !== node.formula ? html`<div><dt>with numbers</dt><dd class="say-value">${filled}</dd></div>` : null}
          <div><dt>gradient <span class="partial">${partial}</span></dt><dd class="say-grad">${gradient(state, { id: node.id, of: "grad", name: node.gradName })}</dd></div>
        </dl>
        ${node.kink ? html`<p class="kink">Exactly on a kink: ${node.kink}. It is not differentiable here.</p>` : null}
        ${nudgeSection(store, node, commands)} ${passes(store, frame, node, maths)} ${origin(frame, node)} ${check}
        ${curve && source
          ? html`<h2>Local derivative</h2>${plot(curve, { name: source.name ?? "input", inputs: source.value.flat })}
              <p class="plot-legend"><span class="say-value">— ${node.label}</span> <span class="say-grad">- - its derivative</span></p>`
          : null}`,
      host,
    );
  });
}

/** @param {Node} node @param {import("./maths.js").Maths} maths what it is, typeset where that fits on one line */
function heading(node, maths) {
  const operation = node.role === "operation";
  const plain = !operation ? called(node) : node.name ? `${node.name} = ${node.formula}` : node.formula;
  if (plain.length > HEADING) return plain;
  return maths(!operation ? latexOf(node) : node.name ? `${latexOf(node)} = ${node.latex}` : node.latex, plain);
}

/** @param {Store} store @param {import("../types.js").Trace} trace @param {Node} node an array operation: the way to its single numbers */
function scalarButton(store, trace, node) {
  const opened = store.scalar.value.has(node.id);
  const arrays = node.shape.length > 0 || node.ins.some((edge) => trace.nodes[trace.edges[edge].source].shape.length > 0);
  const inside = trace.groups.find(({ id }) => id === node.group)?.kind === "scalar";
  if (!opened && (node.role !== "operation" || !arrays || inside || store.detail.value === "scalar")) return null;
  const order = opened ? "Close its scalars" : "Open to its scalars";
  const label = `${order}: ${called(node)}`;
  return html`<button class="small" aria-label=${label} title=${label} @click=${() => toggleScalar(store, node.id)}>${order}</button>`;
}

/** @param {Store} store the function call that is shown as one thing: its name, its size, and the way into it */
function functionLine(store) {
  const [group, trace, drawing] = [store.shownGroup.value, store.trace.value, store.drawing.value];
  if (!group || !trace || !drawing) return null;
  const count = operationsIn(trace, membersOf(trace, group.id));
  const closed = drawing.items.some(({ key }) => key === group.id);
  return html`<p class="function"><span><b>${group.name}</b>, ${inside(group.kind, count)}</span>
    <button class="small" @click=${() => toggleGroup(store, group.id, closed)} title=${`${closed ? "Open" : "Close"} ${group.name} in the graph`}>${closed ? "Open" : "Close"}</button></p>`;
}

/** @typedef {{id: string, of: "value" | "grad", name: string}} Cells whose elements explain themselves */

/** @param {Tensor} tensor @param {Cells} [cells] */
const quantity = (tensor, cells) => (tensor.flat.length <= (cells ? 1 : 4) ? formatTensor(tensor) : matrix(tensor, cells));

/** @param {import("../timeline/frame.js").NodeState} state @param {Cells} cells */
function gradient(state, cells) {
  if (state.progress === "none") return html`<span class="dim">no path to the output</span>`;
  if (state.grad === null) return html`<span class="dim">not computed yet</span>`;
  return html`${quantity(state.grad, cells)}${state.progress === "partial" ? html` <span class="dim">so far</span>` : null}`;
}

/** @param {Frame} frame @param {number} edge has its message arrived */
const sent = (frame, edge) => frame.cues.arrivesAt[edge] >= 0 && frame.cues.arrivesAt[edge] <= frame.k;

/** @param {Store} store @param {Node} source the way to the line of the code that computes its gradient */
function codeLink(store, source) {
  const label = `See ${source.gradName} in the code`;
  const go = () =>
    batch(() => {
      store.codeSought.value = { node: source.id, count: store.codeSought.peek().count + 1 };
      store.rightTab.value = "code";
    });
  return html`<button class="link" aria-label=${label} title=${label} @click=${go}>in the code</button>`;
}

/** @param {Store} store @param {Frame} frame @param {Node} node @param {import("./maths.js").Maths} maths */
function passes(store, frame, node, maths) {
  const { trace } = frame;
  const edges = node.ins.map((index) => trace.edges[index]).filter(({ message }) => message !== null);
  if (edges.length === 0 || node.grad === null) return null;
  return edges.map((edge) => {
    const source = trace.nodes[edge.source];
    const done = sent(frame, edge.index);
    return html`<h2>What it passes back to <span class="as-is">${called(source)}</span></h2>
      <div class="eq">
        ${edge.local === null ? null : html`<p>${maths(chainRule(trace, node, edge), plainRule(trace, node, edge))}</p>`}
        ${done ? html`<div class="sum-up">${arithmetic(node, edge)}</div>` : html`<p class="dim">not computed yet</p>`}
        ${edge.rule ? html`<p class="code"><code>${source.gradName} += ${edge.rule}</code> ${codeLink(store, source)}</p>` : null}
        ${done ? reason(node, edge) : null}
      </div>`;
  });
}

/**
 * The chain rule at this edge. A node that is used several times only gets a part of its gradient here.
 * @param {import("../types.js").Trace} trace @param {Node} node @param {Edge} edge @returns {string} LaTeX
 */
function chainRule(trace, node, edge) {
  const source = trace.nodes[edge.source];
  const output = latexOf(trace.nodes[trace.outputIndex]);
  const [own, its] = [latexOf(node), latexOf(source)];
  const partial = edge.partialLatex;
  const factor = partial === null ? `\\dfrac{\\partial ${own}}{\\partial ${its}}` : asFactor(partial);
  return `\\dfrac{\\partial ${output}}{\\partial ${its}} ${source.outs.length > 1 ? "\\mathrel{+}=" : "="} \\dfrac{\\partial ${output}}{\\partial ${own}} \\cdot ${factor}`;
}

/** @param {import("../types.js").Trace} trace @param {Node} node @param {Edge} edge the same in plain text */
function plainRule(trace, node, edge) {
  const [d, own, its] = [`∂${trace.output}`, symbol(node), symbol(trace.nodes[edge.source])];
  return `${d}/∂${its} = ${d}/∂${own} · ∂${own}/∂${its}`;
}

/** @param {Node} node @param {Edge} edge */
function arithmetic(node, edge) {
  const message = /** @type {Tensor} */ (edge.message);
  const own = /** @type {Tensor} */ (node.grad);
  const factor = factorOf(edge);
  if (factor !== null && isSingle(own) && isSingle(message)) {
    return html`<span class="say-grad">${format(own.flat[0])}</span> × <span class="say-value">${formatFactor(factor)}</span> =
      <span class="say-grad">${format(message.flat[0])}</span>`;
  }
  if (edge.local !== null && message.flat.length <= 4 && own.flat.length <= 4) {
    return html`<span class="say-grad">${formatTensor(own)}</span> × <span class="say-value">${formatTensor(edge.local)}</span> =
      <span class="say-grad">${formatTensor(message)}</span>`;
  }
  return html`<span class="say-grad">${quantity(message)}</span>`;
}

/** @param {Node} node @param {Edge} edge */
function reason(node, edge) {
  if (node.grad === null || edge.message === null || !isZero(edge.message)) return null;
  if (isZero(node.grad)) return html`<p class="why">Its own gradient is zero already: nothing to pass on.</p>`;
  if (edge.local !== null && isZero(edge.local)) return html`<p class="why">The local derivative is zero here, so nothing passes, whatever comes in.</p>`;
  return html`<p class="why">Multiplied by zero: nothing passes.</p>`;
}

/** @param {Frame} frame @param {Node} node */
function origin(frame, node) {
  // What is to be predicted is derived once it is revealed.
  if (node.grad === null || isCovered(node.grad)) return null;
  const { trace, cues } = frame;
  const isOutput = node.index === trace.outputIndex;
  const edges = cues.arrivals[node.index];
  if (edges.length === 0 && !isOutput) return null;
  const all = edges.every((edge) => sent(frame, edge)) && (!isOutput || frame.k >= cues.seedStep);
  return html`<h2>Where its gradient came from</h2>
    <dl class="facts">
      ${isOutput ? html`<div><dt>the seed: it is the output</dt><dd class="say-grad">${frame.k >= cues.seedStep ? quantity(trace.seed) : html`<span class="dim">not yet</span>`}</dd></div>` : null}
      ${edges.map((index) => {
        const edge = trace.edges[index];
        const target = trace.nodes[edge.target];
        return html`<div><dt>via ${called(target)}</dt><dd class="say-grad">${sent(frame, index) ? arithmetic(target, edge) : html`<span class="dim">not yet</span>`}</dd></div>`;
      })}
      ${edges.length + Number(isOutput) > 1
        ? html`<div class="total"><dt>sum</dt><dd class="say-grad">${all ? quantity(node.grad) : html`<span class="dim">not yet</span>`}</dd></div>`
        : null}
    </dl>`;
}
