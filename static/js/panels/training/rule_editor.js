/** The editor of an optimizer: CodeMirror, loaded when it is first looked at. */
import { EditorView } from "@codemirror/view";
import { effect } from "@preact/signals-core";
import { codeField, rewrite } from "../kit/codefield.js";

/**
 * @param {HTMLElement} host
 * @param {import("@preact/signals-core").ReadonlySignal<string>} text  what it shows
 * @param {(text: string) => void} onText  takes what is written
 * @param {import("../../edits/edits.js").Edits} edits  the editor uses the page's history
 * @param {string} nonce
 * @returns {() => void} takes it away again
 */
export function createRuleEditor(host, text, onText, edits, nonce) {
  const view = new EditorView({
    parent: host,
    doc: text.peek(),
    extensions: [codeField("The optimizer", nonce, edits, onText), EditorView.lineWrapping],
  });
  const stop = effect(() => rewrite(view, text.value));
  return () => {
    stop();
    view.destroy();
  };
}
