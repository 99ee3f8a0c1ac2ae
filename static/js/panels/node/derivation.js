/**
 * The derivation of a node's numbers: the rule of each edge, in this program's names and with its numbers, and how the
 * messages add up. Shows only what is known at the moment.
 * @typedef {import("../../types.js").Node} Node
 * @typedef {import("../../types.js").Edge} Edge
 * @typedef {import("../../types.js").Tensor} Tensor
 * @typedef {import("../../timeline/frame.js").Frame} Frame
 * @typedef {import("../../wire.d.ts").FormulaAnswer} Formula
 * @typedef {import("../../wire.d.ts").StepAnswer} Step
 * @typedef
 *   {{store: import("../../store.js").Store, frame: Frame, maths: import("../kit/maths.js").Maths, sections: import("../kit/sections.js").Sections, opens: boolean}}
 *   Context
 */
import { batch } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { isCovered } from "../../trace/covered.js";
import { format, formatFactor, formatTensor } from "../../words/format.js";
import { factorOf } from "../../words/formula.js";
import { filled, linked, plain, spoken } from "../../words/pieces.js";
import { openRegroup, questionOf } from "../../commands/regroup.js";
import { regroupOf } from "../../trace/regroup.js";
import { isSingle, isZero } from "../../trace/tensor.js";
import { nodeIn } from "../../timeline/frame.js";
import { called } from "../../timeline/sentence.js";
import { quantity } from "../kit/matrix.js";

/** Up to this many edges start open; with more, all start closed. */
const OPEN = 3;

/** @param {Context} context @param {Node} node @param {Step[]} steps as far as they have arrived */
export function passes(context, node, steps) {
  const { frame, sections } = context;
  const { trace } = frame;
  const edges = node.ins.map((index) => trace.edges[index]).filter(({ message }) => message !== null);
  if (edges.length === 0 || node.grad === null) return null;
  return edges.map((edge) =>
    sections.section({
      kind: "passes",
      row: edge.index,
      edge: edge.index,
      heading: html`<h2>Passes back to <span class="as-is">${called(trace.nodes[edge.source])}</span></h2>`,
      aside: sent(frame, edge.index) ? brief(node, edge) : null,
      content: () =>
        chain(
          context,
          edge,
          steps.find((step) => step.edge === edge.index),
        ),
    }),
  );
}

/** @param {Context} context @param {Node} node @param {import("../../wire.d.ts").DerivationAnswer | null} answer */
export function origin(context, node, answer) {
  // A covered gradient is derived once it is revealed.
  if (node.grad === null || isCovered(node.grad)) return null;
  const { frame } = context;
  const { trace, cues } = frame;
  const isOutput = node.index === trace.outputIndex;
  const edges = cues.arrivals[node.index];
  if (edges.length === 0 && !isOutput) return null;
  const terms = edges.length + Number(isOutput);
  return html`<h2>Where its gradient came from</h2>
    ${terms > 1 ? sum(context, node, edges, answer?.gradient ?? []) : null}
    ${
      isOutput
        ? html`<dl class="facts"><div><dt>the seed, because it is the output</dt><dd class="say-grad">${
            frame.k >= cues.seedStep ? quantity(trace.seed) : html`<span class="dim">not yet</span>`
          }</dd></div></dl>`
        : null
    }
    ${edges.map((index) =>
      via(
        context,
        trace.edges[index],
        answer?.users.find((step) => step.edge === index),
        edges.length > OPEN,
      ),
    )}`;
}

/**
 * @param {Context} context
 * @param {Edge} edge
 * @param {Step | undefined} step
 * @param {boolean} many one message: its sender, its size, and why
 */
function via(context, edge, step, many) {
  const { frame, store, sections } = context;
  const target = frame.trace.nodes[edge.target];
  return sections.section({
    kind: "via",
    row: edge.index,
    edge: edge.index,
    open: true,
    many,
    heading: html`via ${called(target)}`,
    aside: sent(frame, edge.index) ? brief(target, edge) : html`<span class="dim">not yet</span>`,
    content: () => html`${chain(context, edge, step)}
      <p class="on"><button class="link"
        @click=${() => (store.selection.value = target.id)}>Go to ${called(target)}, to see where its gradient came from</button></p>`,
  });
}

/**
 * @param {Context} context
 * @param {Node} node
 * @param {number[]} edges
 * @param {Formula[]} gradient the messages added up
 */
function sum(context, node, edges, gradient) {
  const { frame } = context;
  const all =
    edges.every((edge) => sent(frame, edge)) &&
    (node.index !== frame.trace.outputIndex || frame.k >= frame.cues.seedStep);
  const written = all && gradient.some(({ kind }) => kind === "numbers");
  return html`<div class="eq">
      ${lines(context, gradient, "sum of the messages")}
      ${
        written
          ? null
          : html`<dl class="facts"><div class="total"><dt>sum</dt><dd class="say-grad">${
              all && node.grad ? quantity(node.grad) : html`<span class="dim">not yet</span>`
            }</dd></div></dl>`
      }
    </div>`;
}

