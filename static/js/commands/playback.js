/** Commands for playback. @typedef {import("./command.js").Command} Command */
import { membersOf } from "../graph/drawing.js";
import { endOf, stepAt } from "../timeline/cues.js";
import { nextMoment, partOf } from "../timeline/parts.js";
import * as player from "../timeline/player.js";

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function playback({ store }) {
  /** @param {(clock: player.Clock, cues: import("../timeline/cues.js").Cues) => player.Clock} change */
  const withClock = (change) => () => {
    const cues = store.cues.peek();
    if (cues) store.clock.value = change(store.clock.peek(), cues);
  };
  const ready = () => store.cues.value !== null && !store.frozen.value;
  const atStart = () => store.clock.value.time <= 0;
  /** The nodes of the selection or else of the current step: one node, or all members of a function call. */
  const shown = () => {
    const [trace, group, node] = [store.visibleTrace.peek(), store.shownGroup.peek(), store.shownNode.peek()];
    return trace && node ? { trace, node: node.index, nodes: group ? membersOf(trace, group.id) : [node.index] } : null;
  };
  return [
    {
      id: "toggle",
      family: "time",
      label: "Play or pause",
      keys: [" "],
      enabled: ready,
      run: withClock((clock, cues) =>
        clock.playing && clock.target === null ? player.pause(clock) : player.play(clock, cues),
      ),
    },
    {
      id: "back",
      family: "time",
      label: "One step back",
      keys: ["ArrowLeft", "PageUp"],
      enabled: () => ready() && !atStart(),
      run: withClock(player.stepBack),
    },
    {
      id: "forward",
      family: "time",
      label: "One step forward",
      keys: ["ArrowRight", "PageDown"],
      enabled: () => ready() && !store.atEnd.value,
      // With reduced motion a step completes at once.
      run: withClock((clock, cues) =>
        store.reducedMotion.peek()
          ? player.seek(clock, cues, Math.min(store.halt.peek(), Math.floor(clock.time + 1e-9) + 1))
          : player.stepForward(clock, cues),
      ),
    },
    {
      id: "start",
      family: "time",
      label: "To the start",
      keys: ["Home"],
      enabled: () => ready() && !atStart(),
      run: withClock((clock, cues) => player.seek(clock, cues, 0)),
    },
    {
      id: "end",
      family: "time",
      label: "To the end",
      keys: ["End"],
      enabled: () => ready() && !store.atEnd.value,
      run: withClock((clock, cues) => player.seek(clock, cues, endOf(cues))),
    },
    {
      id: "loop",
      family: "time",
      label: "Loop",
      keys: ["r"],
      pressed: () => store.clock.value.loop,
      run: () => (store.clock.value = { ...store.clock.peek(), loop: !store.clock.peek().loop }),
    },
    {
      id: "part",
      family: "time",
      label: "Only its steps: the steps of this node, slowly",
      short: "Only its steps",
      keys: ["y"],
      enabled: () => ready() && store.shownNode.value !== null,
      run: withClock((clock, cues) => {
        const chosen = shown();
        return chosen ? player.playPart(clock, partOf(chosen.trace, cues, chosen.nodes)) : clock;
      }),
    },
    {
      id: "runTo",
      family: "time",
      label: "Run to here: this node's value or, once that is there, its gradient",
      short: "Run to here",
      keys: ["g"],
      enabled: () => ready() && store.shownNode.value !== null,
      run: withClock((clock, cues) => {
        const chosen = shown();
        if (!chosen) return clock;
        const moment = Math.min(
          store.halt.peek(),
          nextMoment(chosen.trace, cues, chosen.node, stepAt(cues, clock.time)).moment,
        );
        return store.reducedMotion.peek() ? player.seek(clock, cues, moment) : player.runTo(clock, cues, moment);
      }),
    },
    { id: "slower", family: "time", label: "Slower", keys: [","], run: withClock((clock) => player.faster(clock, -1)) },
    { id: "faster", family: "time", label: "Faster", keys: ["."], run: withClock((clock) => player.faster(clock, 1)) },
  ];
}
