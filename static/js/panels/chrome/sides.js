/** The tabs on both sides, and which of their panels is open. */
import { called } from "../../timeline/sentence.js";
import { createTabs } from "../kit/tabs.js";

/**
 * @param {{left: HTMLElement, right: HTMLElement, panels: Record<"program" | "network" | "backward" | "node" | "code" | "output", HTMLElement>}} hosts
 * @param {import("../../store.js").Store} store
 */
export function createSides({ left, right, panels: { program, network, backward, node, code, output } }, store) {
  const leftPanels = { program, network, backward };
  createTabs(left, "Program, network or backward pass", leftPanels, {
    titles: () => ({ program: "Program", network: "Network", backward: "Backward" }),
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
        const differing = lines.filter(({ agrees, covered }) => !agrees && !covered).length;
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
