/**
 * A nudge: one number moved by Δ, the change that its gradient predicts for the output, and the true one.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../types.js").Node} Node
 * @typedef {import("../../queries/nudge.js").Nudged} Nudged
 * @typedef {import("../../queries/nudge.js").Nudge} Nudge
 */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ref } from "lit-html/directives/ref.js";
import { canNudge } from "../../commands/nudge.js";
import { elementName, equalSign, format, formatApart, formatFactor, formatTensor } from "../../words/format.js";
import { CHOICES, reachOf, shrinking } from "../../queries/nudge.js";
import { clamp } from "../../plots/scale.js";
import { isSingle, isZero } from "../../trace/tensor.js";
import { LARGEST_NUDGE } from "../../trace/values.js";
import { called } from "../../timeline/sentence.js";
import { commandButton } from "../kit/button.js";
import { numberField } from "../kit/numberfield.js";
import { tangentPlot } from "./tangent.js";

/**
 * @param {Store} store
 * @param {Node} node
 * @param {Record<string, import("../../commands/command.js").Command>} commands
 */
export function nudgeSection(store, node, commands) {
  const [nudge, nudged] = [store.nudging.value, store.nudged.value];
  if (nudge && nudge.id !== node.id) return alongTheWay(store, nudge, nudged, node, commands);
  if (nudge === null) {
    return null;
  }
  const name = elementName(called(node), node.shape, nudge.place);
  return html`<h2 class="nudge-head"><span>Nudge</span> ${stop(store)}</h2>
    <div class="nudge" role="group" aria-label=${`Nudge ${name}`}>
      ${node.role === "operation" ? html`<p class="dim">Moved on its own: its inputs stay as they are.</p>` : null}
      ${choice(store, nudge, node)} ${controls(store, nudge, node, name)}
      <div class="nudge-told">${
        nudged === null
          ? null
          : nudged.trouble
            ? html`<p class="why">${nudged.trouble}</p>`
            : outcome(nudged, name, store)
      }</div>
    </div>`;
}

/** @param {Store} store */
const stop = (store) => html`<button class="link" @click=${() => (store.nudge.value = null)}>stop nudging</button>`;

/** @param {Store} store @param {Nudge} nudge @param {Node} node chooses its element */
function choice(store, nudge, node) {
  const { shape, value } = node;
  if (value.flat.length < 2 || value.flat.length > CHOICES) return null;
  /** @param {Event} event */
  const choose = (event) => {
    const place = Number(/** @type {HTMLSelectElement} */ (event.target).value);
    store.nudge.value = { id: node.id, place, delta: reachOf(value.flat[place]) / 10 };
  };
  return html`<label class="nudge-element"><span>element</span>
    <select @change=${choose}>${value.flat.map(
      (x, place) =>
        html`<option value=${place} ?selected=${place === nudge.place}>${elementName(called(node), shape, place)} = ${format(x)}</option>`,
    )}</select></label>`;
}

/** @param {Store} store @param {Nudge} nudge @param {Node} node @param {string} name */
function controls(store, nudge, node, name) {
  const { delta } = nudge;
  const reach = reachOf(node.value.flat[nudge.place]);
  const step = reach / 100;
  /** @param {number} to */
  const set = (to) => (store.nudge.value = { ...nudge, delta: to });
  /** @param {Event} event */
  const slide = (event) => set(Number(/** @type {HTMLInputElement} */ (event.target).value));
  const field = numberField({
    label: `Step of ${name}`,
    x: delta,
    set,
    next: (by, far) => Number((delta + by * step * (far ? 10 : 1)).toPrecision(12)),
    limit: (x) => clamp(x, -LARGEST_NUDGE, LARGEST_NUDGE),
    show: (x) => format(x, 6),
  });
  /** @param {Element | undefined} slider gets the focus when a nudge starts, so that arrow keys move it */
  const begin = (slider) => {
    if (!slider || !store.nudgeBegins.peek()) return;
    store.nudgeBegins.value = false;
    // After it is inserted into the page.
    queueMicrotask(() => {
      /** @type {HTMLElement} */ (slider).focus();
      // What comes of it stands below: both in view.
      slider.closest(".nudge")?.previousElementSibling?.scrollIntoView({ block: "start" });
    });
  };
  return html`<div class="nudge-row">
      <span class="nudge-sign" aria-hidden="true">Δ</span>
      <input type="range" class="from-middle" aria-label=${`Step of ${name}, slider`} min=${-reach} max=${reach}
        step=${step} .value=${live(String(delta))} @input=${slide} ${ref(begin)} />
      ${field}
    </div>
    <p class="nudge-buttons">
      <button class="small" ?disabled=${delta === 0} @click=${() => set(delta / 2)}>Halve Δ</button>
      <button class="small" ?disabled=${delta === 0} @click=${() => set(-delta)}>Other way</button>
      <span class="dim">${name}: ${formatApart(node.value.flat[nudge.place], node.value.flat[nudge.place] + delta).join(
        " → ",
      )}</span>
    </p>`;
}

