/**
 * The editor of the backward pass: CodeMirror, loaded when its tab is first opened. A gutter marks each graded line.
 * @typedef {import("../store.js").Store} Store
 */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, GutterMarker, drawSelection, gutter, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { effect } from "@preact/signals-core";
import { marksOf } from "../grading.js";
import { difference } from "../history.js";
import { colours } from "./editor.js";

const SIGNS = { right: "✓", wrong: "✗", follows: "↳" };

/** @type {import("@codemirror/state").StateEffectType<Map<number, import("../grading.js").Mark>>} */
const setMarks = StateEffect.define();

const marks = StateField.define({
  create: () => /** @type {Map<number, import("../grading.js").Mark>} */ (new Map()),
  update: (held, transaction) => transaction.effects.reduce((found, change) => (change.is(setMarks) ? change.value : found), held),
});

class Sign extends GutterMarker {
  /** @param {import("../grading.js").Mark} mark */
  constructor(mark) {
    super();
    this.mark = mark;
  }

  /** @override @param {Sign} other */
  eq(other) {
    return this.mark === other.mark;
  }

  /** @override */
  toDOM() {
    const sign = document.createElement("span");
    sign.className = this.mark;
    sign.textContent = SIGNS[this.mark];
    return sign;
  }
}

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {import("../edits.js").Edits} edits  the page's one history is also this editor's
 * @param {string} nonce
 */
export function createBackwardEditor(host, store, edits, nonce) {
  const view = new EditorView({
    parent: host,
    doc: store.backward.peek(),
    extensions: [
      lineNumbers(),
      marks,
      gutter({
        class: "cm-verdicts",
        lineMarker: (view, line) => {
          const mark = view.state.field(marks).get(view.state.doc.lineAt(line.from).number);
          return mark === undefined ? null : new Sign(mark);
        },
        lineMarkerChange: (update) => update.startState.field(marks) !== update.state.field(marks),
        initialSpacer: () => new Sign("right"),
      }),
      placeholder("dy = 1"),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      indentUnit.of("    "),
      python(),
      syntaxHighlighting(colours),
      // Tab stays with the page: who types here must also be able to leave by keyboard.
      keymap.of([...closeBracketsKeymap, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({ "aria-label": "Your backward pass", tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
      EditorView.domEventHandlers({
        beforeinput: ({ inputType }) => {
          if (inputType !== "historyUndo" && inputType !== "historyRedo") return false;
          edits[inputType === "historyUndo" ? "undo" : "redo"]();
          return true;
        },
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) store.backward.value = update.state.doc.toString();
      }),
    ],
  });

  effect(() => {
    const wanted = store.backward.value;
    const text = view.state.doc.toString();
    if (wanted === text) return;
    const { from, removed, inserted } = difference(text, wanted);
    const changes = { from, to: from + removed.length, insert: inserted };
    view.dispatch(view.hasFocus ? { changes, selection: { anchor: from + inserted.length }, scrollIntoView: true } : { changes });
  });

  effect(() => view.dispatch({ effects: setMarks.of(marksOf(store.grading.value, store.backward.value)) }));
}
