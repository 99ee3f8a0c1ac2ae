/** Commands for the page as a whole. @typedef {import("./command.js").Command} Command */
import { fold } from "../store/page.js";

/** The order in which the theme command changes themes. */
const NEXT = /** @type {const} */ ({ auto: "dark", dark: "light", light: "auto" });

const SIDES = /** @type {const} */ ([
  { side: "left", key: "[", id: "foldLeft" },
  { side: "right", key: "]", id: "foldRight" },
]);

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
    ...SIDES.map(({ side, key, id }) => ({
      id,
      family: /** @type {const} */ ("page"),
      label: `Fold the ${side} panel, or unfold it`,
      keys: [key],
      shown: () => !store.present.value,
      pressed: () => store.folded.value.has(side),
      run: () => fold(store, side, !store.folded.peek().has(side)),
    })),
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