/** @param {Nudged} nudged @param {string} name @param {Store} store */
function outcome(nudged, name, store) {
  const { gradient, delta, predicted, true: moved, gaps, noise } = nudged;
  const output = nudged.trace.nodes[nudged.trace.outputIndex];
  const weighted = isSingle(output.value) ? called(output) : `seed · ${called(output)}`;
  const [whole, half, quarter] = gaps.map((gap) => (gap <= noise ? 0 : gap));
  const shrinks = delta !== 0 && whole > 0 && gaps.every(Number.isFinite);
  return html`<dl class="facts nudge-facts">
      <div><dt>predicted Δ${weighted}</dt><dd class="say-grad">${
        gradient === null
          ? html`<span class="dim">no path</span>`
          : html`${format(gradient)} × ${formatFactor(delta)} ${equalSign(
              [format(gradient), format(delta)],
              format(predicted, 5),
            )} <b>${format(predicted, 5)}</b>`
      }</dd></div>
      <div><dt>true Δ${weighted}</dt><dd class="say-value"><b>${format(moved, 5)}</b></dd></div>
      ${shrinks ? null : html`<div><dt>gap</dt><dd>${format(whole, 3)}</dd></div>`}
    </dl>
    ${
      shrinks
        ? html`<dl class="facts gaps"><div><dt>gap at Δ</dt><dd>${format(whole, 3)}</dd></div><div><dt>at Δ/2</dt><dd>${format(half, 3)}</dd></div><div><dt>at Δ/4</dt><dd>${format(quarter, 3)}</dd></div></dl>`
        : null
    }
    <p class="shrinks">${shrinking(nudged)}</p>
    ${tangentPlot(nudged, { input: name, output: weighted })}
    <p class="plot-legend"><span class="say-value">— ${weighted}</span> <span class="say-grad">- - tangent</span></p>
    <p class="dim nudge-legend">${
      store.stageView.value === "graph" ? "Each node" : "In the graph, each node"
    } that the nudge reaches shows <span class="say-grad">the predicted change</span> and <span class="say-value">the true one</span>, or one number if they are equal. Each edge shows the change that arrives along it alone.</p>`;
}

/**
 * @param {Store} store
 * @param {Nudge} nudge
 * @param {Nudged | null} nudged
 * @param {Node} node another one than the nudged one: how far it moves
 * @param {Record<string, import("../../commands/command.js").Command>} commands
 */
function alongTheWay(store, nudge, nudged, node, commands) {
  const trace = store.visibleTrace.value;
  const source = trace?.nodes[trace.byId.get(nudge.id) ?? -1];
  if (!source) return null;
  const name = elementName(called(source), source.shape, nudge.place);
  const found = nudged && !nudged.trouble ? nudged.nodes[node.index] : null;
  const still = found && isZero(found.true) && isZero(found.predicted);
  return html`<h2 class="nudge-head"><span>Nudge</span> ${stop(store)}</h2>
    <p class="nudge-offer"><span><span class="as-is">${name}</span> is moved by ${format(nudge.delta, 6)}${still ? ": this does not move." : "."}</span>
      <button class="link" @click=${() => (store.selection.value = source.id)}>back to ${name}</button></p>
    ${
      found && !still
        ? html`<dl class="facts"><div><dt>predicted change</dt><dd class="say-grad">${formatTensor(found.predicted, 4, 5)}</dd></div>
          <div><dt>true change</dt><dd class="say-value">${formatTensor(found.true, 4, 5)}</dd></div></dl>`
        : null
    }
    ${canNudge(store) ? html`<p class="nudge-offer">${commandButton(commands.nudge)}</p>` : null}`;
}
