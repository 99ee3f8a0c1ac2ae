/**
 * The timeline: two lanes over one time axis, forward above, backward below, the seed between them. Scrub with pointer,
 * touch or keys; hovering over a step describes it.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../timeline/lanes.js").Mark} Mark
 * @typedef {import("../../timeline/lanes.js").Lane} Lane
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { endOf } from "../../timeline/cues.js";
import { headAt, marksFor, momentAt } from "../../timeline/lanes.js";
import { seek } from "../../timeline/player.js";
import { called, plainText } from "../../timeline/sentence.js";
import { shownFormula } from "../../words/formula.js";
import { throttledEffect } from "../kit/throttled_effect.js";

/** @param {HTMLElement} host @param {Store} store */
export function createLanes(host, store) {
  const width = signal(0);
  /** The step under the pointer. */
  const hovered = signal(/** @type {number | null} */ (null));
  host.setAttribute("role", "slider");
  host.setAttribute("aria-label", "Moment");
  host.setAttribute("aria-valuemin", "0");
  host.tabIndex = 0;

  const track = () => /** @type {HTMLElement | null} */ (host.querySelector(".lane-track"));
  /** @param {PointerEvent} event @param {boolean} whole */
  function pointedAt(event, whole) {
    const cues = store.cues.peek();
    const box = track()?.getBoundingClientRect();
    return cues && box ? momentAt(cues, event.clientX - box.left, box.width, whole) : null;
  }
  /** @param {number | null} time */
  function go(time) {
    const cues = store.cues.peek();
    if (cues && time !== null && !store.frozen.peek()) store.clock.value = seek(store.clock.peek(), cues, time);
  }

  host.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    host.setPointerCapture(event.pointerId);
    go(pointedAt(event, store.reducedMotion.peek()));
  });
  host.addEventListener("pointermove", (event) => {
    hovered.value = pointedAt(event, true);
    if (host.hasPointerCapture(event.pointerId)) go(pointedAt(event, store.reducedMotion.peek()));
  });
  for (const end of ["pointerleave", "pointercancel"]) host.addEventListener(end, () => (hovered.value = null));
  // A lifted finger no longer points at anything.
  host.addEventListener("pointerup", (event) => event.pointerType !== "mouse" && (hovered.value = null));
  // Left, right, Home and End are page commands; up and down belong to the slider and jump without playing.
  host.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go((by > 0 ? Math.floor(store.clock.peek().time + 1e-9) : Math.ceil(store.clock.peek().time - 1e-9)) + by);
  });
  new ResizeObserver(() => (width.value = track()?.clientWidth ?? 0)).observe(host);

  /** The marks depend on the steps and the width, not on the moment. */
  const marks = computed(() => {
    const cues = store.cues.value;
    return (
      cues && {
        cues,
        forward: marksFor(cues, "forward", width.value || 800),
        backward: marksFor(cues, "backward", width.value || 800),
      }
    );
  });
  /** The part that is being played. */
  const spans = computed(() => store.clock.value.route?.spans ?? null);

  /** @param {number} time @param {number} end */
  const at = (time, end) => `${((100 * time) / (end || 1)).toFixed(3)}%`;

  effect(() => {
    const found = marks.value;
    if (!found) return;
    const { cues } = found;
    const end = endOf(cues);
    const k = store.step.value;
    const done = store.done.value;
    // The steps may have changed under a resting pointer.
    const pointedStep = hovered.value === null || hovered.value > end ? null : hovered.value;
    const played = spans.value;
    /** @param {Lane} lane @param {number} from @param {number} to */
    const row = (lane, from, to) => html`<div class=${`lane ${lane}`}>
      <span class="lane-name">${lane}</span>
      <div class="lane-track">
        ${played?.map((span) => {
          const [begin, stop] = [Math.max(span.from, from - 1), Math.min(span.to, to)];
          return stop <= begin ? null : html`<i class="part" data-at=${begin} data-to=${stop}></i>`;
        })}
        <div class="lane-fill" data-from=${from} data-to=${to}></div>
        ${found[lane].map(
          (mark) =>
            html`<i class=${`${mark.look}${mark.at <= done ? " past" : ""}${mark.at === pointedStep ? " pointed" : ""}`}
              data-at=${mark.at}></i>`,
        )}
        ${lane === "backward" ? html`<i class="turn" data-at=${cues.seedStep}></i>` : null}
        ${
          pointedStep !== null && pointedStep >= from && pointedStep <= to
            ? html`<i class="hair" data-at=${pointedStep}></i>`
            : null
        }
        ${k >= from && k <= to ? html`<i class="head"></i>` : null}
      </div>
    </div>`;
    render(
      html`${row("forward", 0, cues.seedStep - 1)}${row("backward", cues.seedStep, end)}
        <div class="lane-tip" ?hidden=${pointedStep === null} aria-hidden="true"><div class="lane-track">
          ${pointedStep === null ? nothing : html`<span data-at=${pointedStep}>${stepName(store, pointedStep)}</span>`}
        </div></div>`,
      host,
    );
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (host.querySelectorAll("[data-at]"))) {
      mark.style.left = at(Number(mark.dataset.at), end);
      if (mark.dataset.to) mark.style.width = at(Number(mark.dataset.to) - Number(mark.dataset.at), end);
    }
    keepInside(host.querySelector(".lane-tip span"), host);
    place();
    host.setAttribute("aria-valuemax", String(end));
    host.setAttribute("aria-valuenow", String(k));
  });
  throttledEffect(store, () => host.setAttribute("aria-valuetext", plainText(store.parts.value)));

  /** Per frame, only the playhead and the filled part of its lane change. */
  function place() {
    const frame = store.frame.peek();
    if (!frame) return;
    const end = endOf(frame.cues) || 1;
    // By transform, in hundredths of the track: moving `left` would lay out the page in every frame.
    const along = (/** @type {number} */ time) => `translateX(${((100 * time) / end).toFixed(3)}cqi)`;
    const head = /** @type {HTMLElement | null} */ (host.querySelector(".head"));
    const shown = headAt(frame.cues, frame.time, frame.k);
    if (head) head.style.transform = along(shown);
    for (const fill of /** @type {NodeListOf<HTMLElement>} */ (host.querySelectorAll(".lane-fill"))) {
      const [from, to] = [Number(fill.dataset.from), Number(fill.dataset.to)];
      const until = Math.min(to, Math.max(from, shown));
      fill.style.transform = `${along(from)} scaleX(${frame.k < from ? 0 : (until - from) / end})`;
    }
  }
  effect(() => {
    if (store.frame.value) place();
  });
}

