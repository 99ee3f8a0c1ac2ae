/** The legend above the graph, and the zoom buttons below it. */
import { computed, effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { format } from "../../words/format.js";
import { hidesAnything } from "../../predict.js";
import { isFinite } from "../../trace/tensor.js";
import { DECADES, overexposure } from "../../timeline/light.js";
import { USES } from "../../trace/uses.js";
import { EXPLAINED, summary } from "../../words/verdicts.js";
import { commandButton, placed } from "../kit/button.js";
import { ICONS } from "../kit/icons.js";

/** @param {import("../../trace/uses.js").Use} use */
const sign = (use) =>
  html`<svg class="use" viewBox="0 0 13 13" aria-hidden="true"><path d=${USES[use].line} /><path class="knob" d=${USES[use].knob} /></svg>`;

/**
 * @param {HTMLElement} legend
 * @param {HTMLElement} bar
 * @param {import("../../store.js").Store} store
 * @param {Record<string, import("../../commands/command.js").Command>} commands
 */
export function createStageBar(legend, bar, store, commands) {
  /** The legend explains only what the current graph contains. */
  const occurs = computed(() => {
    const { nodes = [], seed = null, largest = 0 } = store.visibleTrace.value ?? {};
    const grads = nodes.flatMap(({ grad }) => grad ?? []);
    return JSON.stringify({
      largest,
      covered: store.visibleTrace.value !== null && hidesAnything(store.visibleTrace.value),
      nopath: nodes.some(({ grad, role }) => grad === null && role !== "constant"),
      nonfinite:
        (store.visibleTrace.value?.lost ?? null) !== null ||
        nodes.some(({ value, grad }) => !isFinite(value) || (grad !== null && !isFinite(grad))),
      over: seed !== null && grads.some((grad) => overexposure(grad, seed) > 0),
      tiles: nodes.some(
        ({ value, grad }) => value.flat.length > 1 && [...value.flat, ...(grad?.flat ?? [])].some((x) => x < 0),
      ),
      uses: ["parameter", "data", "target"].filter((use) => nodes.some((node) => node.use === use)),
    });
  });
  effect(() => {
    const { largest, covered, nopath, nonfinite, over, tiles, uses } = JSON.parse(occurs.value);
    render(
      html`<span><i class="key value"></i>value</span>
        <span class="scale" title=${`Brighter is larger, in powers of ten: from ${format(largest, 3)}, the largest gradient here, down to a faint glow ${DECADES} powers of ten below. Exactly zero has no glow.`}>
          <span class="only-narrow"><i class="key grad"></i></span>gradient
          <span class="ramped"><i class="ramp"></i><span>up to ${format(largest, 3)}<small class="if-room">, ${DECADES} decades</small></span></span></span>
        ${covered ? html`<span title="Covered: predict it, then reveal it"><i class="key covered">?</i>covered</span>` : null}
        ${nopath ? html`<span title="No path leads from here to the output"><i class="key nopath"></i>no path</span>` : null}
        ${over ? html`<span title="Far larger than the seed, the gradient at the output"><i class="key over"></i>outgrown</span>` : null}
        ${nonfinite ? html`<span><i class="key nonfinite"></i>not finite</span>` : null}
        <span title="Exactly zero: no light gets through"><i class="key zero">0</i><span><span class="if-room">exactly </span>zero</span></span>
        <span title="Not computed yet: no number, unlike a zero"><i class="key waiting"></i><span>not <span class="if-room">computed </span>yet</span></span>
        ${tiles ? html`<span class="only-wide" title="A tile without its corner is negative; without a tint it is zero"><i class="key negative"></i>negative</span>` : null}
        ${uses.map((/** @type {import("../../trace/uses.js").Use} */ use) => html`<span class="if-room">${sign(use)}${use}</span>`)}`,
      legend,
    );
  });
  /** Before the backward pass there are no gradients to explain. */
  const backward = computed(() => store.cues.value !== null && store.step.value >= store.cues.value.seedStep);
  effect(() => {
    const percent = `${Math.round(store.zoom.value * 100)} %`;
    const count = store.visibleTrace.value?.nodes.length ?? 0;
    const checks = backward.value && store.verdicts.value ? summary(store.verdicts.value) : "";
    render(
      html`${
        store.stageView.value !== "graph"
          ? null
          : html`${commandButton(commands.zoomOut, { picture: ICONS.minus })}
              ${commandButton(commands.actual, { picture: percent, label: `${percent}, show at full size`, kind: "zoom" })}
              ${commandButton(commands.zoomIn, { picture: ICONS.plus })}`
      }
        ${repeat(
          placed(commands, "stage"),
          ({ id }) => id,
          (command) => commandButton(command),
        )}
        <span class="count">${count} ${count === 1 ? "node" : "nodes"}${checks === "" ? null : html`<span class="tally" title=${EXPLAINED}> · ${checks}</span>`}</span>
        ${store.current.value ? null : html`<span class="stale">${store.problem.value ? "last good graph" : "updating …"}</span>`}`,
      bar,
    );
  });
}
