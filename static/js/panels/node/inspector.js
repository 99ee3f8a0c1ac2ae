/**
 * One node in full: what it is, what it holds, what it passes back, and where its own gradient came from. Shows only
 * what is known at the moment.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../types.js").Node} Node
 */
import { html, render } from "lit-html";
import { toggleScalar } from "../../commands/detail.js";
import { toggleGroup } from "../../commands/groups.js";
import { questionOf, regroupable } from "../../commands/regroup.js";
import { canNudge } from "../../commands/nudge.js";
import { isResult, isStandIn } from "../../trace/closed.js";
import { isCovered } from "../../trace/covered.js";
import { inside, operationsIn } from "../../graph/drawing.js";
import { format, formatShape } from "../../words/format.js";
import { substitute } from "../../words/formula.js";
import { nodeIn } from "../../timeline/frame.js";
import { nextMoment } from "../../timeline/parts.js";
import { called } from "../../timeline/sentence.js";
import { commandButton } from "../kit/button.js";
import { pointAtCells } from "./cell.js";
import { createCheckPanel } from "../experiments/check.js";
import { asOneRule, inSteps } from "./composite.js";
import { lines, origin, passes } from "./derivation.js";
import { createEmbedding } from "./embedding.js";
import { createHeatmaps } from "./heatmaps.js";
import { createHints } from "./hints.js";
import { createJacobian } from "./jacobian.js";
import { latexOf } from "../kit/maths.js";
import { quantity } from "../kit/matrix.js";
import { nudgeSection } from "../experiments/nudge.js";
import { throttledEffect } from "../kit/throttled_effect.js";
import { plot } from "./plot.js";
import { createSections } from "../kit/sections.js";

/** A longer formula is plain text, which can wrap, characters. */
const HEADING = 42;
/** Longest formula beside the title of its section, characters. */
const ASIDE = 22;
/** Of a large array so much is written while steps play: its place is as tall for every node (still.css). */
const WHILE_PLAYING = { rows: 3, cols: 4 };

/**
 * @param {HTMLElement} host @param {Store} store @param {import("../kit/maths.js").Maths} maths
 * @param {Record<string, import("../../commands/command.js").Command>} commands  those of the page: a lesson has not
 *   all
 */
