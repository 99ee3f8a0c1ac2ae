/**
 * Present mode: what a class sees besides graph, timeline and sentence, and how everything is restored afterwards.
 * Loaded when first used.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { requestView } from "../../store/view.js";
import { ICONS } from "../kit/icons.js";
import { createLeafRows, editableLeaves } from "../editor/leaf_sliders.js";
import { fillSliders } from "../kit/slider_track.js";
import { createEnlarged } from "./enlarged.js";
import { createPresentedTraining } from "./presented_training.js";
import { fillScreen } from "./whole_screen.js";

/**
 * @typedef {{camera: import("../../links/url.js").Camera | null, focus: Element | null}} Before  the state of the page
 *   before presenting
 */

/** How long the controls stay after the pointer stops, and how long a program's title is shown, ms. */
const IDLE = 2500;
const READ = 2600;

/**
 * @param {HTMLElement} host @param {HTMLElement} root @param {Store} store
 * @param {import("../../session.js").Session} session @param {Before} before
 */
export function createPresent(host, root, store, session, before) {
  const rows = createLeafRows(session);
  /** "3 of 9 · Title", shown briefly. */
  const place = signal("");
  /** The leaf whose value is shown before all eyes, once it is. */
  const valued = signal("");
  const training = createPresentedTraining(/** @type {HTMLElement} */ (host.parentElement), store);
  createEnlarged(/** @type {HTMLElement} */ (host.parentElement), store, valued, training);
  fillScreen(root, store);
  hideControls(root, store);
  putBack(store, before);

  let opened = store.opened.peek();
  let timer = 0;
  effect(() => {
    const now = store.opened.value;
    const changed = now !== opened;
    opened = now;
    clearTimeout(timer);
    if (!store.present.value || !changed) place.value = "";
    else {
      const list = store.programs.peek();
      const at = list.findIndex(({ program }) => program === now.program);
      place.value = at < 0 ? "" : `${at + 1} of ${list.length} · ${now.title}`;
      timer = window.setTimeout(() => (place.value = ""), READ);
    }
  });

  effect(() => {
    if (!store.present.value) {
      render(nothing, host);
      valued.value = "";
      return;
    }
    const leaf = store.frozen.value ? undefined : editableLeaves(store).find(({ id }) => id === store.selection.value);
    render(
      html`<p class="now-line">${lineOf(store)}</p>
        <p class="now-place" role="status" ?hidden=${place.value === ""}>${place.value}</p>
        <p class="now-branched" role="status" ?hidden=${store.branched.value === ""}>${store.branched.value}</p>
        <p class="now-frozen" role="status" ?hidden=${!store.frozen.value}>${
          store.frozen.value ? html`${ICONS.freeze} Frozen <span>B continues</span>` : nothing
        }</p>
        ${
          leaf
            ? html`<div class="now-value" role="group" aria-label=${`Value of ${leaf.name}`}>
              ${rows(leaf)}
              <button class="quiet" aria-label="Close" title="Close"
                @click=${() => (store.selection.value = null)}>${ICONS.close}</button>
            </div>`
            : nothing
        }`,
      host,
    );
    fillSliders(host);
    valued.value = leaf?.id ?? "";
  });
}

/** @param {Store} store shows the program line of the current step */
function lineOf(store) {
  const [trace, cues] = [store.visibleTrace.value, store.cues.value];
  const step = cues?.steps[store.step.value];
  if (!trace || !step || step.phase === "start") return nothing;
  const { line } = trace.nodes[step.node];
  const text = line === null ? "" : ((store.traced.value ?? "").split("\n")[line - 1]?.trim() ?? "");
  return text === "" ? nothing : html`<code class=${step.phase === "forward" ? "forward" : "backward"}>${text}</code>`;
}

/**
 * Controls are visible while the pointer moves, after a touch, or while one of them has the focus.
 * @param {HTMLElement} root @param {Store} store
 */
function hideControls(root, store) {
  let timer = 0;
  const rest = () => root.toggleAttribute("data-idle", store.present.peek());
  const wake = () => {
    clearTimeout(timer);
    if (root.hasAttribute("data-idle")) root.removeAttribute("data-idle");
    if (store.present.peek()) timer = window.setTimeout(rest, IDLE);
  };
  for (const sign of ["pointermove", "pointerdown"]) addEventListener(sign, wake);
  effect(() => {
    void store.present.value;
    wake();
  });
}

/** @param {Store} store @param {Before | null} first view, focus and playback are restored afterwards */
function putBack(store, first) {
  /** @type {Before | null} */
  let before = null;
  effect(() => {
    if (store.present.value && before === null) {
      before = first ?? { camera: store.camera.peek(), focus: document.activeElement };
      first = null;
      requestView(store, "fit");
    } else if (!store.present.value && before !== null) {
      const { camera, focus } = before;
      before = null;
      store.frozen.value = false;
      store.spotlight.value = false;
      store.camera.value = camera;
      requestView(store, "look");
      if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
    }
  });
}
