/**
 * Collapsible sections of a panel. Their state is kept for other nodes and the next visit. Closed sections are not
 * rendered, since formulas cost time even when invisible.
 * @typedef {object} Section
 * @property {string} kind  the state is remembered per kind
 * @property {string | number} [row]  index among several of one kind on a node; each opens separately
 * @property {boolean} [open]  the initial state
 * @property {boolean} [many]  there are so many rows that each starts closed
 * @property {unknown} heading
 * @property {unknown} [aside]  its number, shown open or closed
 * @property {() => unknown} content
 * @property {number} [edge]  index of the edge it is about
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { recall, remember } from "../../edits/storage.js";

const KEY = "backlit-sections";

/** @typedef {ReturnType<typeof createSections>} Sections */

export function createSections() {
  const kept = signal(read());
  /** Which sections are open on the current node: the state when it was selected, with the changes since. */
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
    /** @param {string} id of the node to show */
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
        // Render the content before opening.
        event.preventDefault();
        set(section, !open);
      };
      return html`<details class=${`part part-${section.kind}`} ?open=${open} data-edge=${section.edge ?? nothing}>
        <summary @click=${toggle}><span class="part-head">${section.heading}</span>${
          section.aside ? html`<span class="part-aside">${section.aside}</span>` : null
        }</summary>
        ${open ? section.content() : null}
      </details>`;
    },
  };
}

/** @returns {Record<string, boolean>} the stored state, ignoring invalid entries */
function read() {
  try {
    const found = JSON.parse(recall(KEY) ?? "{}");
    return Object.fromEntries(Object.entries(found ?? {}).filter(([, open]) => typeof open === "boolean"));
  } catch {
    return {};
  }
}
