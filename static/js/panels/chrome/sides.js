/** The tabs on both sides, and which of their panels is open. */
import { called } from "../../timeline/sentence.js";
import { createTabs } from "../kit/tabs.js";

/**
 * @param
 *   {{left: HTMLElement, right: HTMLElement, panels: Record<"program" | "network" | "backward" | "train" | "node" | "code" | "output", HTMLElement>}}
 *   hosts
 * @param {import("../../store.js").Store} store
 */
export function createSides({ left, right, panels: { program, network, backward, train, node, code, output } }, store) {
  const leftPanels = { program, network, backward, train };
  createTabs(left, "Program, network, backward pass or training", leftPanels, {
    titles: () => ({ program: "Program", network: "Network", backward: "Backward", train: "Train" }),
    chosen: () => store.leftTab.value,
    choose: (id) => (store.leftTab.value = id),
  });
  createTabs(
    right,
    "Node, code or output",
    { node, code, output },
    {
      titles: () => {
        const shown = store.shownNode.value;
        const lines = store.visibleTrace.value?.manual ?? [];
        const faults = store.engineGrade.value?.answer?.faults.length ?? 0;
        const differing = lines.filter(({ agrees, covered }) => !agrees && !covered).length + faults;
        return {
          node: shown ? `Node ${called(shown)}` : "Node",
          code: "Code",
          output: differing > 0 ? `Output (${differing} ✗)` : "Output",
        };
      },
      chosen: () => store.rightTab.value,
      choose: (id) => (store.rightTab.value = id),
    },
  );
}
