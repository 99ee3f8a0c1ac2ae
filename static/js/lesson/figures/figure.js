/**
 * The interface of a lesson's figure: types only.
 *
 * @typedef {object} FigureContext
 * @property {Record<string, string>} options  as the lesson writes them: `figure: curve f x from=-3` gives
 *   {"1": "f", "2": "x", from: "-3"}
 * @property {readonly import("../../wire.d.ts").TrainingRun[]} runs  what a training trains
 * @property {import("../../store.js").Store} store  the step's live values and trace, shared by all figures
 * @property {import("../../session.js").Session} session
 * @property {import("../../queries/training.js").Trainer} trainer
 * @property {import("@preact/signals-core").Signal<number>} epsilon  the step of difference quotients, shared by the
 *   figures of a step
 * @property {import("@preact/signals-core").Signal<number>} nudge  how far an input is moved, also shared
 * @property {import("../../panels/kit/maths.js").Maths} maths
 * @property {(reference: import("../../wire.d.ts").LessonReference, event: Event) => void} explain  shows where a
 *   number comes from
 * @property {HTMLElement} head  a line beside the title, for numbers that link to their origin
 * @property {HTMLElement} stage  the graph with its timeline; there is only one
 *
 * @typedef {object} Figure
 * @property {(options: Record<string, string>) => string} title
 * @property {(host: HTMLElement, context: FigureContext) => () => void} mount  draws into the host and returns a
 *   function that removes it
 * @property {"picture" | "controls"} [kind]  controls are in a row below the pictures
 */
export {};
