/** The way through the steps, below the text: back, on, past the steps that are optional, and to the next lesson. */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { tooltip } from "../commands/command.js";

/**
 * Where a reader goes who skips what is optional after a step.
 * @param {readonly {optional: boolean}[]} steps @param {number} place  of the step, from 0
 * @returns {number | null} the place of the next step that is not optional, steps.length if there is none; null if the
 *   next step is not optional, so that there is nothing to skip
 */
export function pastOptional(steps, place) {
  if (!steps[place + 1]?.optional) return null;
  const found = steps.findIndex(({ optional }, i) => i > place && !optional);
  return found < 0 ? steps.length : found;
}

/**
 * @param {HTMLElement} host  holds, as the server wrote it, the link to the next lesson
 * @param {object} how
 * @param {readonly {optional: boolean}[]} how.steps
 * @param {import("@preact/signals-core").ReadonlySignal<number>} how.at  the current step, from 0
 * @param {Record<string, import("../commands/command.js").Command>} how.commands
 * @param {() => void} how.onward
 * @param {(place: number) => void} how.go
 * @param {() => void} how.finish  notes that the lesson is done
 * @param {import("@preact/signals-core").ReadonlySignal<string[]>} how.changed  names whose values are no longer the
 *   lesson's
 * @param {() => void} how.restore  gives them the lesson's values
 */
export function createWalk(host, { steps, at, commands, onward, go, finish, changed, restore }) {
  const after = host.querySelector("[rel=next]");
  const next =
    after instanceof HTMLAnchorElement ? { href: after.href, title: after.textContent?.replace(" →", "") } : null;
  host.replaceChildren();
  const toNextLesson = (/** @type {string} */ look) =>
    html`<a class=${`button ${look}`} href=${next?.href ?? "/lessons"} @click=${finish}>${
      next ? html`<span>Next lesson<span class="title">: ${next.title}</span> →</span>` : "All lessons →"
    }</a>`;

  /** @param {number} place @param {number} past */
  const skipping = (place, past) => {
    // Before the first of them, to skip them is the usual way; within them, to go on is.
    const entering = !steps[place].optional;
    const [onLook, skipLook] = entering ? ["", "hot"] : ["hot", "only-wide"];
    const on = html`<button class=${onLook} title=${tooltip(commands.nextStep)} @click=${onward}>${
      entering ? html`<span>Optional<span class="title"> steps</span> →</span>` : "Next →"
    }</button>`;
    const skip =
      past === steps.length
        ? toNextLesson(skipLook)
        : html`<button class=${skipLook} @click=${() => go(past)}>Skip what is optional →</button>`;
    return entering ? [on, skip] : [skip, on];
  };

  effect(() => {
    const place = at.value;
    const past = pastOptional(steps, place);
    // A phone has no room for the number of the step beside three ways to go.
    host.toggleAttribute("data-choice", past !== null && !steps[place].optional);
    render(
      html`<button ?disabled=${place === 0} title=${tooltip(commands.previousStep)}
        @click=${commands.previousStep.run}>← Back</button>
      <span class="place">Step ${place + 1} of ${steps.length}</span>
      <span class="changed" role="status">${
        changed.value.length === 0
          ? nothing
          : html`<span>You changed ${changed.value.join(", ")}: the numbers follow, the words do not.</span>
            <button class="small" @click=${restore}>Back to the lesson’s values</button>`
      }</span>
      ${
        past !== null
          ? skipping(place, past)
          : place === steps.length - 1
            ? toNextLesson("hot")
            : html`<button class="hot" title=${tooltip(commands.nextStep)} @click=${onward}>Next →</button>`
      }`,
      host,
    );
  });
}
