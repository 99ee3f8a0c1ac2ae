/** The CodeMirror setup shared by all code fields, loaded separately from the page. */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { difference } from "../../edits/history.js";
import { writeOver } from "./writeover.js";

const COLOURS = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.moduleKeyword, tags.definitionKeyword],
    color: "var(--code-keyword)",
  },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-call)" },
  { tag: [tags.number, tags.bool], color: "var(--code-number)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--code-comment)" },
]);

/**
 * @param {string} label
 * @param {string} nonce  allows the editor's style sheet under the content security policy
 * @param {import("../../edits/edits.js").Edits} edits  the editor uses the page's history
 * @param {(text: string) => void} onText
 * @returns {import("@codemirror/state").Extension[]}
 */
export const codeField = (label, nonce, edits, onText) => [
  lineNumbers(),
  drawSelection(),
  bracketMatching(),
  closeBrackets(),
  writeOver,
  indentUnit.of("    "),
  python(),
  syntaxHighlighting(COLOURS),
  // Tab is left to the page, so that keyboard users can leave the field.
  keymap.of([...closeBracketsKeymap, ...defaultKeymap]),
  EditorView.cspNonce.of(nonce),
  EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
  EditorView.domEventHandlers({
    // Undo and redo from the browser's menus; the keys are commands of the page.
    beforeinput: ({ inputType }) => {
      if (inputType !== "historyUndo" && inputType !== "historyRedo") return false;
      edits[inputType === "historyUndo" ? "undo" : "redo"]();
      return true;
    },
  }),
  EditorView.updateListener.of((update) => {
    if (update.docChanged) onText(update.state.doc.toString());
  }),
];

/** @param {EditorView} view @param {string} wanted the new text: only the difference is written, so that the cursor keeps its position or moves to what was undone */
export function rewrite(view, wanted) {
  const text = view.state.doc.toString();
  if (wanted === text) return;
  const { from, removed, inserted } = difference(text, wanted);
  const changes = { from, to: from + removed.length, insert: inserted };
  view.dispatch(
    view.hasFocus ? { changes, selection: { anchor: from + inserted.length }, scrollIntoView: true } : { changes },
  );
}
