/** Shows only the branch of the selection: everything else steps back. @typedef {import("../store.js").Store} Store */
import { effect } from "@preact/signals-core";
import { branchOf } from "../graph/branch.js";

/** @param {Store} store @param {() => import("./picture.js").Drawn | null} drawn */
export function createBranch(store, drawn) {
  effect(() => {
    // After a redraw everything is there again.
    void store.layout.value;
    const [only, item, now] = [store.branch.value, store.selectedItem.value, drawn()];
    if (now === null) return;
    const branch = only && item >= 0 ? branchOf(now.drawing, item) : null;
    now.marks.forEach(({ element }, i) =>
      element.toggleAttribute("data-aside", branch !== null && !branch.items.has(i)),
    );
    now.lines.forEach(({ element }, i) =>
      element.toggleAttribute("data-aside", branch !== null && !branch.lines.has(i)),
    );
  });
}
