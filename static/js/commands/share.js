/** Commands for sharing and exporting. @typedef {import("./command.js").Command} Command */

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function share({ store }) {
  return [
    {
      id: "share",
      family: "page",
      label: "Share",
      keys: ["s"],
      place: "header",
      run: () => (store.dialog.value = "share"),
    },
    {
      id: "export",
      family: "page",
      label: "Export",
      keys: ["x"],
      place: "header",
      enabled: () => store.layout.value !== null,
      run: () => (store.dialog.value = "export"),
    },
  ];
}
