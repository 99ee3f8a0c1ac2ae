/**
 * The trace as a table instead of the graph: the same moment and selection, without relying on sight or a pointer.
 * Loaded when first used. A long trace is split into pages, because screen readers can only navigate rows that exist.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../table/sort.js").Sorting} Sorting
 * @typedef {import("../../table/columns.js").Column} Column
 * @typedef {import("../../table/columns.js").Row} Row
 */
import { computed, effect, signal, untracked } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { copyText, REFUSED } from "../../export/clipboard.js";
import { fileName } from "../../export/filename.js";
import { save } from "../../export/save.js";
import { COLUMNS, rowsOf } from "../../table/columns.js";
import { tableAsCsv } from "../../table/csv.js";
import { pressed, sorted } from "../../table/sort.js";
import { plainText } from "../../timeline/sentence.js";
import { nodesUntold } from "../../trace/closed.js";

/** Rows per page. */
const PAGE = 200;
const TONES = /** @type {Record<string, string>} */ ({
  value: "say-value",
  gradient: "say-grad",
  messages: "say-grad",
});

/** @param {import("../../types.js").Trace} trace what has no row */
function leftOut(trace) {
  const count = nodesUntold(trace);
  return count === 0
    ? ""
    : `${count.toLocaleString("en")} nodes in closed groups have no row: open the groups in the graph`;
}

