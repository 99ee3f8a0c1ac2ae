/** Steps of training, with the curve of the loss as their scrubber: `figure: training lr=0.25 steps=10`. All figures of the step stand at the chosen one. */
import { createTrain } from "../../panels/training/train.js";
import { createSurfaces } from "../../queries/surface.js";
import { PLAIN_RUN } from "../../store/training.js";

/** Options that are no settings of the optimizer. */
const OWN = new Set(["0", "optimizer", "steps", "surface", "present"]);

/** @type {import("./figure.js").Figure} */
export const training = {
  title: (options) => `training with ${options.optimizer ?? "gradient descent"}`,
  mount(host, { options, store, trainer }) {
    const settings = Object.entries(options).filter(([name]) => !OWN.has(name) && !/^\d+$/.test(name));
    trainer.set({
      ...PLAIN_RUN,
      optimizer: options.optimizer ?? "sgd",
      settings: Object.fromEntries(settings.map(([name, value]) => [name, Number(value)])),
    });
    store.trainSteps.value = Number(options.steps ?? 20);
    host.classList.add("training-figure");
    const asking = createSurfaces(store, () => options.surface === "yes");
    const shown = createTrain(host, store, trainer);
    return () => {
      asking();
      shown();
      trainer.reset();
    };
  },
};