/** @param {Context} context @param {Edge} edge @param {Step | undefined} step the chain rule at one edge */
function chain(context, edge, step) {
  const { frame } = context;
  const { trace } = frame;
  const [source, target] = [trace.nodes[edge.source], trace.nodes[edge.target]];
  const done = sent(frame, edge.index);
  const convention = target.kink;
  return html`<div class="eq" data-edge=${edge.index}>
    ${step ? lines(context, step.local, "local derivative") : null}
    ${
      step
        ? lines(
            context,
            step.message.filter(({ kind }) => step.local.length === 0 || kind !== "rule"),
            step.local.length === 0 ? "" : "chain rule",
          )
        : null
    }
    ${
      done
        ? step?.message.some(({ kind }) => kind === "numbers")
          ? null
          : html`<div class="sum-up">${arithmetic(target, edge)}</div>`
        : html`<p class="dim">not computed yet</p>`
    }
    ${
      edge.rule
        ? html`<p class="code"><code>${assigned(source, edge.rule)} ${source.outs.length > 1 ? "+=" : "="} ${edge.rule}</code> ${codeLink(context.store, source)}</p>`
        : null
    }
    ${
      done && context.opens && regroupOf(trace, edge.index)
        ? html`<p class="on"><button class="link"
          @click=${() => openRegroup(context.store, edge.index)}>${questionOf(target)}</button></p>`
        : null
    }
    ${convention ? html`<p class="why">${called(target)} is at a kink: ${convention}.</p>` : null}
    ${done ? reason(target, edge) : null}
  </div>`;
}

/**
 * @param {Node} source
 * @param {string} rule the name of its gradient in code; d(W1 @ x) if the rule passes on a gradient of that name
 */
const assigned = (source, rule) => (rule === source.gradName ? `d(${source.formula})` : source.gradName);

/**
 * @param {import("../../store.js").Store} store
 * @param {Node} source a link to the code line that computes its gradient
 */
function codeLink(store, source) {
  const label = `See ${source.gradName} in the code`;
  const go = () =>
    batch(() => {
      store.codeSought.value = { node: source.id, count: store.codeSought.peek().count + 1 };
      store.rightTab.value = "code";
    });
  return html`<button class="link" aria-label=${label} title=${label} @click=${go}>in the code</button>`;
}

/** The label of each kind of line. A rule has its own letters; "here" has the names of this program. */
const KINDS = { rule: "rule", elements: "element by element", names: "here", shapes: "shapes", numbers: "in numbers" };

/** A longer line may be wider than the panel, characters. */
const FITTING = 18;

/** @param {string} words of a line @returns {unknown} its tabindex: a line that may scroll can be reached by keys */
const reach = (words) => (words.length > FITTING ? "0" : nothing);

/**
 * @param {Context} context
 * @param {Formula[]} formulas
 * @param {string} [of] what they are about, if there are other lines beside them
 */
export function lines({ frame, maths }, formulas, of = "") {
  const nodeOf = (/** @type {string} */ id) => frame.trace.byId.get(id);
  return formulas.map(({ kind, text, latex }, i) => {
    const label = html`<span class="kind">${of && i === 0 ? html`<b>${of}</b>, ` : null}${KINDS[kind]}</span>`;
    if (kind !== "numbers")
      return html`<div class="line">${label}<p class=${`derive ${kind}`}
        tabindex=${reach(plain(text))}>${maths(linked(latex, nodeOf), plain(text))}</p></div>`;
    const numberOf = numbersAt(frame);
    const result = numberOf(text[text.length - 1]);
    // Until the result is known, the line would be only dots.
    if (!result) return null;
    return html`<div class="line">${label}<p class="derive numbers"
      tabindex=${reach(spoken(text, numberOf))}><span aria-hidden="true">= </span>${maths(
        filled(latex, nodeOf, numberOf),
        spoken(text, numberOf),
      )}</p></div>`;
  });
}

/** @param {Frame} frame @returns {import("../../words/pieces.js").NumberOf} the numbers known at this moment */
function numbersAt(frame) {
  const { trace } = frame;
  return ({ node: id, of, edge }) => {
    const index = id ? trace.byId.get(id) : undefined;
    if (of === "message" && edge !== undefined) return sent(frame, edge) ? trace.edges[edge].message : null;
    if (of === "local" && edge !== undefined)
      return nodeIn(frame, trace.edges[edge].target).value === null ? null : trace.edges[edge].local;
    if (index === undefined || !of || of === "name") return undefined;
    const state = nodeIn(frame, index);
    if (of === "value") return state.value;
    return state.progress === "done" ? state.grad : null;
  };
}

/** @param {Frame} frame @param {number} edge whether its message has arrived */
export const sent = (frame, edge) => frame.cues.arrivesAt[edge] >= 0 && frame.cues.arrivesAt[edge] <= frame.k;

/** @param {Node} node @param {Edge} edge its message, as a product if it is one */
function arithmetic(node, edge) {
  const message = /** @type {Tensor} */ (edge.message);
  const own = /** @type {Tensor} */ (node.grad);
  const factor = factorOf(edge);
  if (factor !== null && isSingle(own) && isSingle(message)) {
    return html`<span class="say-grad">${format(own.flat[0])}</span> × <span class="say-value">${formatFactor(factor)}</span> =
      <span class="say-grad">${format(message.flat[0])}</span>`;
  }
  return html`<span class="say-grad">${quantity(message)}</span>`;
}

/** @param {Node} node @param {Edge} edge its message in short: as a product of two numbers, otherwise itself */
function brief(node, edge) {
  const single =
    factorOf(edge) !== null &&
    edge.message !== null &&
    isSingle(edge.message) &&
    node.grad !== null &&
    isSingle(node.grad);
  return single ? arithmetic(node, edge) : html`<span class="say-grad">${formatTensor(edge.message)}</span>`;
}

/** @param {Node} node @param {Edge} edge why nothing passes */
function reason(node, edge) {
  if (node.grad === null || edge.message === null || !isZero(edge.message)) return null;
  if (isZero(node.grad)) return html`<p class="why">Its own gradient is zero already: nothing to pass on.</p>`;
  if (edge.local !== null && isZero(edge.local))
    return html`<p class="why">The local derivative is zero here, so nothing passes, whatever comes in.</p>`;
  return html`<p class="why">Multiplied by zero: nothing passes.</p>`;
}