/** @param {Store} store @param {number} k what a step does, in a few words */
function stepName(store, k) {
  const [trace, cues] = [store.visibleTrace.peek(), store.cues.peek()];
  if (!trace || !cues) return "";
  const { phase, node: index, group } = cues.steps[k];
  const node = trace.nodes[index];
  const call = trace.groups.find(({ id }) => id === group);
  const [end, seed] = [endOf(cues), cues.seedStep];
  // A closed group is one step, described by its name.
  const what = call ? `${call.name}(…)` : shownFormula(trace, node);
  const formula = html`<code>${node.name ? `${node.name} = ${what}` : what}</code>`;
  switch (phase) {
    case "start":
      return html`<b>Start</b> all leaves hold their values`;
    case "forward":
      return html`<b>Forward ${k} of ${seed - 1}</b> ${formula}`;
    case "seed":
      return html`<b>Seed</b> the backward pass starts at <code>${called(node)}</code>`;
    case "backward":
      return html`<b>Backward ${k - seed} of ${end - seed}</b> through ${formula}`;
  }
}

/** @param {Element | null} tip @param {HTMLElement} host the tip stays within its width */
function keepInside(tip, host) {
  if (!(tip instanceof HTMLElement)) return;
  tip.style.setProperty("--shift", "0px");
  const [box, page] = [tip.getBoundingClientRect(), host.getBoundingClientRect()];
  const shift = Math.max(0, page.left - box.left) - Math.max(0, box.right - page.right);
  tip.style.setProperty("--shift", `${shift}px`);
}
