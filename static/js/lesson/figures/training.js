/**
 * Steps of training, with the curve of the loss as their scrubber: `figure: training lr=0.25 steps=10`. All figures of
 * the step stand at the chosen one. Of several runs, `lr=0.1,0.5`, all curves are drawn, and one is shown.
 */
import { createTrain } from "../../panels/training/train.js";
import { createNorms } from "../../panels/training/norms.js";
import { createSurfaces } from "../../queries/surface.js";
import { PLAIN_RUN } from "../../store/training.js";
import { div } from "../../dom.js";
import { covering } from "./cover.js";

/** @type {import("./figure.js").Figure} */
export const training = {
  title: ({ optimizer = "sgd", norms, steps }) =>
    norms && !steps
      ? "sizes, layer by layer"
      : optimizer.includes(",")
        ? "training"
        : `training with ${optimizer === "sgd" ? "gradient descent" : optimizer}`,
  mount(host, { options, runs, store, trainer }) {
    const steps = Number(options.steps ?? 20);
    const made = runs.map(({ changes: _, ...run }) => ({ ...PLAIN_RUN, ...run }));
    trainer.set({});
    trainer.show(made[0]);
    store.comparedRuns.value = made.length > 1 ? made : [];
    store.trainSteps.value = steps;
    if (options.at) store.trainSought.value = { step: Number(options.at), last: steps };
    if (options.why) store.chosenUpdate.value = options.why === "yes" ? "" : options.why;
    host.classList.add("training-figure");
    host.classList.toggle("with-why", options.why !== undefined);
    host.classList.toggle("with-norms", options.norms !== undefined);
    const asking = createSurfaces(store, () => options.surface === "yes");
    // Without steps, it is the sizes alone.
    const shown =
      options.norms && !options.steps
        ? () => {}
        : createTrain(host, store, trainer, {
            changeable: options.change === "yes",
            logarithmic: options.log === "yes",
            writes: options.writes === "yes",
          });
    const sizes = options.norms ? div("train-norms") : null;
    if (sizes) host.append(sizes);
    const measured =
      sizes && createNorms(sizes, store, (options.norms ?? "").split(","), covering(options, "the sizes"));
    return () => {
      asking();
      measured?.();
      // What was predicted was of this step's program.
      store.surface.value = null;
      store.surfaceOf.value = "";
      store.trainSought.value = null;
      store.comparedRuns.value = [];
      store.chosenUpdate.value = "";
      shown();
      trainer.reset();
      store.keptRuns.value = [];
    };
  },
};
