/**
 * Sections of a panel that open and close. What the reader opens or closes stays so, on the next node and the next visit.
 * What is closed is not rendered: formulas cost time, also those that nobody sees.
 * @typedef {object} Section
 * @property {string} kind  what is remembered is remembered of all of a kind
 * @property {string | number} [row]  of several of its kind on one node; each opens by itself
 * @property {boolean} [open]  as long as the reader has not said otherwise
 * @property {boolean} [many]  so many rows that they stand closed until each is opened
 * @property {unknown} heading
 * @property {unknown} [aside]  its number, which stands there open or closed
 * @property {() => unknown} content
 * @property {number} [edge]  in the trace, that it tells of
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { recall, remember } from "../../edits/storage.js";

const KEY = "backlit-sections";

/** @typedef {ReturnType<typeof createSections>} Sections */

export function createSections() {
  const kept = signal(read());
  /** What is open on the node at hand: rows keep to what was so when it came, and to what is done with them since. */
  let node = "";
  let before = kept.peek();
  /** @type {Map<string, boolean>} */
  let own = new Map();

  /** @param {Pick<Section, "kind" | "row" | "open" | "many">} section */
  function isOpen({ kind, row, open = false, many = false }) {
    const now = kept.value;
    if (row === undefined) return now[kind] ?? open;
    return own.get(`${kind} ${row}`) ?? (!many && (before[kind] ?? open));
  }

  /** @param {Pick<Section, "kind" | "row">} section @param {boolean} open */
  function set({ kind, row }, open) {
    own.set(`${kind} ${row}`, open);
    kept.value = { ...kept.peek(), [kind]: open };
    remember(KEY, JSON.stringify(kept.peek()));
  }

  return {
    /** @param {string} id of the node that is shown from now on */
    show(id) {
      if (id === node) return;
      node = id;
      before = kept.peek();
      own = new Map();
    },
    isOpen,
    /** @param {Section} section */
    section(section) {
      const open = isOpen(section);
      /** @param {Event} event */
      const toggle = (event) => {
        // It opens with its content, not a moment before it.
        event.preventDefault();
        set(section, !open);
      };
      return html`<details class=${`part part-${section.kind}`} ?open=${open} data-edge=${section.edge ?? nothing}>
        <summary @click=${toggle}><span class="part-head">${section.heading}</span>${section.aside ? html`<span class="part-aside">${section.aside}</span>` : null}</summary>
        ${open ? section.content() : null}
      </details>`;
    },
  };
}

/** @returns {Record<string, boolean>} what was kept; anything else than that is not */
function read() {
  try {
    const found = JSON.parse(recall(KEY) ?? "{}");
    return Object.fromEntries(Object.entries(found ?? {}).filter(([, open]) => typeof open === "boolean"));
  } catch {
    return {};
  }
}
