/**
 * The card beside the element pointed at: its arithmetic, in names and in numbers.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { indexOf, standBeside } from "../../trace/elements.js";
import { called } from "../../timeline/sentence.js";
import { shownName } from "../kit/name.js";

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {HTMLElement} header which the card does not cover
 * @param {import("../kit/maths.js").Maths} maths
 */
export function createCellCard(host, store, header, maths) {
  effect(() => {
    const [pointed, account, trace] = [store.pointed.value, store.account.value, store.visibleTrace.value];
    const node = account && trace?.nodes[trace.byId.get(account.id) ?? -1];
    host.hidden = !pointed || !account || !node;
    if (!pointed || !account || !node) return;
    const { answer, of, place, status } = account;
    const index = indexOf(place, node.shape);
    const element = node.shape.some((size) => size > 1) ? `[${index.join(",")}]` : "";
    const names = new Set(trace.nodes.flatMap(({ name, gradName }) => (name === null ? [] : [name, gradName])));
    render(
      html`<p class="cell-head"><b>${shownName(called(node))}${element}</b> <span class=${`say-${of}`}>${of === "value" ? "value" : "gradient"}</span></p>
        ${
          answer === null
            ? html`<p class="dim">${status}</p>`
            : html`${
                plain(answer.rule) === plain(answer.text).split(" = ")[0]
                  ? null
                  : html`<p class="cell-rule">${maths(latexOf(answer.rule), sum(answer.rule, names))}</p>`
              }
              <p class="cell-sum">${maths(latexOf(answer.text), sum(answer.text, names))}</p>`
        }`,
      host,
    );
    const { left, top } = standBeside(
      pointed.box,
      { width: host.offsetWidth, height: host.offsetHeight },
      { width: innerWidth, height: innerHeight },
      [...store.involved.value, header.getBoundingClientRect()],
    );
    host.style.setProperty("left", `${left}px`);
    host.style.setProperty("top", `${top}px`);
  });
}

/** @param {import("../../wire.d.ts").AccountPart[]} parts */
const latexOf = (parts) =>
  parts.map(({ latex, tone }) => (tone ? `\\htmlClass{say-${tone}}{${latex}}` : latex)).join("");

/** @param {import("../../wire.d.ts").AccountPart[]} parts */
const plain = (parts) => parts.map(({ text }) => text).join("");

/**
 * Breaks a sum between its terms. Only names of the program are typeset; names invented for its parts are shown as in
 * code.
 * @param {import("../../wire.d.ts").SentencePart[]} parts @param {Set<string>} names
 */
function sum(parts, names) {
  /** @type {import("../../wire.d.ts").SentencePart[][]} */
  const terms = [[]];
  for (const part of parts) {
    if (/^ [+=]/.test(part.text)) terms.push([]);
    terms.at(-1)?.push(part);
  }
  return terms.map(
    (term) =>
      html`<span class="term">${term.map(({ text, tone }, i) => {
        const shown = names.has(text.replace(/\[.*/, "")) ? shownName(text) : i === 0 ? text.trimStart() : text;
        return tone ? html`<span class=${`say-${tone}`}>${shown}</span>` : shown;
      })}</span> `,
  );
}

/**
 * Makes the elements of a panel's tables explain themselves: by pointer, by focus, and by arrow keys within a table.
 * @param {HTMLElement} host @param {Store} store
 */
export function pointAtCells(host, store) {
  /** @param {EventTarget | null} target */
  const cellOf = (target) =>
    target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("button[data-place]")) : null;
  /** @param {Event} event */
  const point = (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const { id = "", place, of } = cell.dataset;
    const { left, top, right, bottom } = cell.getBoundingClientRect();
    store.pointed.value = {
      id,
      place: Number(place),
      of: of === "grad" ? "grad" : "value",
      box: { left, top, right, bottom },
    };
  };
  /** @param {Event} event */
  const leave = (event) => {
    if (cellOf(event.target)) store.pointed.value = null;
  };
  host.addEventListener("pointerover", point);
  host.addEventListener("focusin", point);
  host.addEventListener("pointerout", leave);
  host.addEventListener("focusout", leave);
  host.addEventListener("scroll", () => (store.pointed.value = null), { passive: true });
  host.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    if (event.key === "Escape") {
      store.pointed.value = null;
      return;
    }
    const row = /** @type {HTMLTableRowElement} */ (cell.closest("tr"));
    const column = /** @type {HTMLTableCellElement} */ (cell.closest("td")).cellIndex;
    const table = /** @type {HTMLTableElement} */ (cell.closest("table"));
    const to = {
      ArrowLeft: row.cells[column - 1],
      ArrowRight: row.cells[column + 1],
      ArrowUp: table.rows[row.rowIndex - 1]?.cells[column],
      ArrowDown: table.rows[row.rowIndex + 1]?.cells[column],
    }[event.key]?.querySelector("button");
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!to) return;
    cell.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
}
