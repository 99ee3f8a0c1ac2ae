/**
 * What a figure of a lesson is. Nothing here runs.
 *
 * @typedef {object} FigureContext
 * @property {Record<string, string>} options  as the lesson writes them: `figure: curve f x from=-3` gives {"1": "f", "2": "x", from: "-3"}
 * @property {import("../../store.js").Store} store  the step's live values and trace: whoever moves x moves it for all
 * @property {import("../../session.js").Session} session
 * @property {import("@preact/signals-core").Signal<number>} epsilon  the step of difference quotients, shared by the figures of a step
 * @property {import("@preact/signals-core").Signal<number>} nudge  how far an input is moved, shared as well
 * @property {import("../../panels/kit/maths.js").Maths} maths
 * @property {(reference: import("../../wire.d.ts").LessonReference, event: Event) => void} explain  shows where a number comes from
 * @property {HTMLElement} head  a line beside the title, for numbers of the figure that lead to where they come from
 * @property {HTMLElement} stage  the graph with its timeline, of which there is one
 *
 * @typedef {object} Figure
 * @property {(options: Record<string, string>) => string} title
 * @property {(host: HTMLElement, context: FigureContext) => () => void} mount  draws into the host; gives what takes it away again
 * @property {"picture" | "controls"} [kind]  controls stand in a row below the pictures
 */
export {};
