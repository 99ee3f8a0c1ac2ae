/** Opens files that are dropped onto the page or chosen in the file picker. */
import { effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { ACCEPTED, openFile } from "../../edits/files.js";

/**
 * @param {HTMLElement} host  covers the page during a drag
 * @param {import("../../store.js").Store} store
 * @param {import("../../session.js").Session} session
 */
export function createDrop(host, store, session) {
  const over = signal(false);
  let left = 0;
  /** @param {"dragover" | "drop"} type @param {(files: DataTransfer) => void} handle */
  const onFiles = (type, handle) => {
    /** @param {DragEvent} event */
    const listener = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.stopPropagation();
      clearTimeout(left);
      handle(event.dataTransfer);
    };
    // Before the editor, which would insert the file's text where it was dropped.
    addEventListener(type, listener, { capture: true });
  };
  onFiles("dragover", () => {
    over.value = true;
    // dragleave fires for every element on the way, so the end of a drag is recognized by dragover events stopping.
    left = window.setTimeout(() => (over.value = false), 300);
  });
  onFiles("drop", ({ files: [file] }) => {
    over.value = false;
    if (file) void openFile(store, session, file);
  });

  effect(() => {
    render(
      over.value
        ? html`<div class="drop-sign"><p><b>Drop to open</b><span>a Python file (.py), a notebook (.ipynb) or examples (.csv)</span></p></div>`
        : nothing,
      host,
    );
  });

  const picker = document.createElement("input");
  picker.type = "file";
  picker.accept = ACCEPTED;
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    // So that the same file can be chosen again after a change.
    if (file) void openFile(store, session, file).then(() => (picker.value = ""));
  });
  let asked = 0;
  effect(() => {
    if (store.picking.value === asked) return;
    asked = store.picking.value;
    picker.click();
  });
}
