/**
 * The search box over the stage. With the graph it is a combobox with a list of results; with the table it is a filter.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { goTo } from "../../commands/find.js";
import { nodesUntold } from "../../trace/closed.js";
import { called } from "../../timeline/sentence.js";
import { shownFormula } from "../../words/formula.js";
import { ICONS } from "../kit/icons.js";

/** Most results in the list; the reader narrows down more by typing. */
const MOST = 40;

/** @param {HTMLElement} host @param {Store} store */
export function createSearch(host, store) {
  const active = signal(0);
  /** The element that had the focus before and gets it back. @type {Element | null} */
  let before = null;

  const found = () => {
    const drawing = store.drawing.value;
    // A constant folded into its user has no item to go to.
    return store.matches.value.filter(({ node }) => (drawing?.itemOf[node] ?? -1) >= 0);
  };
  /** @param {boolean} [giveBack] */
  function close(giveBack = true) {
    const back = before;
    before = null;
    store.searching.value = false;
    if (store.stageView.peek() === "graph") store.query.value = "";
    if (giveBack && back instanceof HTMLElement && back.isConnected && back !== document.body)
      back.focus({ preventScroll: true });
    else if (giveBack && back instanceof SVGElement && back.isConnected) back.focus({ preventScroll: true });
    else input()?.blur();
  }
  const input = () => /** @type {HTMLInputElement | null} */ (host.querySelector("input"));

  /** @param {number} node @param {boolean} byKeys */
  function choose(node, byKeys) {
    before = null;
    close(false);
    goTo(store, node, byKeys);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const { key } = event;
    const list = store.stageView.peek() === "graph" ? found().slice(0, MOST) : [];
    const to = { ArrowDown: active.peek() + 1, ArrowUp: active.peek() - 1 }[key];
    if (key === "Escape") {
      if (store.query.peek() !== "") store.query.value = "";
      else close();
    } else if (to !== undefined && list.length > 0) active.value = (to + list.length) % list.length;
    else if (key === "Enter" && list.length > 0) choose(list[Math.min(active.peek(), list.length - 1)].node, true);
    else if ((key === "Enter" || key === "ArrowDown") && store.stageView.peek() === "table") {
      /** @type {HTMLElement | null} */ (document.querySelector("#table tbody button"))?.focus();
    } else return;
    event.preventDefault();
  }

  effect(() => {
    const graph = store.stageView.value === "graph";
    const query = store.query.value;
    const open = graph && store.searching.value && query.trim() !== "";
    const all = open ? found() : [];
    const trace = store.visibleTrace.value;
    const at = Math.min(active.value, Math.min(all.length, MOST) - 1);
    const words = !open
      ? ""
      : all.length === 0
        ? `No node matches.${unsearched(trace)}`
        : `${all.length} ${all.length === 1 ? "node" : "nodes"} found.`;
    render(
      html`<label class="search-box" title=${
        graph ? "Find a node by name, operation, formula or function (/)" : "Show only the rows that match (/)"
      }>
          ${ICONS.search}
          <input type="text" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
            placeholder=${graph ? "Find a node" : "Filter rows"}
            aria-label=${graph ? "Find a node" : "Filter rows"} role=${graph ? "combobox" : "searchbox"}
            aria-expanded=${graph ? String(all.length > 0) : nothing} aria-controls=${graph ? "search-list" : "table"}
            aria-autocomplete=${graph ? "list" : nothing}
            aria-activedescendant=${all.length > 0 ? `found-${all[at].node}` : nothing}
            .value=${live(query)} @keydown=${onKey}
            @input=${(/** @type {Event} */ event) => {
              active.value = 0;
              store.query.value = /** @type {HTMLInputElement} */ (event.target).value;
            }}
            @focus=${(/** @type {FocusEvent} */ event) => {
              before ??= event.relatedTarget instanceof Element ? event.relatedTarget : null;
              store.searching.value = true;
            }}
            @blur=${() => {
              store.searching.value = false;
            }} />
          <kbd aria-hidden="true">/</kbd>
        </label>
        <ul id="search-list" role="listbox" aria-label="Nodes found" ?hidden=${all.length === 0}>
          ${all.slice(0, MOST).map(({ node: index, group }, i) => {
            const node = trace?.nodes[index];
            return node === undefined
              ? null
              : html`<li id=${`found-${index}`} role="option" aria-selected=${i === at} @pointerdown=${hold}
                @click=${() => choose(index, false)}>
                  <code>${called(node)}</code> <span class="dim">${
                    trace && node.role === "operation" ? shownFormula(trace, node) : (node.use ?? node.role)
                  }</span>
                  ${group ? html`<span class="in dim">${group}</span>` : null}
                </li>`;
          })}
        </ul>
        ${all.length > 0 && unsearched(trace) ? html`<p class="more dim">${unsearched(trace)}</p>` : null}
        ${all.length > MOST ? html`<p class="more dim">and ${all.length - MOST} more: keep typing</p>` : null}
        <p class=${words.startsWith("No") ? "none" : "visually-hidden"} role="status">${words}</p>`,
      host,
    );
    host.toggleAttribute("data-open", store.searching.value || query !== "");
    host.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  effect(() => {
    if (!store.searching.value || document.activeElement === input()) return;
    before = document.activeElement;
    input()?.focus({ preventScroll: true });
    input()?.select();
  });
}

/** @param {import("../../types.js").Trace | null} trace what was not searched */
function unsearched(trace) {
  const count = trace === null ? 0 : nodesUntold(trace);
  return count === 0 ? "" : ` ${count.toLocaleString("en")} nodes in closed groups are not searched: open the groups.`;
}

/**
 * Pressing a result must not take the focus from the box, which would close the list under the pointer.
 * @param {Event} event
 */
const hold = (event) => event.preventDefault();
