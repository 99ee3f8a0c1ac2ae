/**
 * The program editor: CodeMirror, loaded separately from the page. Marks errors and the line of the current step.
 * @typedef {import("../../store.js").Store} Store
 */
import { autocompletion, closeCompletion, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { setDiagnostics } from "@codemirror/lint";
import { Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import { effect } from "@preact/signals-core";
import { codeField, rewrite } from "../kit/codefield.js";
import { throttledEffect } from "../kit/throttled_effect.js";

/** @type {import("@codemirror/state").StateEffectType<{line: number, way: "forward" | "backward"} | null>} */
const setLine = StateEffect.define();

const currentLine = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const change of transaction.effects) {
      if (!change.is(setLine)) continue;
      const { doc } = transaction.state;
      const { value } = change;
      next =
        value === null || value.line > doc.lines
          ? Decoration.none
          : Decoration.set([Decoration.line({ class: `step-line ${value.way}` }).range(doc.line(value.line).from)]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {import("../../session.js").Session} session
 * @param {import("../../edits/edits.js").Edits} edits  the editor uses the page's history
 * @param {ReturnType<typeof import("../../edits/pasted_cells.js").createPastedCells>} cells
 * @param {string} nonce allows the editor's style sheet under the content security policy
 */
export function createEditor(host, store, session, edits, cells, nonce) {
  /** @param {import("@codemirror/autocomplete").CompletionContext} context */
  const complete = (context) => {
    const word = context.matchBefore(/[A-Za-z_]\w*/);
    const ops = store.ops.peek();
    if (!ops || !word || (word.from === word.to && !context.explicit)) return null;
    return {
      from: word.from,
      options: [...ops.ops.filter(({ signature }) => signature.includes("(")), ...ops.functions].map(
        ({ name, signature, summary }) => ({
          label: name,
          detail: signature.slice(name.length),
          info: summary,
          type: "function",
        }),
      ),
    };
  };

  const view = new EditorView({
    parent: host,
    doc: store.program.peek(),
    extensions: [
      autocompletion({ override: [complete], icons: false, defaultKeymap: false }),
      // Escape closes a visible list; one that is still loading must not keep the focus in the editor.
      Prec.highest(
        keymap.of([
          ...completionKeymap.filter(({ key }) => key !== "Escape"),
          { key: "Escape", run: (target) => completionStatus(target.state) === "active" && closeCompletion(target) },
        ]),
      ),
      codeField("Program", nonce, edits, (text, former) => {
        if (former !== null) cells.replace(former, text);
        session.type(text);
      }),
      currentLine,
    ],
  });

  effect(() => rewrite(view, store.program.value));

  effect(() => {
    const { errors = [], missing = [] } = store.problem.value ?? {};
    const { doc } = view.state;
    const diagnostics = errors.flatMap(({ message, line, column, hint }) => {
      if (line === null || line > doc.lines) return [];
      const { from, to, text } = doc.line(line);
      // An error about a missing value has no column: find the name in the line.
      const lacking = missing.find((each) => each.line === line && message.startsWith(each.name))?.name;
      const at = column ?? (lacking === undefined ? 0 : text.search(new RegExp(`(?<!\\w)${lacking}(?!\\w)`))) + 1;
      const start = Math.min(to, from + Math.max(0, at - 1));
      const word = /^(\w+|\S)/.exec(text.slice(start - from))?.[0].length ?? 0;
      // At the end of a line, underline the character before.
      const range =
        word > 0 ? { from: start, to: start + word } : { from: Math.max(from, start - 1), to: Math.max(start, from) };
      return [{ ...range, severity: /** @type {const} */ ("error"), message: hint ? `${message} ${hint}` : message }];
    });
    view.dispatch(setDiagnostics(view.state, diagnostics));
  });

  let lit = "";
  throttledEffect(store, () => {
    const { visibleTrace, traced, program, cues, step, shownUpdate } = store;
    const now = cues.value?.steps[step.value];
    const line =
      now && now.phase !== "start" && traced.value === program.value && shownUpdate.value === ""
        ? (visibleTrace.value?.nodes[now.node].line ?? null)
        : null;
    const way = now?.phase === "forward" ? "forward" : "backward";
    // Every dispatch makes the editor measure the page.
    const wanted = `${line} ${way} ${program.value}`;
    if (wanted === lit) return;
    lit = wanted;
    /** @type {import("@codemirror/state").StateEffect<unknown>[]} */
    const effects = [setLine.of(line === null ? null : { line, way })];
    // Do not scroll while the reader is typing.
    if (line !== null && line <= view.state.doc.lines && !view.hasFocus) {
      effects.push(EditorView.scrollIntoView(view.state.doc.line(line).from, { y: "nearest", yMargin: 24 }));
    }
    view.dispatch({ effects });
  });

  return {
    /** @param {number} line @param {number | null} column */
    goTo(line, column) {
      const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      const anchor = Math.min(to, from + Math.max(0, (column ?? 1) - 1));
      view.dispatch({ selection: { anchor }, scrollIntoView: true });
      view.focus();
    },
  };
}
