/**
 * Writing over a selection is the editor's own doing.
 *
 * Left to itself, Chromium replaces what is selected in the page, and keeps its look for what is written: it wraps that
 * into an element with a style attribute of its own, here the colour of a number or the ground of a matching bracket.
 * CodeMirror would throw that away at once, but the page's policy has seen and reported it by then.
 */
import { EditorView } from "@codemirror/view";

/** @param {EditorView} view @param {string} text as if it had been typed: whoever handles typing is asked first */
function write(view, text) {
  const { from, to } = view.state.selection.main;
  const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
}

export const writeOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data, cancelable }, view) {
    if (inputType !== "insertText" || data === null || !cancelable || view.composing || view.state.selection.main.empty) return false;
    write(view, data);
    return true;
  },
  // What is composed cannot be taken over: it is to find nothing that has to be replaced.
  compositionstart(_, view) {
    if (!view.state.selection.main.empty) view.dispatch(view.state.replaceSelection(""), { userEvent: "input" });
    return false;
  },
});
