/**
 * Switches the stage between the graph, the table and the units of a network; the last two are loaded when first used.
 */
import { effect } from "@preact/signals-core";
import { underWay } from "../../busy.js";

/**
 * @param {HTMLElement} stage
 * @param {{table: HTMLElement, units: HTMLElement}} hosts
 * @param {import("../../store.js").Store} store
 * @param {MediaQueryList} narrow
 * @param {Record<string, import("../../commands/command.js").Command>} commands
 */
export function createStageView(stage, hosts, store, narrow, commands) {
  const loads = {
    table: () => import("../find/table.js").then(({ createTable }) => createTable(hosts.table, store, narrow)),
    units: () =>
      import("../find/units.js").then(({ createUnits }) => createUnits(hosts.units, store, narrow, commands)),
  };
  /** @type {Set<string>} */
  const asked = new Set();
  effect(() => {
    const view = store.stageView.value;
    stage.dataset.view = view;
    for (const [name, host] of Object.entries(hosts)) host.hidden = view !== name;
    if (view === "graph" || asked.has(view)) return;
    asked.add(view);
    void underWay("part", loads[view]());
  });
}
