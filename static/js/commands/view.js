/** Commands for the view of the graph. @typedef {import("./command.js").Command} Command */
import { besideIn, isLarge, satellitesOf } from "../graph/satellites.js";
import { requestView } from "../store/view.js";

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function view({ store }) {
  /** @param {import("../store/view.js").ViewRequest["what"]} what */
  const ask = (what) => () => requestView(store, what);
  const onGraph = () => store.stageView.value === "graph";
  const beside = () => store.visibleTrace.value !== null && besideIn(store.visibleTrace.value, store.parameters.value);
  /** Whether there are parameters that can. In a small program they stay in the flow: there is nothing to choose. */
  const mayStandBeside = () => {
    const [trace, drawing] = [store.visibleTrace.value, store.drawing.value];
    return (
      trace !== null &&
      drawing !== null &&
      (isLarge(trace) || store.parameters.value !== "auto") &&
      satellitesOf(trace, drawing, "beside").size > 0
    );
  };
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
      id: "parameters",
      family: "view",
      shown: () => onGraph() && mayStandBeside(),
      label: "Parameters as nodes of the flow, with their numbers",
      short: "Parameters",
      place: "stage",
      keys: ["w"],
      pressed: () => !beside(),
      run: () => (store.parameters.value = beside() ? "flow" : "beside"),
    },
    {
      id: "branch",
      family: "view",
      label: "Only this: what the selection comes from, and what comes of it",
      keys: ["Shift+o"],
      enabled: () => onGraph() && store.selectedItem.value >= 0,
      pressed: () => store.branch.value,
      run: () => (store.branch.value = !store.branch.peek()),
    },
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
