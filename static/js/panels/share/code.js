/**
 * The complete program with its backward pass, in several languages. The lines of the current step are highlighted, and
 * clicking a line goes to its step.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/codes.js").Code} Code
 */
import { effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { outcome } from "../../api.js";
import { createCodes, notebookText, stepsWanted, TARGETS } from "../../queries/codes.js";
import { copyText, REFUSED } from "../../export/clipboard.js";
import { fileName } from "../../export/filename.js";
import { save } from "../../export/save.js";
import { parts } from "../../words/highlight.js";
import { linesOf, linesOfStep, stepOfLine } from "../../timeline/codelines.js";
import { seek } from "../../timeline/player.js";
import { commandButton } from "../kit/button.js";

/** How long a confirmation is shown, ms. */
const SAID = 4000;
/** Most lines that are coloured: nobody reads more here, and each costs time. */
const COLOURED = 2000;
/** @type {{id: "step" | "training", title: string}[]} */
const SCOPES = [
  { id: "step", title: "this step" },
  { id: "training", title: "the whole training" },
];
/** Lines kept visible above and below the highlighted one. */
const AROUND = 2;

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {{shown?: () => boolean, commands?: Record<string, import("../../commands/command.js").Command>}} [options]
 *   shown: whether the panel is visible; otherwise nothing is requested
 */
export function createCode(host, store, { shown = () => true, commands = {} } = {}) {
  createCodes(store, shown);
  const said = signal("");
  let timer = 0;
  /** @param {string} text */
  const say = (text) => {
    said.value = text;
    clearTimeout(timer);
    timer = window.setTimeout(() => (said.value = ""), SAID);
  };
  /** Whether the code belongs to what the page shows. @param {Code | null} code @returns {code is Code} */
  const isCurrent = (code) => code !== null && code.trace === store.fullTrace.value && isWanted(code);
  /** Whether it is the code that was chosen, perhaps with older numbers. @param {Code} code */
  const isWanted = (code) => code.target === store.codeTarget.value && code.steps === stepsWanted(store);

  /** @param {string} ending */
  const called = (ending) => fileName(store.title.peek(), store.codeTarget.peek(), ending);
  const copy = async () => say((await copyText(store.code.peek()?.source ?? "")) ? "Copied." : REFUSED);
  const downloadSource = () =>
    save(new Blob([store.code.peek()?.source ?? ""], { type: "text/x-python" }), called("py"));
  const downloadNotebook = async () => {
    const found = await outcome(notebookText(store));
    if (found?.answer) save(new Blob([found.answer], { type: "application/x-ipynb+json" }), called("ipynb"));
    else if (found?.problem) say(found.problem.detail);
  };

  /** @param {number} line */
  function go(line) {
    const [trace, cues, code] = [store.visibleTrace.peek(), store.cues.peek(), store.code.peek()];
    const step = trace && cues && code ? stepOfLine(trace, cues, line, code.ties) : null;
    if (cues && step !== null && !store.frozen.peek()) store.clock.value = seek(store.clock.peek(), cues, step);
  }
  const listing = () => /** @type {HTMLElement | null} */ (host.querySelector(".listing"));
  /** @param {number} line */
  const row = (line) => /** @type {HTMLElement | undefined} */ (listing()?.children[line - 1]);

  /** @param {KeyboardEvent} event up and down move between lines that have a step; one of them is in the tab order */
  function walk(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
    buttons[buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target)) + by]?.focus();
  }
  /** @param {FocusEvent} event */
  function enter({ target, currentTarget }) {
    if (!(target instanceof HTMLButtonElement)) return;
    for (const button of /** @type {HTMLElement} */ (currentTarget).querySelectorAll("button"))
      button.tabIndex = button === target ? 0 : -1;
  }

  effect(() => {
    const code = store.code.value;
    const current = isCurrent(code);
    const covering = store.predict.value.mode !== "off";
    const ready = current && code.problem === null;
    // Code in another language than the selected one would be wrong; the same code with older numbers is only late.
    const text = code !== null && isWanted(code) ? code : null;
    const whole = stepsWanted(store) !== null;
    render(
      html`<div class="code-bar">
          <select aria-label="Language of the code" @change=${(/** @type {Event} */ { target }) =>
            (store.codeTarget.value = TARGETS[/** @type {HTMLSelectElement} */ (target).selectedIndex].id)}>
            ${TARGETS.map(
              ({ id, title }) => html`<option value=${id} ?selected=${id === store.codeTarget.value}>${title}</option>`,
            )}
          </select>
          ${store.trainStep.value === null ? null : scope()}
          <span class="space"></span>
          <button class="small" ?disabled=${!ready} @click=${copy} title="Copy the program">Copy</button>
          <button class="small" ?disabled=${!ready} @click=${downloadSource} title="Download as a Python file"
            aria-label="Download .py">.py</button>
          <button
            class="small" ?disabled=${!ready || covering || whole} @click=${downloadNotebook}
            aria-label="Download .ipynb"
            title=${
              whole
                ? "A notebook is of one step"
                : covering
                  ? "A notebook shows every gradient: end Predict first"
                  : "Download as a Jupyter notebook"
            }
          >.ipynb</button>
        </div>
        <p class="code-said" role="status">${current ? said.value : store.fullTrace.value ? "updating…" : ""}</p>
        ${text?.problem ? refusal(text.problem) : null}
        ${text && !text.problem ? guard([text], () => list(text)) : null}`,
      host,
    );
    host.classList.toggle("late", text !== null && !current);
  });

  /** What the code is of, where a training is shown. */
  const scope = () => html`<select aria-label="What the code is of" @change=${(/** @type {Event} */ { target }) =>
    (store.codeScope.value = SCOPES[/** @type {HTMLSelectElement} */ (target).selectedIndex].id)}>
      ${SCOPES.map(
        ({ id, title }) => html`<option value=${id} ?selected=${id === store.codeScope.value}>${title}</option>`,
      )}
    </select>`;

  /** @param {import("../../types.js").Problem} problem */
  function refusal({ detail, errors }) {
    const scalars =
      commands.detail &&
      store.codeTarget.value === "micrograd" &&
      stepsWanted(store) === null &&
      store.detail.value === "tensor" &&
      (commands.detail.shown?.() ?? true);
    return html`<div class="refused">
      <p>${detail}</p>
      ${
        scalars
          ? commandButton(commands.detail, { picture: "Open every array into scalars", kind: "small" })
          : errors[0]?.hint
            ? html`<p class="dim">${errors[0].hint}</p>`
            : null
      }
    </div>`;
  }

  /** @param {Code} code */
  function list({ source, ties }) {
    const lines = source.replace(/\n$/, "").split("\n");
    const first = lines.findIndex((_, place) => ties.owners.has(place + 1)) + 1;
    return html`<ol class="listing" aria-label="Code" @keydown=${walk} @focusin=${enter}>
      ${lines.map((text, place) => {
        const line = place + 1;
        const shown = html`<span class="line-no"
          aria-hidden="true">${line}</span><code>${place < COLOURED ? coloured(text) : text}</code>`;
        return html`<li>${
          ties.owners.has(line)
            ? html`<button tabindex=${line === first ? 0 : -1} @click=${() => go(line)}>${shown}</button>`
            : html`<span>${shown}</span>`
        }</li>`;
      })}
    </ol>`;
  }

  /** @type {HTMLElement[]} */
  let lit = [];
  effect(() => {
    // In a narrow window the panel is in a sheet: when it opens, the highlighted lines are brought into view.
    void store.sheet.value;
    const [code, trace, cues, k] = [store.code.value, store.visibleTrace.value, store.cues.value, store.step.value];
    const way = cues?.steps[k]?.phase ?? "start";
    for (const each of lit) {
      each.classList.remove("lit", "forward", "backward");
      each.querySelector("button")?.removeAttribute("aria-current");
    }
    lit = [];
    if (!shown() || !code || !trace || !cues || code.trace.key !== trace.key) return;
    const found = [...linesOfStep(trace, cues, k, code.ties)].sort((a, b) => a - b);
    lit = found.flatMap((line) => row(line) ?? []);
    for (const each of lit) {
      each.classList.add("lit", way === "seed" || way === "backward" ? "backward" : "forward");
      each.querySelector("button")?.setAttribute("aria-current", "step");
    }
    const [first] = lit;
    // After the sheet has opened, in another effect of the same change.
    if (way !== "start" && first) queueMicrotask(() => reveal(first));
  });

  /** @param {HTMLElement} line scrolls only the listing until the line is visible with some lines around it */
  function reveal(line) {
    const window = listing();
    if (!window) return;
    const room = line.offsetHeight * AROUND;
    const [top, bottom] = [line.offsetTop - room, line.offsetTop + line.offsetHeight + room];
    if (top < window.scrollTop) window.scrollTop = top;
    else if (bottom > window.scrollTop + window.clientHeight) window.scrollTop = bottom - window.clientHeight;
  }

  let answered = 0;
  effect(() => {
    const { node, count } = store.codeSought.value;
    const code = store.code.value;
    if (count === answered || !shown() || !isCurrent(code)) return;
    answered = count;
    const found = row(linesOf(code.ties, "backward", node)[0] ?? 0);
    if (!found) return;
    reveal(found);
    found.querySelector("button")?.focus({ preventScroll: true });
  });
}

/** @param {string} text */
const coloured = (text) =>
  parts(text).map((part) =>
    part.kind === "" ? part.text : html`<span class=${`code-${part.kind}`}>${part.text || nothing}</span>`,
  );
