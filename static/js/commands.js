/**
 * Everything the reader can order, one object each: its button, its shortcut and its help come from here.
 * @typedef {import("./store.js").Store} Store
 * @typedef {object} Command
 * @property {string} id
 * @property {string} label
 * @property {string[]} keys  as KeyboardEvent.key names them
 * @property {() => void} run
 * @property {() => boolean} [enabled]
 */
import { endOf } from "./timeline/cues.js";
import * as player from "./timeline/player.js";

/** @param {Store} store @returns {Record<string, Command>} */
export function createCommands(store) {
  /** @param {(clock: player.Clock, cues: import("./timeline/cues.js").Cues) => player.Clock} change */
  const withClock = (change) => () => {
    const cues = store.cues.peek();
    if (cues) store.clock.value = change(store.clock.peek(), cues);
  };
  /** @param {import("./store.js").ViewRequest["what"]} what */
  const ask = (what) => () => (store.view.value = { what, count: store.view.peek().count + 1 });
  const ready = () => store.cues.value !== null;
  const atStart = () => store.clock.value.time <= 0;

  /** @type {Command[]} */
  const commands = [
    {
      id: "toggle", label: "Play or pause", keys: [" "], enabled: ready,
      run: withClock((clock, cues) => (clock.playing && clock.target === null ? player.pause(clock) : player.play(clock, cues))),
    },
    {
      id: "back", label: "One step back", keys: ["ArrowLeft", "PageUp"], enabled: () => ready() && !atStart(),
      run: withClock(player.stepBack),
    },
    {
      id: "forward", label: "One step forward", keys: ["ArrowRight", "PageDown"], enabled: () => ready() && !store.atEnd.value,
      // Without motion a step is there at once.
      run: withClock((clock, cues) =>
        store.reducedMotion.peek() ? player.seek(clock, cues, Math.floor(clock.time + 1e-9) + 1) : player.stepForward(clock, cues)),
    },
    { id: "start", label: "To the start", keys: ["Home"], enabled: () => ready() && !atStart(), run: withClock((clock, cues) => player.seek(clock, cues, 0)) },
    { id: "end", label: "To the end", keys: ["End"], enabled: () => ready() && !store.atEnd.value, run: withClock((clock, cues) => player.seek(clock, cues, endOf(cues))) },
    { id: "slower", label: "Slower", keys: [","], run: withClock((clock) => player.faster(clock, -1)) },
    { id: "faster", label: "Faster", keys: ["."], run: withClock((clock) => player.faster(clock, 1)) },
    { id: "fit", label: "Fit the graph", keys: ["f"], run: () => {
      store.follow.value = false;
      ask("fit")();
    } },
    { id: "follow", label: "Follow the steps", keys: ["o"], run: () => (store.follow.value = !store.follow.peek()) },
    { id: "actual", label: "Full size", keys: ["1"], run: ask("actual") },
    { id: "zoomIn", label: "Zoom in", keys: ["+", "="], run: ask("in") },
    { id: "zoomOut", label: "Zoom out", keys: ["-"], run: ask("out") },
    { id: "present", label: "Present", keys: ["p"], run: () => (store.present.value = !store.present.peek()) },
    {
      id: "theme", label: "Change theme", keys: ["t"],
      run: () => (store.theme.value = /** @type {const} */ ({ auto: "dark", dark: "light", light: "auto" })[store.theme.peek()]),
    },
    {
      id: "release", label: "Let go", keys: ["Escape"],
      run: () => {
        if (store.sheet.peek()) store.sheet.value = "";
        else if (store.present.peek()) store.present.value = false;
        else store.selection.value = null;
      },
    },
  ];
  return Object.fromEntries(commands.map((command) => [command.id, command]));
}

/** Controls that use these keys themselves. */
const OWN_KEYS = /** @type {Record<string, string[] | "all">} */ ({
  text: "all", number: "all", search: "all", textarea: "all", select: "all", editor: "all",
  range: ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"],
  button: [" ", "Enter"],
  tab: [" ", "Enter", "ArrowLeft", "ArrowRight", "Home", "End"],
});

/**
 * @param {Record<string, Command>} commands
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, defaultPrevented: boolean}} event
 * @param {string} kind of the control that has the focus, a key of OWN_KEYS or ""
 * @returns {Command | null}
 */
export function commandFor(commands, event, kind) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const own = OWN_KEYS[kind];
  if (own === "all" ? event.key !== "Escape" : own?.includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return Object.values(commands).find(({ keys }) => keys.includes(key)) ?? null;
}
