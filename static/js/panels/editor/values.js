/**
 * The sliders of all leaves, and a hint of what to try.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../session.js").Session} Session
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { toggleGroup } from "../../commands/groups.js";
import { isStandIn } from "../../trace/closed.js";
import { fillSliders } from "../kit/slider_track.js";
import { createLeafRows, editableLeaves, fitsBeside, shownLength } from "./leaf_sliders.js";

/** So many values are listed at first, and as many more on request. */
const AT_ONCE = 40;

/**
 * Values in groups whose inside is not there: they are listed once it is.
 * @param {Store} store
 */
function closedLeaves(store) {
  const trace = store.visibleTrace.value;
  const groups = (trace?.nodes ?? []).filter((node) => isStandIn(node) && node.role === "input");
  return groups.map(
    ({ id, title, value }) => html`<div class="grid-leaf closed-leaves">
      <div class="grid-head"><code title=${title}>${title}</code><span>${value.flat.length}</span>
        <button class="small" title=${`Open ${title}, to change its numbers`}
          @click=${() => toggleGroup(store, id, true)}>Open</button></div>
    </div>`,
  );
}

/** @param {HTMLElement} host @param {Store} store @param {Session} session */
export function createValues(host, store, session) {
  const rows = createLeafRows(session);
  const most = signal({ of: /** @type {string | null} */ (null), count: AT_ONCE });
  effect(() => {
    const all = editableLeaves(store);
    if (!store.visibleTrace.value) return;
    const of = store.traced.value;
    const count = most.value.of === of ? most.value.count : AT_ONCE;
    // The chosen one is always there.
    const leaves = all.filter(({ id }, i) => i < count || id === store.selection.value);
    const left = all.length - leaves.length;
    const closed = closedLeaves(store);
    render(
      html`<h2>Values</h2>
        ${leaves.length + closed.length === 0 ? html`<p class="dim">This program has no values to change.</p>` : null}
        ${repeat(leaves, ({ id, tensor }) => `${id}:${tensor.shape.join("×")}`, rows)}
        ${
          left > 0
            ? html`<button class="small more-leaves"
              @click=${() => (most.value = { of, count: count + AT_ONCE })}>${`Show more: there are ${left.toLocaleString("en")} others`}</button>`
            : null
        }
        ${closed}
        ${store.hint.value ? html`<h2>Try this</h2><p class="dim">${store.hint.value}</p>` : null}`,
      host,
    );
    const longest = Math.max(0, ...leaves.filter(fitsBeside).map(shownLength));
    host.style.setProperty("--name-width", `${Math.min(6.5, Math.max(2.5, longest * 0.5125))}rem`);
    fillSliders(host);
  });
}