export function createInspector(host, store, maths, commands) {
  pointAtCells(host, store);
  const mark = createHints(host, store);
  const sections = createSections();
  const [heatmaps, jacobian, rows] = [createHeatmaps(), createJacobian(), createEmbedding()];
  const check = createCheckPanel(store, () => sections.isOpen({ kind: "check" }));
  throttledEffect(store, () => {
    const frame = store.stepFrame.value;
    const node = store.shownNode.value;
    if (!frame || !node) {
      render(html`<p class="dim">Nothing to show yet.</p>`, host);
      return;
    }
    const derivation = store.derivation.value;
    const answer =
      derivation !== null && derivation.id === node.id && derivation.key === frame.trace.key ? derivation.answer : null;
    sections.show(node.id);
    const playing = store.playing.value;
    host.toggleAttribute("data-still", playing);
    host.style.setProperty("--rows", String(playing ? tallest(frame.trace) : 0));
    host.toggleAttribute("data-groups", frame.trace.groups.length > 0);
    const most = playing ? WHILE_PLAYING : undefined;
    const context = { store, frame, maths, sections, opens: commands.regroup !== undefined };
    const state = nodeIn(frame, node.index);
    const curve = node.curve ? (store.ops.value?.ops.find(({ name }) => name === node.op)?.curve ?? null) : null;
    const source = frame.trace.nodes[frame.trace.edges[node.ins[0]]?.source ?? -1];
    const done = state.progress === "done" && node.role !== "constant" && !isCovered(node.grad);
    render(
      html`<p class="about">
          <b>${heading(node, maths)}</b>
          <span class="about-what"><span>${node.role === "operation" ? (node.name ? null : `${called(node)} · `) : `${node.role} · `}${formatShape(node.shape)}${node.line === null ? "" : ` · line ${node.line}`}</span>
          ${
            store.selection.value === null
              ? null
              : html`<button class="link" @click=${() => (store.selection.value = null)}>follow the steps again</button>`
          }</span>
        </p>
        <div class="inside-of">${trail(store, frame.trace, node)}${functionLine(store)}</div>
        <p class="orders">
          ${store.nudge.value === null && canNudge(store) ? commandButton(commands.nudge) : null}
          ${commands.branch && store.selectedItem.value >= 0 ? commandButton(commands.branch, { picture: "Only this", kind: "small" }) : null}
          ${commandButton(commands.runTo, { label: `Run to here: the ${nextMoment(frame.trace, frame.cues, node.index, frame.time).what} of ${called(node)}` })}
          ${commandButton(commands.part, { label: `Only its steps: those of ${called(node)}, slowly` })}
          ${scalarButton(store, frame.trace, node)}
          ${commands.regroup && state.progress === "done" && regroupable(store).length > 0 ? commandButton(commands.regroup, { picture: questionOf(node), label: questionOf(node), kind: "small" }) : null}
        </p>
        <dl class="facts about-facts">
          <div><dt>value</dt><dd class="say-value">${
            state.value === null
              ? html`<span class="dim">not computed yet</span>`
              : quantity(node.value, { id: node.id, of: "value", name: called(node) }, most)
          }</dd></div>
          <div><dt>gradient ${partialOf(context, node)}</dt><dd class="say-grad">${gradient(state, { id: node.id, of: "grad", name: node.gradName }, most)}</dd></div>
          ${done ? check.line : null}
        </dl>
        ${playing ? null : notices(frame.trace, node, state)}
        ${nudgeSection(store, node, commands)}
        ${playing ? null : asOneRule(context, store.whole.value)}
        <div class="origin">${origin(context, node, answer)}</div>
        <div class="parts">
          <div class="passes">${passes(context, node, answer?.inputs ?? [])}</div>
          ${node.role === "operation" && !isStandIn(node) && state.value !== null ? computes(context, node, answer) : null}
          ${inSteps(context, node, derivation?.trace ? (answer?.expanded ?? null) : null)}
          ${
            done
              ? sections.section({ kind: "check", heading: html`<h2>Check in full</h2>`, content: () => check.full })
              : null
          }
          ${
            curve && source
              ? sections.section({
                  kind: "curve",
                  heading: html`<h2>Curve and slope</h2>`,
                  content: () => html`${plot(curve, { name: source.name ?? "input", inputs: source.value.flat })}
                  <p class="plot-legend"><span class="say-value">— ${node.label}</span> <span class="say-grad">- - its derivative</span></p>`,
                })
              : null
          }
          ${rows(context, node, state)}
          ${heatmaps(context, node, state)}
          ${done ? jacobian(context, node) : null}
        </div>`,
      host,
    );
    mark();
  });
}

/**
 * @param {import("../../types.js").Trace} trace @param {Node} node @param {import("../../timeline/frame.js").NodeState} state
 * what a reader must know of its gradient
 */
function notices(trace, node, state) {
  return html`${
    trace.lost !== null && node.grad !== null && state.grad !== null
      ? html`<p class="kink">This gradient means nothing. ${trace.lost.text}</p>`
      : null
  }
    ${
      node.leftover !== null && state.progress === "done"
        ? html`<p class="kink">Zero within rounding: its messages cancel, and only ${format(node.leftover, 3)} is left of them.</p>`
        : null
    }
    ${
      node.kink ? html`<p class="kink">Exactly at a kink: ${node.kink}. The derivative does not exist here.</p>` : null
    }`;
}

/** @param {import("../../types.js").Trace} trace @returns {number} rows of the largest array that a step shows; 0: none */
function tallest({ nodes }) {
  const rows = nodes
    .filter(({ role, value }) => role === "operation" && value.flat.length > 1)
    .map(({ shape, value }) => value.flat.length / (shape.at(-1) ?? 1));
  return rows.reduce((most, each) => Math.max(most, Math.min(each, WHILE_PLAYING.rows)), 0);
}

/** @param {import("./derivation.js").Context} context @param {Node} node its gradient as ∂y/∂x, if both have names */
function partialOf({ frame: { trace }, maths }, node) {
  const output = trace.nodes[trace.outputIndex];
  if (node.name === null || output.name === null) return null;
  return html`<span class="partial">${maths(`\\partial ${latexOf(output)}/\\partial ${latexOf(node)}`, `∂${output.name}/∂${node.name}`)}</span>`;
}

