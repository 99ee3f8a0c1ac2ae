/**
 * The editor of the backward pass: CodeMirror, loaded when its tab is first opened. A gutter marks each graded line.
 * @typedef {import("../../store.js").Store} Store
 */
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, GutterMarker, gutter, placeholder } from "@codemirror/view";
import { effect } from "@preact/signals-core";
import { marksOf, SIGNS } from "../../queries/grading.js";
import { codeField, rewrite } from "../kit/codefield.js";

/** @type {import("@codemirror/state").StateEffectType<Map<number, import("../../queries/grading.js").Mark>>} */
const setMarks = StateEffect.define();

const marks = StateField.define({
  create: () => /** @type {Map<number, import("../../queries/grading.js").Mark>} */ (new Map()),
  update: (held, transaction) =>
    transaction.effects.reduce((found, change) => (change.is(setMarks) ? change.value : found), held),
});

class Sign extends GutterMarker {
  /** @param {import("../../queries/grading.js").Mark} mark */
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
 * @param {import("../../edits/edits.js").Edits} edits  the editor uses the page's history
 * @param {string} nonce
 */
export function createBackwardEditor(host, store, edits, nonce) {
  const view = new EditorView({
    parent: host,
    doc: store.backward.peek(),
    extensions: [
      codeField("Your backward pass", nonce, edits, (text) => (store.backward.value = text)),
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
      EditorView.lineWrapping,
    ],
  });

  effect(() => rewrite(view, store.backward.value));

  effect(() => view.dispatch({ effects: setMarks.of(marksOf(store.grading.value, store.backward.value)) }));
}
