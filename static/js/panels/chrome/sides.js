/** The tabs on both sides, and which of their panels is open. */
import { effect } from "@preact/signals-core";
import { render } from "lit-html";
import { called } from "../../timeline/sentence.js";
import { tabList } from "../kit/tabs.js";

/**
 * @param {{left: HTMLElement, right: HTMLElement, panels: Record<"program" | "network" | "backward" | "node" | "code" | "output", HTMLElement>}} hosts
 * @param {import("../../store.js").Store} store
 */
export function createSides({ left, right, panels }, store) {
  effect(() => {
    const chosen = store.leftTab.value;
    render(
      tabList(
        "Program, network or backward pass",
        [
          { id: "program", title: "Program", panel: "panel-program" },
          { id: "network", title: "Network", panel: "panel-network" },
          { id: "backward", title: "Backward", panel: "panel-backward" },
        ],
        chosen,
        (id) => (store.leftTab.value = id),
      ),
      left,
    );
    panels.program.hidden = chosen !== "program";
    panels.network.hidden = chosen !== "network";
    panels.backward.hidden = chosen !== "backward";
  });
  effect(() => {
    const chosen = store.rightTab.value;
    const node = store.shownNode.value;
    const differing = store.visibleTrace.value?.manual.filter(({ agrees, covered }) => !agrees && !covered).length ?? 0;
    render(
      tabList(
        "Node, code or output",
        [
          { id: "node", title: node ? `Node ${called(node)}` : "Node", panel: "panel-node" },
          { id: "code", title: "Code", panel: "panel-code" },
          { id: "output", title: differing > 0 ? `Output (${differing} ✗)` : "Output", panel: "panel-output" },
        ],
        chosen,
        (id) => (store.rightTab.value = id),
      ),
      right,
    );
    panels.node.hidden = chosen !== "node";
    panels.code.hidden = chosen !== "code";
    panels.output.hidden = chosen !== "output";
  });
}
