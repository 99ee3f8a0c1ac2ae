/** Switches the stage between the graph and the table, which is loaded when first used. */
import { effect } from "@preact/signals-core";
import { underWay } from "../../busy.js";

/**
 * @param {HTMLElement} stage
 * @param {HTMLElement} table
 * @param {import("../../store.js").Store} store
 * @param {MediaQueryList} narrow
 */
export function createStageView(stage, table, store, narrow) {
  let asked = false;
  effect(() => {
    const view = store.stageView.value;
    stage.dataset.view = view;
    table.hidden = view !== "table";
    if (view !== "table" || asked) return;
    asked = true;
    void underWay("part", import("../find/table.js")).then(({ createTable }) => createTable(table, store, narrow));
  });
}
