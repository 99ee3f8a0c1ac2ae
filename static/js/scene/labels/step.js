/**
 * Labels of a step: local derivatives on its edges, and sums where messages meet. Positions are computed once per step
 * and values, not per frame.
 * @typedef {import("../../timeline/frame.js").Frame} Frame
 * @typedef {import("../../layout/read.js").Point} Point
 * @typedef {import("./obstacles.js").Surroundings} Surroundings
 * @typedef {object} StepLabels
 * @property {Map<number, {text: string, at: Point}>} locals  by line
 * @property {Map<number, import("./along.js").Spot>} sums  by item: the area of the sum once all messages have arrived
 */
import { itemIn } from "../../timeline/frame.js";
import { placesAlong, placesAround } from "./along.js";
import { localOf } from "./local.js";
import { createPlacing } from "./placing.js";
import { localRoom, sumRooms } from "./sizes.js";
import { sumIn } from "./sum.js";

/**
 * A pulse must stay visible on both sides of a label on its edge. Beside a shorter edge the label keeps clear of the
 * pulse, and if circles or cards are too near for that, it moves beyond their numbers or corners, px.
 */
const PULSE = { seen: 40, clear: 13, far: [49, 60] };

/** @type {StepLabels} */
export const NO_LABELS = { locals: new Map(), sums: new Map() };

/** @returns {(frame: Frame, surroundings: () => Surroundings) => StepLabels} */
export function createStepLabels() {
  /** @type {{frame: Frame, surroundings: () => Surroundings, labels: StepLabels} | null} */
  let known = null;
  return (frame, surroundings) => {
    if (
      known === null ||
      known.surroundings !== surroundings ||
      known.frame.trace !== frame.trace ||
      known.frame.cues !== frame.cues ||
      known.frame.k !== frame.k
    ) {
      known = {
        frame,
        surroundings,
        labels: frame.step.phase === "backward" ? placed(frame, surroundings()) : NO_LABELS,
      };
    }
    return known.labels;
  };
}

/** @param {Frame} frame @param {Surroundings} surroundings @returns {StepLabels} */
function placed(frame, surroundings) {
  const {
    trace,
    cues: { drawing },
    lines,
  } = frame;
  const place = createPlacing(surroundings, (line) => lines.has(line));
  /** @type {StepLabels} */
  const labels = { locals: new Map(), sums: new Map() };
  const end = { ...frame, progress: 1, items: new Map(), lines: new Map() };
  for (const item of frame.items.keys()) {
    const text = sumIn(itemIn(end, item));
    const at = text && place(sumRooms(text).flatMap((size) => placesAround(surroundings.covers[item], size)));
    if (at) labels.sums.set(item, at);
  }
  for (const line of lines.keys()) {
    if (surroundings.muted.has(line)) continue;
    const { target, edges } = drawing.lines[line];
    const text = localOf(trace, drawing.items[target], edges);
    const size = localRoom(text);
    const at = text && place(placesAlong(surroundings.along[line], size, PULSE), line);
    if (at) labels.locals.set(line, { text, at });
  }
  return labels;
}
