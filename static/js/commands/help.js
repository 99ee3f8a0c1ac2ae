/** Commands that open the help. @typedef {import("./command.js").Command} Command */

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function help({ store }) {
  return [
    {
      id: "help",
      family: "page",
      label: "Help",
      keys: ["?"],
      place: "header",
      run: () => (store.dialog.value = "help"),
    },
    {
      id: "firstSteps",
      family: "page",
      label: "Show the first steps",
      keys: [],
      place: "more",
      run: () => {
        store.dialog.value = "";
        store.sheet.value = "";
        store.present.value = false;
        store.firstStep.value = 1;
      },
    },
  ];
}
