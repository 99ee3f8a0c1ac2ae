/**
 * Examples out of a table: pasted, dropped or opened; its first rows, what each column is, and what is wrong with it.
 * @typedef {import("../../../store.js").Store} Store
 * @typedef {import("../../../points/csv.js").Table} Table
 * @typedef {import("../../../points/points.js").Points} Points
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { CsvError, pointsIn, readCsv } from "../../../points/csv.js";

/** Rows that are shown. */
const SHOWN = 5;
/** @type {Record<import("../../../points/csv.js").Part, string>} */
const PARTS = { input: "input", target: "target", out: "left out" };

/** @param {() => T} make @template T @returns {{found: T, wrong: ""} | {found: null, wrong: string}} */
function attempt(make) {
  try {
    return { found: make(), wrong: "" };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { found: null, wrong: error.message };
  }
}

/** @param {HTMLElement} host @param {Store} store @param {(points: Points) => void} take */
export function createTableOfExamples(host, store, take) {
  /** What the reader chose its columns to be. */
  const parts = signal(/** @type {Table["parts"] | null} */ (null));
  const table = computed(() => {
    const given = store.csv.value;
    return given === null || given.text.trim() === "" ? null : attempt(() => readCsv(given.text));
  });
  const chosen = computed(() => {
    const found = table.value?.found ?? null;
    return found && { ...found, parts: parts.value?.length === found.parts.length ? parts.value : found.parts };
  });
  const points = computed(() => {
    const found = chosen.value;
    return found && attempt(() => pointsIn(found));
  });
  effect(() => {
    void store.csv.value;
    parts.value = null;
  });

  /** @param {number} column @param {Table["parts"][number]} part */
  function set(column, part) {
    const now = chosen.peek()?.parts ?? [];
    // There is one target.
    parts.value = now.map((each, k) => (k === column ? part : part === "target" && each === "target" ? "input" : each));
  }

  /** @param {Table} of */
  const preview = ({ head, rows, parts, left }) =>
    html`<div class="csv-scroll" tabindex="0" role="region" aria-label="The first rows"><table>
      <thead>
        <tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        <tr>${head.map(
          (name, column) => html`<td><select aria-label=${`What ${name} is`} @change=${(/** @type {Event} */ event) =>
            set(column, /** @type {Table["parts"][number]} */ (/** @type {HTMLSelectElement} */ (event.target).value))}>
            ${Object.entries(PARTS).map(
              ([part, title]) => html`<option value=${part} .selected=${part === parts[column]}>${title}</option>`,
            )}</select></td>`,
        )}</tr>
      </thead>
      <tbody>${rows
        .slice(0, SHOWN)
        .map(({ cells }) => html`<tr>${cells.map((cell, k) => html`<td class=${parts[k]}>${cell}</td>`)}</tr>`)}</tbody>
    </table></div>
    <p class="dim">${rows.length > SHOWN ? `… ${rows.length} rows in all.` : `${rows.length} rows.`}${
      left > 0 ? ` The ${left} after them are left out: a program holds ${rows.length}.` : ""
    }</p>`;

  effect(() => {
    const given = store.csv.value;
    const [read, now, found] = [table.value, chosen.value, points.value];
    const wrong = read?.wrong || found?.wrong || "";
    render(
      given === null
        ? html`<button type="button" class="add" @click=${() =>
            (store.csv.value = { name: "", text: "" })}>Paste or open a table (CSV) …</button>`
        : html`<div class="csv" role="group" aria-label="Examples from a table">
            ${
              given.name === ""
                ? html`<textarea class="field" rows="4" spellcheck="false" aria-label="Comma-separated values"
                  placeholder="width,length,kind&#10;1.2,0.4,round" .value=${given.text}
                    @input=${(/** @type {Event} */ event) =>
                      (store.csv.value = {
                        name: "",
                        text: /** @type {HTMLTextAreaElement} */ (event.target).value,
                      })}></textarea>`
                : html`<p><b>${given.name}</b></p>`
            }
            ${now ? preview(now) : null}
            ${wrong ? html`<p class="refusal" role="alert">${wrong}</p>` : null}
            <p class="csv-buttons">
              ${
                now
                  ? html`<button type="button" class="hot" ?disabled=${!found?.found}
                    @click=${() => found?.found && take(found.found)}>Take these ${now.rows.length} examples</button>`
                  : html`<button type="button" @click=${() => store.picking.value++}>Open a file …</button>`
              }
              <button type="button" class="quiet" @click=${() => (store.csv.value = null)}>Cancel</button>
            </p>
          </div>`,
      host,
    );
  });
}