/**
 * @param {import("./derivation.js").Context} context
 * @param {Node} node an operation
 * @param {import("../../wire.d.ts").DerivationAnswer | null} answer
 */
function computes(context, node, answer) {
  const filled = substitute(context.frame.trace, node);
  const short = filled !== null && filled !== node.formula && filled.length <= ASIDE ? filled : null;
  return context.sections.section({
    kind: "computes",
    heading: html`<h2>What it computes</h2>`,
    aside: short && html`<span class="say-value">${short}</span>`,
    content: () =>
      answer && answer.value.length > 0
        ? html`<div class="eq">${lines(context, answer.value)}</div>`
        : filled && html`<p class="say-value">${filled}</p>`,
  });
}

/** @param {Node} node @param {import("../kit/maths.js").Maths} maths what it is, typeset if that fits on one line */
function heading(node, maths) {
  const operation = node.role === "operation";
  const plain = !operation ? called(node) : node.name ? `${node.name} = ${node.formula}` : node.formula;
  if (isStandIn(node) || plain.length > HEADING) return plain;
  return maths(!operation ? latexOf(node) : node.name ? `${latexOf(node)} = ${node.latex}` : node.latex, plain);
}

/**
 * @param {Store} store
 * @param {import("../../types.js").Trace} trace
 * @param {Node} node a button that opens an array operation into its scalars
 */
function scalarButton(store, trace, node) {
  const opened = store.scalar.value.has(node.id);
  const arrays =
    node.shape.length > 0 || node.ins.some((edge) => trace.nodes[trace.edges[edge].source].shape.length > 0);
  const inside = trace.groups.find(({ id }) => id === node.group)?.kind === "scalar";
  if (isResult(trace, node)) return null;
  if (!opened && (node.role !== "operation" || !arrays || inside || store.detail.value === "scalar")) return null;
  const order = opened ? "Close the scalars" : "Open into scalars";
  const label = `${order}: ${called(node)}`;
  return html`<button class="small" aria-label=${label} title=${label}
    @click=${() => toggleScalar(store, node.id)}>${order}</button>`;
}

/**
 * @param {Store} store @param {import("../../types.js").Trace} trace
 * @param {Node} node the open groups around it, outer ones first: each leads back up
 */
function trail(store, trace, node) {
  const open = store.drawing.value?.open ?? new Set();
  const around = [];
  for (let id = node.group; id !== null;) {
    const group = trace.groups.find((each) => each.id === id);
    if (group === undefined) break;
    if (open.has(group.id)) around.unshift(group);
    id = group.parent;
  }
  if (around.length === 0) return null;
  return html`<nav class="trail" aria-label="Inside">in ${around.map(
    ({ id, name }, i) =>
      html`${i > 0 ? " › " : null}<button class="link" title=${`Close ${name}`}
        @click=${() => toggleGroup(store, id, false)}>${name}</button>`,
  )}</nav>`;
}

/** @param {Store} store the shown function call: its name, its size, and a button that opens it */
function functionLine(store) {
  const [group, trace, drawing] = [store.shownGroup.value, store.visibleTrace.value, store.drawing.value];
  if (!group || !trace || !drawing) return null;
  const count = operationsIn(trace, group.id);
  const closed = drawing.items.some(({ key }) => key === group.id);
  return html`<p class="function"><span><b>${group.name}</b>, ${inside(group.kind, count)}</span>
    <button class="small" @click=${() => toggleGroup(store, group.id, closed)}
      title=${`${closed ? "Open" : "Close"} ${group.name} in the graph`}>${closed ? "Open" : "Close"}</button></p>`;
}

/**
 * @param {import("../../timeline/frame.js").NodeState} state @param {import("../kit/matrix.js").Cells} cells
 * @param {import("../kit/matrix.js").Most} [most]
 */
function gradient(state, cells, most) {
  if (state.progress === "none") return html`<span class="dim">no path to the output</span>`;
  if (state.grad === null) return html`<span class="dim">not computed yet</span>`;
  return html`${quantity(state.grad, cells, most)}${
    state.progress === "partial" ? html` <span class="dim">so far</span>` : null
  }`;
}
