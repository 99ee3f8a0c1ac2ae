/**
 * Training the program: buttons that take steps, the curve of the loss, which is their scrubber, what is predicted, how
 * each parameter fares, and what the program is trained with. Each is a file of its own beside this one.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { signal } from "@preact/signals-core";
import { div } from "../../dom.js";
import { createButtons } from "./buttons.js";
import { createCompared } from "./compared.js";
import { createFindingsTold } from "./findings.js";
import { createHistogramsPicture } from "./histograms.js";
import { createLossCurve } from "./curve.js";
import { createRule } from "./rule.js";
import { createPlayingSteps } from "./playing.js";
import { createSettings } from "./settings.js";
import { createSlicePicture } from "./slice.js";
import { createStepTold } from "./step.js";
import { createSurfacePicture } from "./surface.js";
import { createWrites } from "./writes.js";

/**
 * @param {HTMLElement} host @param {Store} store @param {Trainer} trainer
 * @param {object} [how]
 * @param {import("./rule.js").Writing} [how.writing]  what the editor of an optimizer needs; without it there is none
 * @param {import("./playing.js").Commands} [how.commands]  those that play over steps; without them there are no
 *   buttons for it
 * @param {boolean} [how.changeable]  whether what it is trained with can be changed
 * @param {{open: (place: [number, number]) => Promise<void>}} [how.slices]  opens places of the loss around a step;
 *   without it that is not shown
 * @param {boolean} [how.logarithmic]  whether the scale of the curve is logarithmic at first
 * @param {boolean} [how.writes]  whether what the program prints at the step is shown
 * @returns {() => void} takes it away again
 */
export function createTrain(
  host,
  store,
  trainer,
  { writing, commands, changeable = writing !== undefined, slices, logarithmic = false, writes = false } = {},
) {
  const log = signal(logarithmic);
  const part = (/** @type {string} */ name) => {
    const found = div(name);
    host.append(found);
    return found;
  };
  const [buttons, compared, curve, line] = ["train-buttons", "train-compared", "train-curve", "train-line"].map(part);
  const playing = commands ? part("train-playing") : null;
  const written = writes ? part("train-writes") : null;
  const findings = writing ? part("train-findings") : null;
  const [surface, told] = ["train-surface", "train-told"].map(part);
  const stops = [
    createButtons(buttons, store, trainer),
    createCompared(compared, store, trainer),
    createLossCurve(curve, store, trainer, log),
    createSurfacePicture(surface, store, commands && ((row) => void trainer.example(row))),
    createStepTold(line, told, store, trainer, log),
    ...(playing && commands ? [createPlayingSteps(playing, store, commands)] : []),
    ...(written ? [createWrites(written, store)] : []),
    ...(findings ? [createFindingsTold(findings, store, trainer)] : []),
    ...(commands ? [createHistogramsPicture(part("train-histograms"), store, trainer)] : []),
    ...(slices ? [createSlicePicture(part("train-slice"), store, (place) => void slices.open(place))] : []),
    ...(changeable ? [createSettings(part("train-settings"), store, trainer)] : []),
    ...(writing ? [createRule(part("train-rule"), store, trainer, writing)] : []),
  ];
  return () => {
    for (const stop of stops) stop();
    host.replaceChildren();
  };
}
