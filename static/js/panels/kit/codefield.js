/** The CodeMirror setup shared by all code fields, loaded separately from the page. */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
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
 * @param {import("@codemirror/state").ChangeSet} changes
 * @param {number} length  of the text before
 * @returns {boolean} whether nothing of it is left
 */
function replacesAll(changes, length) {
  let all = length === 0;
  changes.iterChangedRanges((from, to) => (all ||= from === 0 && to === length));
  return all;
}

/**
 * A text that is pasted over another is shown from its beginning. Scrolled to the cursor at its end, it would begin
 * with the middle of each line.
 * @param {import("@codemirror/state").Transaction} transaction
 */
const fromTheBeginning = (transaction) =>
  transaction.isUserEvent("input.paste") && replacesAll(transaction.changes, transaction.startState.doc.length)
    ? { changes: transaction.changes, selection: transaction.newSelection, userEvent: "input.paste" }
    : transaction;

/**
 * @param {string} label
 * @param {string} nonce  allows the editor's style sheet under the content security policy
 * @param {import("../../edits/edits.js").Edits} edits  the editor uses the page's history
 * @param {(text: string, former: string | null) => void} onText  former: the text of which nothing is left, because
 *   another was pasted over it, or it was deleted
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
  EditorState.transactionFilter.of(fromTheBeginning),
  EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    const former = update.startState.doc;
    const pasted = update.transactions.some((each) => each.isUserEvent("input.paste"));
    const deleted = update.transactions.some((each) => each.isUserEvent("delete"));
    const all = (pasted || deleted) && replacesAll(update.changes, former.length);
    if (all && pasted) update.view.scrollDOM.scrollTo(0, 0);
    onText(update.state.doc.toString(), all ? former.toString() : null);
  }),
];

/**
 * @param {EditorView} view
 * @param {string} wanted the new text: only the difference is written, so that the cursor keeps its position or moves
 *   to what was undone
 */
export function rewrite(view, wanted) {
  const text = view.state.doc.toString();
  if (wanted === text) return;
  const { from, removed, inserted } = difference(text, wanted);
  const changes = { from, to: from + removed.length, insert: inserted };
  view.dispatch(
    view.hasFocus ? { changes, selection: { anchor: from + inserted.length }, scrollIntoView: true } : { changes },
  );
}
