/** Commands that pan the drawing and toggle its map. @typedef {import("./command.js").Command} Command */
import { requestView } from "../store/view.js";

/** Distance per key press, in screen px. */
const FAR = 120;

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function pan({ store }) {
  /** @param {number} x @param {number} y */
  const move = (x, y) => () => {
    const layout = store.layout.peek();
    if (!layout) return;
    const k = store.zoom.peek();
    const from = store.camera.peek() ?? { x: layout.width / 2, y: layout.height / 2, k };
    store.camera.value = { x: from.x + (x * FAR) / k, y: from.y + (y * FAR) / k, k };
    requestView(store, "look");
  };
  const onGraph = () => store.stageView.value === "graph" && store.layout.value !== null;
  return [
    { id: "panLeft", family: "view", label: "Pan left", keys: ["Shift+ArrowLeft"], enabled: onGraph, run: move(-1, 0) },
    {
      id: "panRight",
      family: "view",
      label: "Pan right",
      keys: ["Shift+ArrowRight"],
      enabled: onGraph,
      run: move(1, 0),
    },
    { id: "panUp", family: "view", label: "Pan up", keys: ["Shift+ArrowUp"], enabled: onGraph, run: move(0, -1) },
    { id: "panDown", family: "view", label: "Pan down", keys: ["Shift+ArrowDown"], enabled: onGraph, run: move(0, 1) },
    {
      id: "minimap",
      family: "view",
      label: "Map of the graph",
      keys: ["m"],
      enabled: onGraph,
      pressed: () => store.mapped.value,
      run: () => (store.minimap.value = store.mapped.peek() ? "hidden" : "shown"),
    },
  ];
}
