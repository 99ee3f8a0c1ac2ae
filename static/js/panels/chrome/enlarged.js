/**
 * While presented, where the picture is too small for its numbers: a card with those that the step is about, in a
 * corner where nothing is drawn. It keeps its corner from step to step, and writes less where there is less room.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../timeline/enlarged.js").Enlarged} Enlarged
 */
import { nothing, render } from "lit-html";
import { div } from "../../dom.js";
import { placed, standing } from "../../layout/free_corner.js";
import { itemsIn, linesIn } from "../../layout/in_window.js";
import { enlargedAt } from "../../timeline/enlarged.js";
import { throttledEffect } from "../kit/throttled_effect.js";
import { written } from "./enlarged_words.js";
import { cornersOf } from "./stage_corners.js";

/**
 * How much the card says, the most first: which arrays are written out, and how many messages are told; the sentence
 * tells all of them.
 */
const SAID = /** @type {const} */ ([
  { full: "all", most: 3 },
  { full: "own", most: 3 },
  { full: "own", most: 1 },
  { full: "own", most: 0 },
  { full: "none", most: 1 },
  { full: "none", most: 0 },
]);
/** A narrower stage, such as a phone's, has no room for a card, px. */
const NARROWEST = 640;
/** In letters of this size, rem: the smaller are read from the last row as well. */
const LETTERS = [1.75, 1.375];
const FLOWS = /** @type {const} */ (["column", "row"]);
/** What the card may look like, the best first. */
const FORMS = SAID.flatMap((said) => LETTERS.flatMap((letters) => FLOWS.map((flow) => ({ ...said, letters, flow }))));

/**
 * @param {HTMLElement} stage @param {Store} store
 * @param {import("@preact/signals-core").ReadonlySignal<string>} valued the leaf whose value stands in a corner as well
 * @param {import("@preact/signals-core").ReadonlySignal<string>} training where the card of a training stands
 */
export function createEnlarged(stage, store, valued, training) {
  const card = div("enlarged");
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", "The numbers of this step");
  stage.append(card);

  /** @param {Enlarged} told @param {typeof FORMS[number]} form @returns {import("../../layout/free_corner.js").Size} */
  function show(told, { full, most, letters, flow }) {
    render(written(told, full, most), card);
    card.dataset.flow = flow;
    card.style.setProperty("--letters", `${letters}rem`);
    return { width: card.offsetWidth, height: card.offsetHeight };
  }

  throttledEffect(store, () => {
    const [frame, layout] = [store.stepFrame.value, store.layout.value];
    const wanted =
      store.present.value &&
      store.far.value &&
      store.stageView.value === "graph" &&
      store.window.value.width >= NARROWEST;
    const told = wanted && frame && layout?.drawing.key === frame.cues.drawing.key ? enlargedAt(frame) : null;
    card.hidden = told === null;
    if (!told || !frame || !layout) {
      render(nothing, card);
      return;
    }
    void [valued.value, training.value];
    const seen = { zoom: store.zoom.value, origin: store.origin.value };
    const [items, lines] = [itemsIn(layout, seen, 0), linesIn(layout, seen, 0)];
    const { step, cues } = frame;
    const own = cues.drawing.itemOf[step.node];
    const { form, corner } = placed(
      cornersOf(stage, store.window.value, layout, seen),
      FORMS.map((each) => show(told, each)),
      items,
      [...items.filter((_, i) => i === own), ...step.lines.flatMap((line) => lines[line] ?? [])],
    );
    const { x, y } = standing(corner, show(told, FORMS[form]));
    card.style.translate = `${x}px ${y}px`;
    card.dataset.corner = `${corner.bottom ? "bottom" : "top"} ${corner.right ? "right" : "left"}`;
  });
}
