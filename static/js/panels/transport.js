/**
 * The foot of the page: buttons, speed, the two lanes and the sentence.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../commands.js").Command} Command
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { SPEEDS, seek } from "../timeline/player.js";
import { plainText } from "../timeline/sentence.js";
import { ICONS } from "./icons.js";
import { pointed } from "./pointed.js";

const KEY_NAMES = /** @type {Record<string, string>} */ ({ " ": "Space", ArrowLeft: "←", ArrowRight: "→" });

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {Record<string, Command>} commands
 */
export function createTransport(host, store, commands) {
  /** @param {Command} command @param {unknown} picture @param {string} [label] @param {string} [kind] */
  const button = (command, picture, label = command.label, kind = "") => html`<button
    class=${kind} data-command=${command.id} ?disabled=${command.enabled ? !command.enabled() : false}
    aria-label=${label} title=${`${label} (${KEY_NAMES[command.keys[0]] ?? command.keys[0]})`} @click=${command.run}
  >${picture}</button>`;

  const setSpeed = pointed((event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    store.clock.value = { ...store.clock.peek(), speed: Number(value) };
  });

  effect(() => {
    const playing = store.playing.value;
    const { speed } = store.clock.value;
    render(
      html`${button(commands.start, ICONS.start)} ${button(commands.back, ICONS.back)}
        ${button(commands.toggle, playing ? ICONS.pause : ICONS.play, playing ? "Pause" : "Play", "hot")}
        ${button(commands.forward, ICONS.forward)} ${button(commands.end, ICONS.end)}
        <select class="speed" aria-label="Speed" title="Speed" @pointerdown=${setSpeed.down} @change=${setSpeed.change} .value=${String(speed)}>
          ${SPEEDS.map((s) => html`<option value=${s} ?selected=${s === speed}>${s}×</option>`)}
        </select>`,
      host,
    );
  });
}

/**
 * The sentence, and the same in words for a screen reader: once the step rests or at the pace of playing, never faster.
 * @param {HTMLElement} host
 * @param {HTMLElement} live
 * @param {Store} store
 */
export function createSentence(host, live, store) {
  let timer = 0;
  effect(() => {
    const parts = store.parts.value;
    render(parts.map(({ text, tone }) => (tone ? html`<span class=${`say-${tone}`}>${text}</span>` : text)), host);
    clearTimeout(timer);
    timer = window.setTimeout(() => (live.textContent = plainText(parts)), 250);
  });
}

/**
 * Two lanes over one time: forward above, backward below. Pointer or keys scrub.
 * @param {HTMLElement} host
 * @param {Store} store
 */
export function createLanes(host, store) {
  const slider = host;
  slider.setAttribute("role", "slider");
  slider.setAttribute("aria-label", "Moment");
  slider.setAttribute("aria-valuemin", "0");
  slider.tabIndex = 0;

  /** @param {PointerEvent} event */
  const scrub = (event) => {
    const cues = store.cues.peek();
    const track = slider.querySelector(".lane-track");
    if (!cues || !track) return;
    const { left, width } = track.getBoundingClientRect();
    const end = cues.steps.length - 1;
    const time = Math.min(end, Math.max(0, ((event.clientX - left) / width) * end));
    // Close to a step means that step.
    const near = Math.round(time);
    const reach = Math.min(0.18, (9 / width) * end);
    store.clock.value = seek(store.clock.peek(), cues, Math.abs(time - near) < reach || store.reducedMotion.peek() ? near : time);
  };
  slider.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    slider.setPointerCapture(event.pointerId);
    scrub(event);
  });
  slider.addEventListener("pointermove", (event) => {
    if (slider.hasPointerCapture(event.pointerId)) scrub(event);
  });

  effect(() => {
    const cues = store.cues.value;
    if (!cues) return;
    const end = cues.steps.length - 1;
    const k = store.step.value;
    const done = store.done.value;
    const dots = end <= 80;
    /** @param {number} from @param {number} to @param {string} way */
    const lane = (from, to, way) => html`<div class=${`lane ${way}`}>
      <span class="lane-name">${way}</span>
      <div class="lane-track">
        <div class="lane-fill" data-from=${from} data-to=${to}></div>
        ${dots
          ? Array.from({ length: to - from + 1 }, (_, i) => html`<i class=${from + i <= done ? "dot past" : "dot"} data-at=${from + i}></i>`)
          : null}
        ${k >= from && k <= to ? html`<i class="head"></i>` : null}
      </div>
    </div>`;
    render(html`${lane(0, cues.seedStep - 1, "forward")}${lane(cues.seedStep, end, "backward")}`, slider);
    for (const dot of /** @type {NodeListOf<HTMLElement>} */ (slider.querySelectorAll(".dot"))) {
      dot.style.left = `${(100 * Number(dot.dataset.at)) / (end || 1)}%`;
    }
    place();
    slider.setAttribute("aria-valuemax", String(end));
    slider.setAttribute("aria-valuenow", String(k));
    slider.setAttribute("aria-valuetext", plainText(store.parts.value));
  });

  /** Per frame: the head and the filled part of its lane, nothing else. */
  function place() {
    const frame = store.frame.peek();
    if (!frame) return;
    const end = frame.cues.steps.length - 1 || 1;
    // By transform, in hundredths of the track: moving `left` would lay out the page in every frame.
    const along = (/** @type {number} */ time) => `translateX(${((100 * time) / end).toFixed(2)}cqi)`;
    const head = /** @type {HTMLElement | null} */ (slider.querySelector(".head"));
    const { seedStep } = frame.cues;
    // Between the passes the head waits at the seed.
    const shown = frame.k >= seedStep ? Math.max(seedStep, frame.time) : Math.min(seedStep - 1, frame.time);
    if (head) head.style.transform = along(shown);
    for (const fill of /** @type {NodeListOf<HTMLElement>} */ (slider.querySelectorAll(".lane-fill"))) {
      const [from, to] = [Number(fill.dataset.from), Number(fill.dataset.to)];
      const until = Math.min(to, Math.max(from, shown));
      fill.style.transform = `${along(from)} scaleX(${frame.k < from ? 0 : (until - from) / end})`;
    }
  }
  effect(() => {
    if (store.frame.value) place();
  });
}
