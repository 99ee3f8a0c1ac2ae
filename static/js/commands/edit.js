/** Commands for the reader's own work. @typedef {import("./command.js").Command} Command */
import { DEFAULT } from "../examples.js";

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function edit({ store, session, edits }) {
  return [
    {
      id: "undo",
      family: "program",
      label: "Undo",
      keys: ["Mod+z"],
      anywhere: true,
      place: "header",
      enabled: () => edits.canUndo.value,
      run: edits.undo,
    },
    {
      id: "redo",
      family: "program",
      label: "Redo",
      keys: ["Mod+Shift+z", "Mod+y"],
      anywhere: true,
      place: "header",
      enabled: () => edits.canRedo.value,
      run: edits.redo,
    },
    {
      id: "openFile",
      family: "program",
      label: "Open a file …",
      keys: ["Mod+o"],
      anywhere: true,
      place: "more",
      run: () => store.picking.value++,
    },
    {
      id: "startOver",
      family: "program",
      label: "Start over",
      keys: [],
      place: "more",
      run: () => {
        store.leftTab.value = "program";
        session.open(DEFAULT);
      },
    },
  ];
}
