/**
 * Training the program: buttons that take steps, the curve of the loss, which is their scrubber, what is predicted, how each
 * parameter fares, and what the program is trained with. Each is a file of its own beside this one.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { signal } from "@preact/signals-core";
import { div } from "../../dom.js";
import { createButtons } from "./buttons.js";
import { createLossCurve } from "./curve.js";
import { createSettings } from "./settings.js";
import { createSlicePicture } from "./slice.js";
import { createStepTold } from "./step.js";
import { createSurfacePicture } from "./surface.js";

/**
 * @param {HTMLElement} host @param {Store} store @param {Trainer} trainer
 * @param {{changeable?: boolean, slices?: {open: (place: [number, number]) => Promise<void>} | null}} [how]  changeable: whether
 *   what it is trained with can be changed; slices: opens places of the loss around a step, if that is shown
 * @returns {() => void} takes it away again
 */
export function createTrain(host, store, trainer, { changeable = true, slices = null } = {}) {
  const log = signal(false);
  const part = (/** @type {string} */ name) => {
    const found = div(name);
    host.append(found);
    return found;
  };
  const [buttons, curve, line] = ["train-buttons", "train-curve", "train-line"].map(part);
  const [surface, told] = ["train-surface", "train-told"].map(part);
  const stops = [
    createButtons(buttons, store, trainer),
    createLossCurve(curve, store, trainer, log),
    createSurfacePicture(surface, store),
    createStepTold(line, told, store, trainer, log),
    ...(slices ? [createSlicePicture(part("train-slice"), store, (place) => void slices.open(place))] : []),
    ...(changeable ? [createSettings(part("train-settings"), store, trainer)] : []),
  ];
  return () => {
    for (const stop of stops) stop();
    host.replaceChildren();
  };
}
