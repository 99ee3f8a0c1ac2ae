/**
 * The tab for the reader's own backward pass: an editor, and below it the grades with their reasons, hints, and what is
 * missing. The answer is shown only on request.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../wire.d.ts").GradedLineAnswer} Line
 * @typedef {import("../../wire.d.ts").HintAnswer} Hint
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { formatShape, formatTensor } from "../../words/format.js";
import { markOf, SIGNS } from "../../queries/grading.js";
import { underWay } from "../../busy.js";
import { div } from "../../dom.js";
import { hidesAnything } from "../../predict.js";
import { fromWire } from "../../trace/tensor.js";
import { createFormula } from "./formula.js";
import { explained, spoken } from "../kit/spoken.js";

/** Most missing gradients that are listed one by one. */
const LISTED = 40;

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {import("../../edits/edits.js").Edits} edits
 * @param {string} nonce
 */
export function createBackward(host, store, edits, nonce) {
  const [intro, editor, results, formula] = ["", "own-editor", "", ""].map(div);
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  host.append(intro, editor, results, live, formula);
  createFormula(formula, store);
  render(
    html`<p class="dim">Write the gradient of each value, from the output back. Each line is graded as you write it.</p>`,
    intro,
  );

  let loaded = false;
  effect(() => {
    if (store.leftTab.value !== "backward" || loaded) return;
    loaded = true;
    void underWay("part", import("./backwardeditor.js")).then(({ createBackwardEditor }) =>
      createBackwardEditor(editor, store, edits, nonce),
    );
  });

  /** The number of hints shown, by gradient. */
  const hinted = signal(/** @type {Readonly<Record<string, number>>} */ ({}));
  const revealed = signal(/** @type {ReadonlySet<string>} */ (new Set()));
  const program = computed(() => store.grading.value?.program ?? null);
  effect(() => {
    void program.value;
    hinted.value = {};
    revealed.value = new Set();
  });

  /** @param {string} name */
  const hint = (name) => (hinted.value = { ...hinted.peek(), [name]: (hinted.peek()[name] ?? 0) + 1 });
  /** @param {string} name */
  const reveal = (name) => {
    const next = new Set(revealed.peek());
    if (!next.delete(name)) next.add(name);
    revealed.value = next;
  };

  /** @param {string} name @param {Hint[]} hints */
  const hintsOf = (name, hints) => {
    const many = Math.min(hints.length, hinted.value[name] ?? 0);
    return many === 0
      ? nothing
      : html`<ol class="hints">${hints
          .slice(0, many)
          .map(
            ({ text, code }) =>
              html`<li>${
                code === null
                  ? spoken(text)
                  : html`<pre tabindex="0" aria-label=${`The line for ${name}`}>${code}</pre>`
              }</li>`,
          )}</ol>`;
  };
  /** @param {string} name @param {Hint[]} hints */
  const hintButton = (name, hints) => {
    const many = hinted.value[name] ?? 0;
    const title = many === 0 ? "Hint" : many < hints.length - 1 ? "Next hint" : "Show the line";
    return many >= hints.length
      ? nothing
      : html`<button aria-label=${`${title} for ${name}`} @click=${() => hint(name)}>${title}</button>`;
  };

  /** @param {Line} line */
  const card = (line) => {
    const { name, of, value, adjoint, shape, wanted_shape: wanted, hints } = line;
    const mark = markOf(line) ?? "wrong";
    const key = `${name}:${line.line}:${line.turn}`;
    const action = revealed.value.has(key) ? "Hide the gradient" : "Show the gradient";
    const differs = shape !== null && wanted !== null && shape.join() !== wanted.join();
    return html`<li class=${mark}>
      <div class="own-head"><b aria-hidden="true">${SIGNS[mark]}</b>${name ? html`<code>${name}</code>` : nothing}<span class="dim">line ${line.line}${line.turn ? `, ${line.turn}` : nothing}${
        of === null ? nothing : html`, of <code>${of}</code>`
      }</span>
        ${
          differs ? html`<span class="shapes">${formatShape(shape)}, wanted ${formatShape(wanted)}</span>` : nothing
        }</div>
      <p>${why(line)}</p>
      ${hintsOf(name, hints)}
      ${
        revealed.value.has(key) && adjoint !== null
          ? html`<dl class="facts">
            <div><dt>yours</dt><dd>${value === null ? "no value" : formatTensor(fromWire(value), 6)}</dd></div>
            <div><dt>gradient</dt><dd class="say-grad">${formatTensor(fromWire(adjoint), 6)}</dd></div></dl>`
          : nothing
      }
      <div class="orders">${mark === "follows" ? nothing : hintButton(name, hints)}
        ${
          adjoint === null
            ? nothing
            : html`<button aria-label=${`${action} for ${name}`} @click=${() => reveal(key)}>${action}</button>`
        }</div>
    </li>`;
  };

  effect(() => {
    const grading = store.grading.value;
    const { answer = null, refusal = "" } = grading ?? {};
    if (answer === null) {
      render(refusal ? html`<p class="refusal" role="alert">${refusal}</p>` : nothing, results);
      return;
    }
    const { lines, missing, done, wanted } = answer;
    const troubled = lines.filter((line) => ["wrong", "follows"].includes(markOf(line) ?? ""));
    const going = lines.filter((line) => line.agrees === null && line.error === null && line.target !== null);
    render(
      html`<div class="progress">
          <progress aria-label="Gradients that are right" max=${Math.max(1, wanted)} .value=${done}></progress>
          <span class=${done === wanted && wanted > 0 ? "all" : "dim"}>${progress(done, wanted)}</span>
        </div>
        ${
          store.visibleTrace.value && hidesAnything(store.visibleTrace.value)
            ? html`<p class="dim">A line for a covered gradient is graded once the gradient is revealed.</p>`
            : nothing
        }
        ${
          troubled.length > 0
            ? html`<ul class="own-lines" aria-label="Lines that are not right">${troubled.map(card)}</ul>`
            : nothing
        }
        ${going.map(
          ({ name, line }) =>
            html`<p class="dim">Line ${line}: the sum for <code>${name}</code> continues below and is graded there.</p>`,
        )}
        ${lines
          .filter(({ convention, target, note }) => convention || (target === null && note !== null))
          .map(({ name, line, note }) => html`<p class="dim">Line ${line}: <code>${name}</code> ${note}</p>`)}
        ${lines
          .filter(({ of, agrees }) => of !== null && agrees === true)
          .map(
            ({ name, line, of }) =>
              html`<p class="dim">Line ${line}: <code>${name}</code> is right as a gradient of <code>${of}</code>.</p>`,
          )}
        ${lines
          .filter(({ chance }) => chance)
          .map(
            ({ name, line, note, convention }) =>
              html`<p class="chance">Line ${line}: <code>${name}</code> is right at these values but would not be at others. ${convention ? nothing : note} Is there a formula for it?</p>`,
          )}
        ${
          missing.length > 0
            ? html`<h2>Still to write</h2><ul class="own-missing">${missing
                .slice(0, LISTED)
                .map(
                  ({ name, shape, hints }) =>
                    html`<li><div><code>${name}</code><span class="dim">${formatShape(shape)}</span>${hintButton(name, hints)}</div>${hintsOf(name, hints)}</li>`,
                )}</ul>${
                missing.length > LISTED ? html`<p class="dim">and ${missing.length - LISTED} more</p>` : nothing
              }`
            : nothing
        }`,
      results,
    );
    const first = troubled[0];
    const spoken = `${progress(done, wanted)}.${first ? ` Line ${first.line}, ${first.name}: ${plain(first)}` : ""}`;
    if (live.textContent !== spoken) live.textContent = spoken;
  });
}

/** @param {number} done @param {number} wanted */
const progress = (done, wanted) =>
  wanted === 0
    ? "No gradients to write"
    : done === wanted
      ? wanted === 1
        ? "The gradient is right"
        : `All ${wanted} gradients are right`
      : `${done} of ${wanted} gradients`;

/** Why a line is not right. @param {Line} line */
function why({ error, follows, slip, note }) {
  if (follows.length > 0)
    return html`Follows from your ${follows.map(
      (name, i) => html`${i > 0 ? " and " : ""}<code>${name}</code>`,
    )}. The line itself is right.`;
  if (error !== null) return explained(error);
  if (slip !== null) return spoken(slip.text);
  return note ?? UNEXPLAINED;
}

const UNEXPLAINED = "The numbers differ, and no common slip explains why.";

/** The same as plain text, for screen readers. @param {Line} line */
function plain({ error, follows, slip, note }) {
  if (follows.length > 0) return `Follows from your ${follows.join(" and ")}.`;
  if (error !== null) return `${error.message}. ${error.hint ?? ""}`;
  return slip?.text.map(({ text }) => text).join("") ?? note ?? UNEXPLAINED;
}
