/**
 * The figures of the current step, each in a card.
 * @typedef {import("./figures/figure.js").FigureContext} FigureContext
 */
import { div } from "../dom.js";
import { FIGURES } from "./figures/index.js";

/**
 * @param {HTMLElement} host
 * @param {Omit<FigureContext, "options" | "runs" | "head">} context
 * @returns {(figures: import("../wire.d.ts").LessonFigure[]) => void} shows these instead of the current ones
 */
export function createStepFigures(host, context) {
  const [pictures, controls] = ["pictures", "controls"].map(div);
  host.append(pictures, controls);
  /** The cards on the page, by figure and options. @type {Map<string, {card: HTMLElement, dispose: () => void}>} */
  let shown = new Map();
  return (figures) => {
    /** @type {typeof shown} */
    const next = new Map();
    const wanted = figures.map((figure) => JSON.stringify(figure));
    // Remove unused figures first: there is only one stage to move.
    for (const [key, { card, dispose }] of shown) {
      // What a step covers was perhaps uncovered in the step before.
      if (wanted.includes(key) && !card.hasAttribute("data-covers")) continue;
      shown.delete(key);
      dispose();
      card.remove();
    }
    figures.forEach(({ name, options, runs }, place) => {
      const key = wanted[place];
      const kept = shown.get(key);
      if (kept) {
        next.set(key, kept);
        kept.card.parentElement?.append(kept.card);
        return;
      }
      const figure = FIGURES[name];
      const card = document.createElement("section");
      card.className = "exhibit";
      card.dataset.figure = name;
      card.toggleAttribute("data-away", options.present === "no");
      card.toggleAttribute("data-covers", options.cover === "yes");
      const title = document.createElement("h3");
      title.textContent = figure ? figure.title(options) : `there is no figure named ${name}`;
      const [head, body] = ["exhibit-head", "exhibit-body"].map(div);
      const numbers = document.createElement("p");
      numbers.className = "exhibit-numbers";
      head.append(title, numbers);
      card.append(head, body);
      (figure?.kind === "controls" ? controls : pictures).append(card);
      next.set(key, {
        card,
        dispose: figure ? figure.mount(body, { ...context, options, runs, head: numbers }) : () => {},
      });
    });
    shown = next;
    // On a phone they lie side by side: each step begins with its first.
    pictures.scrollTo({ left: 0, behavior: "instant" });
    pictures.dataset.count = String(pictures.childElementCount);
    host.toggleAttribute("data-controls", controls.childElementCount > 0);
  };
}
