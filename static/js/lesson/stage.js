/** The stage of the lab with its timeline, built once and moved from step to step. */
import { div } from "../dom.js";
import { createLayouter } from "../layout/layout.js";
import { createLanes } from "../panels/time/lanes.js";
import { createSentence } from "../panels/time/sentence.js";
import { createTransport } from "../panels/time/transport.js";
import { createScene } from "../scene/scene.js";

/** A lesson's graph is small and shown for its numbers, so they stay until they are too small to read. */
const HALL = 1.2;
/** So they are set larger in a small drawing (pages/lesson/stage.css), which leaves them legible at this scale. */
const NUMBERS = 0.42;
/** Its edges are short: in a wide card, ranks move apart to make room for labels. */
const APART = 2;

/** On a phone a graph keeps this scale, though not all of it may be in view: then it follows its steps. */
const PHONE = "(max-width: 60em)";
const LEAST = 0.55;

/** In a tall, narrow window the graph runs from top to bottom. */
const UPRIGHT = "(max-width: 60em) and (orientation: portrait) and (min-height: 75em)";

/**
 * @param {HTMLElement} live @param {import("../store.js").Store} store
 * @param {Record<string, import("../commands/command.js").Command>} commands
 * @returns {HTMLElement}
 */
export function createStage(live, store, commands) {
  const parts = Object.fromEntries(
    ["stage", "transport", "lanes", "sentence"].map((id) => {
      const part = document.createElement(id === "sentence" ? "p" : "div");
      part.id = id;
      return [id, part];
    }),
  );
  parts.stage.setAttribute("role", "group");
  parts.stage.setAttribute("aria-label", "Graph");
  parts.transport.setAttribute("role", "group");
  parts.transport.setAttribute("aria-label", "Playback");
  const element = div("stage-card");
  element.append(...Object.values(parts));
  // The inspector is always a sheet here.
  const phone = matchMedia(PHONE);
  createScene(parts.stage, store, createLayouter(), {
    narrow: /** @type {MediaQueryList} */ ({ matches: true }),
    upright: matchMedia(UPRIGHT),
    hall: HALL,
    apart: APART,
    numbers: NUMBERS,
    least: () => (phone.matches ? LEAST : 0),
    table: false,
  });
  createTransport(parts.transport, store, commands);
  createLanes(parts.lanes, store);
  createSentence(parts.sentence, live, store);
  return element;
}
