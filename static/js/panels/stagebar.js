/** What stands over the graph: the legend, and zoom below. */
import { computed, effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { isFinite } from "../tensor.js";
import { ICONS } from "./icons.js";

/**
 * @param {HTMLElement} legend
 * @param {HTMLElement} bar
 * @param {import("../store.js").Store} store
 * @param {Record<string, import("../commands.js").Command>} commands
 */
export function createStageBar(legend, bar, store, commands) {
  const occurs = computed(() => {
    const { nodes = [] } = store.trace.value ?? {};
    return JSON.stringify({
      nopath: nodes.some(({ grad, role }) => grad === null && role !== "constant"),
      nonfinite: nodes.some(({ value, grad }) => !isFinite(value) || (grad !== null && !isFinite(grad))),
    });
  });
  effect(() => {
    const { nopath, nonfinite } = JSON.parse(occurs.value);
    render(
      html`<span><i class="key value"></i>value</span>
        <span><i class="key grad"></i><span>gradient<span class="only-wide">, brighter is larger</span></span></span>
        <span><i class="key waiting"></i>not computed yet</span>
        <span><i class="key zero">0</i>exactly zero</span>
        ${nopath ? html`<span><i class="key nopath"></i>no path to the output</span>` : null}
        ${nonfinite ? html`<span><i class="key nonfinite"></i>not finite</span>` : null}`,
      legend,
    );
  });
  effect(() => {
    const percent = `${Math.round(store.zoom.value * 100)} %`;
    const count = store.trace.value?.nodes.length ?? 0;
    render(
      html`<button aria-label="Zoom out" title="Zoom out (−)" @click=${commands.zoomOut.run}>${ICONS.minus}</button>
        <button class="zoom" aria-label=${`${percent}, show at full size`} title="Full size (1)" @click=${commands.actual.run}>${percent}</button>
        <button aria-label="Zoom in" title="Zoom in (+)" @click=${commands.zoomIn.run}>${ICONS.plus}</button>
        <button title="Fit the graph (F)" @click=${commands.fit.run}>Fit</button>
        <button aria-pressed=${store.follow.value} title="Follow the steps closely (O)" @click=${commands.follow.run}>Follow</button>
        <span class="count">${count} ${count === 1 ? "node" : "nodes"}</span>
        ${store.current.value ? null : html`<span class="stale">${store.problem.value ? "last good graph" : "updating …"}</span>`}`,
      bar,
    );
  });
}
