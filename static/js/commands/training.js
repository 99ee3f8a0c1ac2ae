/** Commands that train the program. @typedef {import("./command.js").Command} Command */
import { eventBefore, nextEvent } from "../training/events.js";

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
    {
      id: "train-whole",
      family: "time",
      get label() {
        const row = store.shownExample.value;
        return row === null ? "Back from one example to all of them" : `Only example ${row}: back to all examples`;
      },
      get short() {
        return `Only example ${store.shownExample.value} ✕`;
      },
      keys: ["Shift+e"],
      place: "stage",
      shown: () => store.shownExample.value !== null,
      enabled: () => ready() && store.shownExample.value !== null,
      run: () => void trainer.example(null),
    },
    {
      id: "train-play",
      family: "time",
      label: "Play over the steps of the training, or pause",
      keys: ["Shift+i"],
      enabled: () => ready() && !store.isTraining.value && store.trainLast.value > 0,
      run: () => (store.isStepping.peek() ? trainer.pause() : trainer.play()),
    },
    {
      id: "train-event",
      family: "time",
      label: "To the next event of the training",
      keys: ["h"],
      enabled: () => ready() && nextEvent(store.trainEvents.value, store.trainStep.value ?? 0) !== null,
      run: () => trainer.go(nextEvent(store.trainEvents.peek(), store.trainStep.peek() ?? 0) ?? 0),
    },
    {
      id: "train-event-back",
      family: "time",
      label: "To the event before, in the training",
      keys: ["Shift+h"],
      enabled: () => ready() && eventBefore(store.trainEvents.value, store.trainStep.value ?? 0) !== null,
      run: () => trainer.go(eventBefore(store.trainEvents.peek(), store.trainStep.peek() ?? 0) ?? 0),
    },
  ];
}
