/**
 * Choosing nodes by pointer and keys. One node at a time is in the tab order; arrows walk along edges.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 */

/** @param {SVGSVGElement} surface @param {Store} store @param {MediaQueryList} narrow */
export function createKeys(surface, store, narrow) {
  /** By node; what is folded away has none. @type {Map<number, SVGGElement>} */
  let elements = new Map();
  /** @type {Trace | null} */
  let trace = null;
  let home = 0;

  /** @param {number} index */
  function rove(index) {
    elements.get(home)?.setAttribute("tabindex", "-1");
    home = index;
    elements.get(home)?.setAttribute("tabindex", "0");
  }

  /** @param {string} key @param {number} from @returns {number | undefined} */
  function neighbour(key, from) {
    if (!trace) return undefined;
    const { nodes, edges } = trace;
    switch (key) {
      case "ArrowLeft":
        return nodes[from].ins.map((edge) => edges[edge].source).find((i) => elements.has(i));
      case "ArrowRight":
        return nodes[from].outs.map((edge) => edges[edge].target)[0];
      case "ArrowUp":
        return [...elements.keys()].findLast((i) => i < from);
      case "ArrowDown":
        return [...elements.keys()].find((i) => i > from);
      default:
        return undefined;
    }
  }

  /** @param {EventTarget | null} target */
  const indexOf = (target) => {
    for (const [i, element] of elements) if (target instanceof Node && element.contains(target)) return i;
    return -1;
  };

  surface.addEventListener("keydown", (event) => {
    const from = indexOf(event.target);
    if (from < 0) return;
    const to = neighbour(event.key, from);
    if (to !== undefined) {
      rove(to);
      elements.get(to)?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      choose(from);
      event.preventDefault();
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
    }
  });
  // A pointer chooses without taking the focus along: the arrow keys go on stepping through time.
  surface.addEventListener("mousedown", (event) => {
    if (indexOf(event.target) >= 0) event.preventDefault();
  });
  surface.addEventListener("click", (event) => {
    const index = indexOf(event.target);
    if (index >= 0) choose(index);
    else if (store.sheet.peek()) store.sheet.value = "";
    else store.selection.value = null;
  });

  /** @param {number} index */
  function choose(index) {
    const id = trace?.nodes[index]?.id ?? null;
    store.selection.value = store.selection.peek() === id ? null : id;
    store.rightTab.value = "node";
    if (narrow.matches && store.selection.peek() !== null) store.sheet.value = "inspect";
  }

  return {
    /** @param {Map<number, SVGGElement>} next by node @param {Trace} of */
    attach(next, of) {
      elements = next;
      trace = of;
      for (const element of elements.values()) {
        // A picture with a name of its own: what it shows changes too often to be its name.
        element.setAttribute("role", "img");
        element.setAttribute("aria-roledescription", "node");
        element.setAttribute("tabindex", "-1");
      }
      rove(of.outputIndex);
      this.select(store.selection.peek());
    },
    /** @param {number} index @param {string} words */
    describe: (index, words) => elements.get(index)?.setAttribute("aria-label", words),
    /** @param {string | null} id */
    select(id) {
      elements.forEach((element) => {
        const chosen = id !== null && element.dataset.id === id;
        element.toggleAttribute("data-selected", chosen);
        element.setAttribute("aria-current", String(chosen));
      });
    },
  };
}
