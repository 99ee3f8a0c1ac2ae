/** Commands for the view of the graph. @typedef {import("./command.js").Command} Command */
import { requestView } from "../store/view.js";

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function view({ store }) {
  /** @param {import("../store/view.js").ViewRequest["what"]} what */
  const ask = (what) => () => requestView(store, what);
  const onGraph = () => store.stageView.value === "graph";
  return [
    { id: "zoomOut", family: "view", label: "Zoom out", keys: ["-"], run: ask("out") },
    { id: "actual", family: "view", label: "Full size", keys: ["1"], run: ask("actual") },
    { id: "zoomIn", family: "view", label: "Zoom in", keys: ["+", "="], run: ask("in") },
    {
      id: "fit",
      family: "view",
      shown: onGraph,
      label: "Fit the graph",
      short: "Fit",
      place: "stage",
      keys: ["f"],
      run: () => {
        store.follow.value = false;
        ask("fit")();
      },
    },
    { id: "selection", family: "view", label: "Zoom to the selection", keys: ["z"], run: ask("selection") },
    {
      id: "follow",
      family: "view",
      shown: onGraph,
      label: "Follow the steps closely",
      short: "Follow",
      place: "stage",
      keys: ["o"],
      pressed: () => store.follow.value,
      run: () => (store.follow.value = !store.follow.peek()),
    },
  ];
}
