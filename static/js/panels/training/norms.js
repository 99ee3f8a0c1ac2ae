/**
 * How large values and their gradients are from node to node: what a picture of many layers comes down to.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { div } from "../../dom.js";
import { normsPlot } from "../../plots/norms.js";
import { sized } from "../../plots/sized.js";
import { rms } from "../../trace/tensor.js";

/**
 * @param {import("../../types.js").Tensor | null} tensor
 * @returns {number} its root mean square; NaN, which is not drawn, where an element is not known or not finite
 */
const sizeOrNaN = (tensor) => (tensor?.flat.every(Number.isFinite) ? rms(tensor) : NaN);

/**
 * @param {HTMLElement} host @param {Store} store @param {readonly string[]} nodes
 * @param {{covered: import("@preact/signals-core").ReadonlySignal<boolean>, cover: () => unknown}} covering
 * @returns {() => void} stops drawing
 */
export function createNorms(host, store, nodes, { covered, cover }) {
  const [picture, legend] = ["norms-picture", "chart-legend"].map(div);
  host.append(picture, legend);
  const { size, stop } = sized(picture);
  render(
    html`<span><i class="norms-key value"></i>size of the values</span>
      <span><i class="norms-key gradient"></i>size of the gradients</span> <span>(root mean square)</span>`,
    legend,
  );
  const still = effect(() => {
    const trace = store.visibleTrace.value;
    if (covered.value) return void render(cover(), picture);
    if (trace === null || size.value.width === 0) return;
    const found = nodes.flatMap((id) => {
      const node = trace.nodes[trace.byId.get(id) ?? -1];
      if (!node) return [];
      return [{ id, value: sizeOrNaN(node.value), gradient: sizeOrNaN(node.grad) }];
    });
    // The picture of an update has other nodes.
    if (found.length > 0) render(normsPlot(found, size.value), picture);
  });
  return () => {
    still();
    stop();
  };
}
