/** Says so when the reader has moved the whole graph out of the window, with a button that brings it back. */
import { computed, effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { div } from "../dom.js";
import { requestView } from "../store/view.js";

/**
 * @param {Pick<import("../store/view.js").Placed, "places" | "sizes">} layout
 * @param {import("./viewport.js").Camera | null} camera  null: the whole drawing is in the window
 * @param {import("./viewport.js").Size} window px
 * @returns {boolean} whether no item of the drawing is in the window
 */
export function outOfView({ places, sizes }, camera, { width, height }) {
  if (camera === null || width === 0 || height === 0) return false;
  const { x, y, k } = camera;
  const seen = places.some(
    (place, i) =>
      Math.abs(place.x - x) < (width / k + sizes[i].width) / 2 &&
      Math.abs(place.y - y) < (height / k + sizes[i].height) / 2,
  );
  return places.length > 0 && !seen;
}

/** @param {HTMLElement} stage @param {import("../store.js").Store} store */
export function createOutOfView(stage, store) {
  const host = div("out-of-view");
  host.setAttribute("role", "status");
  stage.append(host);
  const out = computed(() => {
    const layout = store.layout.value;
    return layout !== null && outOfView(layout, store.camera.value, store.window.value);
  });
  effect(() => {
    host.toggleAttribute("data-shown", out.value);
    render(
      out.value
        ? html`<p>The graph is outside this window.</p><button class="hot" @click=${() => requestView(store, "fit")}>Fit the graph</button>`
        : null,
      host,
    );
  });
}
