/** Commands while presenting. @typedef {import("./command.js").Command} Command */

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function presenting({ store, session }) {
  const on = () => store.present.value;
  /** @param {number} by offset in the list of examples; from a program of the reader's own, to the first or last */
  const open = (by) => () => {
    const list = store.programs.peek();
    const at = list.findIndex(({ program }) => program === store.opened.peek().program);
    session.open(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length]);
  };
  const several = () => on() && store.programs.value.length > 1;
  const moving = () => !store.frozen.value;
  return [
    {
      id: "present",
      family: "page",
      label: "Present",
      keys: ["p"],
      pressed: on,
      run: () => (store.present.value = !store.present.peek()),
    },
    {
      id: "previous",
      family: "present",
      label: "Previous program",
      keys: ["Shift+n"],
      place: "present",
      only: on,
      shown: several,
      enabled: moving,
      run: open(-1),
    },
    {
      id: "next",
      family: "present",
      label: "Next program",
      keys: ["n"],
      place: "present",
      only: on,
      shown: several,
      enabled: moving,
      run: open(1),
    },
    {
      id: "freeze",
      family: "present",
      label: "Freeze",
      keys: ["b", "."],
      place: "present",
      only: on,
      shown: on,
      pressed: () => store.frozen.value,
      run: () => (store.frozen.value = !store.frozen.peek()),
    },
    {
      id: "spotlight",
      family: "present",
      label: "Spotlight while held",
      keys: ["l"],
      place: "present",
      pressed: () => store.spotlight.value,
      run: () => (store.spotlight.value = !store.spotlight.peek()),
      release: () => (store.spotlight.value = false),
    },
  ];
}
