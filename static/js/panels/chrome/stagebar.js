/** The legend above the graph, and the zoom buttons below it. */
import { computed, effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { format } from "../../words/format.js";
import { hidesAnything } from "../../predict.js";
import { countOf } from "../../trace/closed.js";
import { isFinite } from "../../trace/tensor.js";
import { STEPS, overexposure } from "../../timeline/light.js";
import { USES } from "../../trace/uses.js";
import { OWN_EXPLAINED } from "../../words/own_marks.js";
import { EXPLAINED, summary } from "../../words/verdicts.js";
import { commandButton, placed } from "../kit/button.js";
import { ICONS } from "../kit/icons.js";

/** @param {import("../../trace/uses.js").Use} use */
const sign = (use) =>
  html`<svg class="use" viewBox="0 0 13 13" aria-hidden="true"><path d=${USES[use].line} /><path class="knob"
    d=${USES[use].knob} /></svg>`;

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
  /** @param {number} largest @param {number} floor how many of the faintest steps step back */
  function scale(largest, floor) {
    const kept = STEPS.length - floor;
    const least = kept === STEPS.length ? 0 : largest * 10 ** -STEPS[kept - 1].decades;
    const strongest = format(largest, 3);
    return html`<span class="scale"
      title=${`Each step is a part of the strongest gradient here, ${strongest}; for an array, the root mean square of its elements counts. Drag to dim what is weaker. Exactly zero has no light.`}>
      <span class="only-narrow"><i class="key grad"></i></span>gradient
      <label class="ramped">${floor > 0 ? html`<span>from ${format(least, 2)}</span>` : null}<input
          type="range" min="0" max=${STEPS.length - 1} step="1" .value=${live(String(floor))}
          aria-label="Dim gradients below"
          aria-valuetext=${floor === 0 ? "none is dimmed" : `below ${format(least, 2)}`}
          @input=${(/** @type {InputEvent} */ event) => (store.floor.value = Number(/** @type {HTMLInputElement} */ (event.target).value))}
        /><span>${floor > 0 ? "to" : "up to"} ${strongest}</span></label></span>`;
  }
  effect(() => {
    const floor = store.floor.value;
    const { largest, covered, nopath, nonfinite, over, tiles, uses } = JSON.parse(occurs.value);
    render(
      html`<span><i class="key value"></i>value</span>
        ${scale(largest, floor)}
        ${
          covered
            ? html`<span title="Covered: predict it, then reveal it"><i class="key covered">?</i>covered</span>`
            : null
        }
        ${
          nopath
            ? html`<span title="No path leads from here to the output"><i class="key nopath"></i>no path</span>`
            : null
        }
        ${
          over
            ? html`<span title="Far larger than the seed, the gradient at the output"><i class="key over"></i>outgrown</span>`
            : null
        }
        ${nonfinite ? html`<span><i class="key nonfinite"></i>not finite</span>` : null}
        <span title="Exactly zero: no light gets through"><i class="key zero">0</i><span><span class="if-room">exactly </span>zero</span></span>
        <span title="Not computed yet: no number, unlike a zero"><i class="key waiting"></i><span>not <span class="if-room">computed </span>yet</span></span>
        ${
          tiles
            ? html`<span class="only-wide" title="A tile without its corner is negative; without a tint it is zero"><i class="key negative"></i>negative</span>`
            : null
        }
        ${uses.map(
          (/** @type {import("../../trace/uses.js").Use} */ use) =>
            html`<span class="if-room">${sign(use)}${use}</span>`,
        )}`,
      legend,
    );
  });
  /** Before the backward pass there are no gradients to explain. */
  const backward = computed(() => store.cues.value !== null && store.step.value >= store.cues.value.seedStep);
  effect(() => {
    const percent = `${Math.round(store.zoom.value * 100)} %`;
    const count = store.visibleTrace.value === null ? "0 nodes" : countOf(store.visibleTrace.value);
    // Beside the way back from one example, it would need a second row.
    const told = backward.value && store.shownExample.value === null;
    const own = store.engineGrade.value?.answer ?? null;
    const checked = told && store.verdicts.value ? summary(store.verdicts.value) : "";
    const checks = told && own ? `your engine: ${own.done} of ${own.wanted} gradients right` : checked;
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
        <span class="count">${count}${
          checks === "" ? null : html`<span class="tally" title=${own ? OWN_EXPLAINED : EXPLAINED}>· ${checks}</span>`
        }</span>
        ${
          store.current.value
            ? null
            : html`<span class="stale">${store.problem.value ? "last good graph" : "updating …"}</span>`
        }`,
      bar,
    );
  });
}
