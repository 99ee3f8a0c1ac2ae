/** Commands that train the program. @typedef {import("./command.js").Command} Command */

/** @param {import("./index.js").Deps} deps @returns {Command[]} */
export function trainings({ store, trainer }) {
  const ready = () => store.current.value && !store.frozen.value;
  return [
    {
      id: "train",
      family: "time",
      label: "Train, or pause the training",
      keys: ["i"],
      enabled: ready,
      run: () => (store.isTraining.peek() ? trainer.pause() : void trainer.take(store.trainSteps.peek())),
    },
    {
      id: "train-step",
      family: "time",
      label: "One step of training",
      keys: ["u"],
      enabled: () => ready() && !store.isTraining.value,
      run: () => void trainer.next(),
    },
    {
      id: "train-back",
      family: "time",
      label: "One step of training back",
      keys: ["Shift+u"],
      enabled: () => ready() && (store.trainStep.value ?? 0) > 0,
      run: () => trainer.go((store.trainStep.peek() ?? 0) - 1),
    },
  ];
}
