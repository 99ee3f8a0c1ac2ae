/**
 * The commands of a lesson page: its own, and those of the lab that apply here. Arrow keys move through the steps of
 * the lesson, but within the graph and its timeline through those of the trace.
 * @typedef {import("../commands/command.js").Command} Command
 */
import { createCommands } from "../commands/index.js";

/** The commands of the lab that apply here. */
const TAKEN = [
  "toggle",
  "loop",
  "part",
  "runTo",
  "nudge",
  "slower",
  "faster",
  "undo",
  "redo",
  "theme",
  "present",
  "release",
  "fit",
  "cells",
];
/** Commands whose keys control the lesson unless the focus is on the stage. */
const STAGED = ["back", "forward", "start", "end"];

/**
 * @param {import("../commands/index.js").Deps} deps
 * @param {{next: () => void, back: () => void, answer: () => void, onStage: () => boolean}} walk
 * @returns {Record<string, Command>}
 */
export function lessonCommands(deps, { next, back, answer, onStage }) {
  const all = createCommands(deps);
  /** @type {Command[]} */
  const own = [
    { id: "nextStep", family: "page", label: "Next step", keys: ["ArrowRight", "PageDown"], run: next },
    { id: "previousStep", family: "page", label: "Previous step", keys: ["ArrowLeft", "PageUp"], run: back },
    {
      id: "answer",
      family: "page",
      label: "Reveal the answer, then go to the next step",
      keys: ["Enter"],
      run: answer,
    },
    { id: "shareLesson", family: "page", label: "Share", keys: ["s"], run: () => (deps.store.dialog.value = "share") },
  ];
  const staged = STAGED.map((id) => ({
    ...all[id],
    keys: all[id].keys.filter((key) => !key.startsWith("Page")),
    only: onStage,
  }));
  return Object.fromEntries([...own, ...TAKEN.map((id) => all[id]), ...staged].map((command) => [command.id, command]));
}
