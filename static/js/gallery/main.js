/** The gallery of lessons and examples: shows the reader's progress in each lesson. */
import { allProgress } from "../lesson/progress.js";

const progress = allProgress();
for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-lesson]"))) {
  const found = progress[card.dataset.lesson ?? ""];
  const place = card.querySelector(".progress");
  if (!found || !place) continue;
  card.toggleAttribute("data-done", found.done);
  place.textContent = found.done ? "✓ done" : `at step ${found.at} of ${card.dataset.steps}`;
}
