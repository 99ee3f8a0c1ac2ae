/**
 * Commands that open and close groups.
 * @typedef {import("./command.js").Command} Command
 * @typedef {import("../store.js").Store} Store
 */
import { batch } from "@preact/signals-core";
import { sameMoment } from "../timeline/moment.js";
import { rescale } from "../timeline/player.js";

/**
 * Opens exactly these groups and stays at the current moment.
 * @param {Store} store @param {ReadonlySet<string>} open ids
 */
export function setOpen(store, open) {
  batch(() => {
    const [before, clock] = [store.cues.peek(), store.clock.peek()];
    store.openGroups.value = open;
    const next = store.cues.peek();
    if (!before || !next) return;
    store.clock.value = rescale(clock, (time) => sameMoment(before, time, next));
  });
}

/** @param {Store} store @param {string} id @param {boolean} opens */
export function toggleGroup(store, id, opens) {
  const open = new Set(store.drawing.peek()?.open);
  if (opens) open.add(id);
  else open.delete(id);
  setOpen(store, open);
}

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function groups({ store }) {
  const closed = () => store.drawing.value?.items.some(({ kind }) => kind === "group") ?? false;
  const present = () => closed() || (store.drawing.value?.boxes.length ?? 0) > 0;
  return [
    {
      id: "groups",
      family: "graph",
      keys: ["e"],
      place: "stage",
      get label() {
        return closed() ? "Open all functions" : "Close all functions";
      },
      get short() {
        return closed() ? "Open all" : "Close all";
      },
      shown: present,
      enabled: present,
      run: () => setOpen(store, new Set(closed() ? store.visibleTrace.peek()?.groups.map(({ id }) => id) : [])),
    },
  ];
}
