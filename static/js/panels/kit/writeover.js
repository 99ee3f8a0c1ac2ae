/**
 * Makes the editor itself replace a selection when the reader types over it.
 *
 * By default Chromium replaces the selection in the DOM and keeps its look by wrapping the new text in an element with
 * a style attribute, such as the colour of a number or the background of a matching bracket. CodeMirror would discard
 * that at once, but by then the content security policy has reported it.
 */
import { EditorView } from "@codemirror/view";

/** @param {EditorView} view @param {string} text  handled like typed text, including input handlers */
function write(view, text) {
  const { from, to } = view.state.selection.main;
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert)))
    view.dispatch(insert());
}

export const writeOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data, cancelable }, view) {
    if (inputType !== "insertText" || data === null || !cancelable || view.composing || view.state.selection.main.empty)
      return false;
    write(view, data);
    return true;
  },
  // Composition (IME) cannot be intercepted: delete the selection first, so that nothing needs replacing.
  compositionstart(_, view) {
    if (!view.state.selection.main.empty) view.dispatch(view.state.replaceSelection(""), { userEvent: "input" });
    return false;
  },
});
