/** Commands for the page as a whole. @typedef {import("./command.js").Command} Command */

/** The order in which the theme command changes themes. */
const NEXT = /** @type {const} */ ({ auto: "dark", dark: "light", light: "auto" });

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function page({ store }) {
  return [
    {
      id: "theme",
      family: "page",
      label: "Change theme",
      keys: ["t"],
      run: () => (store.theme.value = NEXT[store.theme.peek()]),
    },
    {
      id: "release",
      family: "page",
      label: "Close or deselect",
      keys: ["Escape"],
      run: () => {
        if (store.dialog.peek()) store.dialog.value = "";
        else if (store.firstStep.peek() > 0) store.firstStep.value = 0;
        else if (store.sheet.peek()) store.sheet.value = "";
        else if (store.present.peek()) store.present.value = false;
        else store.selection.value = null;
      },
    },
  ];
}
