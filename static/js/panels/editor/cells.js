/** The dialog for choosing a notebook's cells. Loaded when the first notebook is opened. */
import { effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { refused, show } from "../../edits/files.js";
import { joined } from "../../edits/notebook.js";

/** Most lines shown of a cell. */
const SHOWN = 4;

/**
 * @param {import("../../store.js").Store} store @param {import("../../session.js").Session} session
 * @returns {() => unknown} the dialog's body
 */
export function createCells(store, session) {
  const chosen = signal(/** @type {ReadonlySet<import("../../edits/notebook.js").Cell>} */ (new Set()));
  const reasons = signal(/** @type {Map<import("../../edits/notebook.js").Cell, string> | null} */ (null));

  effect(() => {
    const { cells } = store.notebook.value ?? { cells: [] };
    chosen.value = new Set(cells);
    reasons.value = null;
    if (cells.length === 0) return;
    void refused(cells).then(
      (found) => {
        if (store.notebook.peek()?.cells !== cells) return;
        reasons.value = found;
        // If nothing runs, the reader sees why in the program itself.
        if (found.size < cells.length) chosen.value = new Set([...chosen.peek()].filter((cell) => !found.has(cell)));
      },
      () => (reasons.value = new Map()),
    );
  });

  /** @param {import("../../edits/notebook.js").Cell} cell */
  const toggle = (cell) => {
    const next = new Set(chosen.peek());
    if (!next.delete(cell)) next.add(cell);
    chosen.value = next;
  };

  return () => {
    const { name, cells } = store.notebook.value ?? { name: "", cells: [] };
    const count = chosen.value.size;
    const found = reasons.value;
    /** @param {Event} event */
    const open = (event) => {
      event.preventDefault();
      show(store, session, name, joined(cells.filter((cell) => chosen.peek().has(cell))));
      store.dialog.value = "";
    };
    let heading = "";
    return html`<form class="cells-form" @submit=${open}>
      <p class="dim" role="status">${
        found === null
          ? "Checking which cells run here …"
          : found.size === 0
            ? `All cells of ${name} run here.`
            : `${found.size} of ${cells.length} cells of ${name} do not run here.`
      }</p>
      <ol class="notebook">
        ${cells.map((cell, i) => {
          const lines = cell.source.split("\n");
          const fresh = cell.heading !== heading;
          heading = cell.heading;
          const reason = found?.get(cell);
          return html`<li>
            ${fresh && heading ? html`<h3>${heading}</h3>` : nothing}
            <label class="cell"><input type="checkbox" .checked=${chosen.value.has(cell)}
              aria-label=${`Cell ${i + 1}: ${lines[0]}`} @change=${() => toggle(cell)} />
              <span><code>${lines.slice(0, SHOWN).join("\n")}${
                lines.length > SHOWN ? `\n… ${lines.length - SHOWN} more` : ""
              }</code>
                ${reason ? html`<span class="reason">${reason}</span>` : nothing}</span></label>
          </li>`;
        })}
      </ol>
      <p class="row-end"><button type="button" @click=${() =>
        (chosen.value = new Set(
          count < cells.length ? cells : [],
        ))}>${count < cells.length ? "Choose all" : "Choose none"}</button>
        <button class="hot" type="submit"
          ?disabled=${count === 0}>Open ${count} ${count === 1 ? "cell" : "cells"}</button></p>
    </form>`;
  };
}