/** @param {HTMLElement} host @param {Store} store @param {MediaQueryList} narrow */
export function createTable(host, store, narrow) {
  const sorting = signal(/** @type {Sorting | null} */ (null));
  const page = signal(0);
  /** A status message about the last action, visible and announced. */
  const said = signal("");
  const searched = computed(() => store.query.value.trim() !== "");
  const kept = computed(() => {
    const { nodes = [] } = store.visibleTrace.value ?? {};
    return searched.value
      ? store.matches.value.map(({ node }) => node).sort((a, b) => a - b)
      : nodes.map(({ index }) => index);
  });
  const order = computed(() => {
    const frame = store.stepFrame.value;
    return frame ? sorted(frame, kept.value, sorting.value) : [];
  });
  const pages = computed(() => Math.max(1, Math.ceil(order.value.length / PAGE)));
  const shownPage = computed(() => Math.min(page.value, pages.value - 1));
  /** The node of the current step; -1 if there is none. */
  const now = computed(() => {
    const step = store.stepFrame.value?.step;
    return step && step.phase !== "start" ? step.node : -1;
  });

  /** @param {string} id */
  function choose(id) {
    store.selection.value = store.selection.peek() === id ? null : id;
    store.rightTab.value = "node";
    if (narrow.matches && store.selection.peek() !== null) store.sheet.value = "inspect";
  }

  const text = () => {
    const frame = store.stepFrame.peek();
    return frame ? tableAsCsv(frame, order.peek()) : "";
  };
  const rowsInWords = () => `${order.peek().length} ${order.peek().length === 1 ? "row" : "rows"}`;
  async function copy() {
    said.value = "";
    said.value = (await copyText(text())) ? `Copied ${rowsInWords()} as CSV.` : `${REFUSED} Download the file instead.`;
  }
  function download() {
    const name = fileName(store.title.peek(), "", "csv");
    save(new Blob([text()], { type: "text/csv;charset=utf-8" }), name);
    said.value = `Downloaded ${rowsInWords()} as ${name}.`;
  }

  const buttons = () => /** @type {HTMLButtonElement[]} */ ([...host.querySelectorAll("tbody button")]);
  /**
   * One row is in the tab order and arrow keys move from there; ← and → still step through time.
   * @param {KeyboardEvent} event
   */
  function onKey(event) {
    const all = buttons();
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (at < 0) return;
    const far = event.ctrlKey || event.metaKey;
    const to = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - 12,
      PageDown: at + 12,
      ...(far ? { Home: 0, End: all.length - 1 } : {}),
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0 && at === 0 && shownPage.peek() > 0) turn(shownPage.peek() - 1, -1);
    else if (to >= all.length && at === all.length - 1 && shownPage.peek() < pages.peek() - 1)
      turn(shownPage.peek() + 1, 0);
    else all[Math.min(all.length - 1, Math.max(0, to))].focus();
  }
  /**
   * Goes to a page and, if the focus is in the rows, to its first or last row.
   * @param {number} to
   * @param {0 | -1} [row]
   */
  function turn(to, row) {
    page.value = to;
    host.querySelector(".table-scroll")?.scrollTo({ top: 0 });
    if (row !== undefined) buttons().at(row)?.focus();
  }
  /** The row last used by keys, to which Tab returns. */
  const home = signal(/** @type {string | null} */ (null));
  /** @param {FocusEvent} event */
  const onFocus = (event) => {
    const { id } = /** @type {HTMLElement} */ (event.target).dataset;
    if (id !== undefined) home.value = id;
  };

  /** @param {Column} column */
  function head({ id, title, order: by }) {
    const now = sorting.value?.column === id ? sorting.value : null;
    const mark = now === null ? "" : now.descending ? "▾" : "▴";
    const toggle = () => (sorting.value = pressed(sorting.peek(), id));
    return html`<th scope="col" class=${id} aria-sort=${
      now === null ? nothing : now.descending ? "descending" : "ascending"
    }>
      <button title=${`Sort by ${by}`} @click=${toggle}>${title}<span class="way"
        aria-hidden="true">${mark}</span></button>
    </th>`;
  }

  /** @param {Row} row @param {Column[]} columns @param {number} place @param {string | null} home */
  function line(row, [name, ...columns], place, home) {
    const { node, state } = row;
    const chosen = store.selection.value === node.id;
    const current = node.index === now.value;
    const way = row.frame.step.phase === "forward" ? "forward" : "backward";
    return html`<tr class=${current ? `current ${way}` : ""} aria-rowindex=${place + 2}
      aria-current=${current ? "step" : nothing} @click=${() => choose(node.id)}>
      <th scope="row" class="node">
        <button data-id=${node.id} aria-pressed=${chosen} tabindex=${home === node.id ? 0 : -1}
          title="Show it in the inspector">${name.text(row)}</button>
      </th>
      ${columns.map(({ id, text }) => {
        const words = text(row);
        const quiet = (id === "value" && state.value === null) || (id === "gradient" && state.grad === null);
        const looks = id === "gradient" ? ` look-${state.look}` : "";
        return html`<td class=${id + looks}><span class=${quiet ? "dim" : (TONES[id] ?? "")}>${words}</span></td>`;
      })}
    </tr>`;
  }

  effect(() => {
    if (store.stageView.value !== "table") return;
    const frame = store.stepFrame.value;
    if (!frame) return;
    const all = order.value;
    const first = shownPage.value * PAGE;
    const ids = all.slice(first, first + PAGE);
    const row = rowsOf(frame);
    const total = frame.trace.nodes.length;
    // A program without functions has no groups to show.
    const columns = COLUMNS.filter(({ id }) => id !== "group" || frame.trace.groups.length > 0);
    const held = /** @type {HTMLElement | null} */ (
      host.contains(document.activeElement) ? document.activeElement : null
    );
    const inTabOrder = ids.some((index) => frame.trace.nodes[index].id === home.value)
      ? home.value
      : ids.length > 0
        ? frame.trace.nodes[ids[0]].id
        : null;
    render(
      html`<div class="table-bar">
          <button @click=${copy} title="Copy what is shown, with every digit, as comma-separated values">Copy as CSV</button>
          <button @click=${download} title="Save what is shown, with every digit, as a file">Download CSV</button>
          ${
            sorting.value === null
              ? null
              : html`<button @click=${() => (sorting.value = null)}
                title="As the program computes them">Forward order</button>`
          }
          <span class="dim" role="status">${
            said.value || (searched.value ? `${all.length} of ${total} rows match` : leftOut(frame.trace))
          }</span>
          ${
            pages.value === 1
              ? null
              : html`<span class="pages" role="group" aria-label="Pages">
                <button ?disabled=${shownPage.value === 0} @click=${() => turn(shownPage.peek() - 1)}>Previous</button>
                <span>rows ${first + 1}–${first + ids.length} of ${all.length}</span>
                <button ?disabled=${shownPage.value === pages.value - 1}
                  @click=${() => turn(shownPage.peek() + 1)}>Next</button>
              </span>`
          }
        </div>
        <div class="table-scroll">
          <table aria-rowcount=${all.length + 1} @keydown=${onKey} @focusin=${onFocus} @mousedown=${keepFocus}>
            <caption class="visually-hidden">${store.title.value}: every node at this moment. ${plainText(store.parts.value)}</caption>
            <thead><tr aria-rowindex="1">${columns.map(head)}</tr></thead>
            <tbody>${repeat(
              ids,
              (index) => frame.trace.nodes[index].id,
              (index, at) => line(row(index), columns, first + at, inTabOrder),
            )}</tbody>
          </table>
          ${all.length === 0 ? html`<p class="none dim">No node matches “${store.query.value}”.</p>` : null}
        </div>`,
      host,
    );
    // Moving rows lose the focus.
    if (held && document.activeElement === document.body)
      (held.isConnected ? held : buttons()[0])?.focus({ preventScroll: true });
  });

  // Scrolls the step's row into view unless the focus is in the rows: before the first step, the first row.
  effect(() => {
    const node = now.value;
    void store.step.value;
    if (store.stageView.value !== "table") return;
    untracked(() => {
      if (document.activeElement?.closest("tbody")) return;
      if (node < 0) {
        if (store.stepFrame.peek()) turn(0);
        return;
      }
      const at = order.value.indexOf(node);
      if (at < 0) return;
      page.value = Math.floor(at / PAGE);
      // After the row is rendered. Scroll to its first cell, which is always visible, so that nothing moves sideways.
      queueMicrotask(() =>
        host.querySelector("tr.current")?.firstElementChild?.scrollIntoView({ block: "nearest", inline: "nearest" }),
      );
    });
  });
  effect(() => {
    void order.value;
    untracked(() => (said.value = ""));
  });
}

/** Selecting by pointer does not move the focus, so the arrow keys still step through time. @param {Event} event */
const keepFocus = (event) => event.target instanceof Element && event.target.closest("tbody") && event.preventDefault();
