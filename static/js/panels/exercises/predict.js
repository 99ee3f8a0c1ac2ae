/**
 * Predict, then reveal: the choice of what is covered, the question about the selected node, and the verdict on the
 * answer.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../types.js").Node} Node
 * @typedef {import("../../predict.js").Kind} Kind
 * @typedef {import("../../predict.js").Mode} Mode
 * @typedef {import("../../predict.js").Revealed} Revealed
 */
import { batch, computed, effect, signal, untracked } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import {
  askedNode,
  chooseAsked,
  chooseAtHalt,
  revealNode,
  settleStart,
  startPredicting,
} from "../../commands/predict.js";
import { elementName, format, formatShape, formatTensor } from "../../words/format.js";
import { derivative, derivativeInShort } from "../../words/formula.js";
import { askedPlaces, isAnswer, OFF, revealedOf } from "../../predict.js";
import { play } from "../../timeline/player.js";
import { called, calledAt } from "../../timeline/sentence.js";
import { spoken } from "../kit/spoken.js";
import { createWish } from "../kit/wish.js";

/** @type {[Kind, string][]} */
const KINDS = [
  ["number", "Number"],
  ["sign", "Sign"],
  ["zero", "Zero?"],
];
/** The options, and their names for screen readers. @type {Record<"sign" | "zero", [string, string][]>} */
const CHOICES = {
  sign: [
    ["−", "negative"],
    ["0", "zero"],
    ["+", "positive"],
  ],
  zero: [
    ["zero", "zero"],
    ["not zero", "not zero"],
  ],
};

/**
 * @param {HTMLElement} host
 * @param {HTMLElement} chip  over the picture, while the card is out of sight
 * @param {Store} store
 * @param {MediaQueryList} narrow
 */
export function createPredict(host, chip, store, narrow) {
  const kind = signal(/** @type {Kind} */ ("number"));
  /** The answers so far, by asked element; they belong to one node. */
  const said = signal({ id: "", answers: /** @type {string[]} */ ([]) });
  /** What is wrong with an answer; "" for nothing. */
  const trouble = signal("");
  const on = computed(() => store.predict.value.mode !== "off");
  const asked = computed(() => askedNode(store));
  const answersFor = (/** @type {Node} */ { id }) => (said.value.id === id ? said.value.answers : []);

  /** @param {Node} node @param {number} at @param {string} answer */
  function answer({ id }, at, answer) {
    const answers = [...(said.peek().id === id ? said.peek().answers : [])];
    answers[at] = answer;
    said.value = { id, answers };
    trouble.value = "";
  }

  /** @param {Node} node */
  function submit(node) {
    const answers = [...answersFor(node)];
    const [places, how] = [askedPlaces(node), kind.peek()];
    const given = places.filter((_, i) => (answers[i] ?? "").trim() !== "");
    if (given.length > 0) {
      const odd = places.findIndex((_, i) => !isAnswer(how, answers[i] ?? ""));
      if (odd >= 0) {
        trouble.value =
          (answers[odd] ?? "").trim() === ""
            ? "Some elements have no answer yet."
            : `“${answers[odd].trim()}” is not a number.`;
        controls()[how === "number" ? odd : 0]?.focus();
        return;
      }
    }
    batch(() => {
      revealNode(store, node.index, how, answers);
      said.value = { id: "", answers: [] };
      trouble.value = "";
    });
    /** @type {HTMLElement | null} */ (host.querySelector(".onward") ?? host.querySelector("[data-verdict]"))?.focus();
  }

  const controls = () => /** @type {HTMLElement[]} */ ([...host.querySelectorAll("form .said input")]);

  /** Brings the question into view. */
  function ask() {
    if (!on.peek()) return;
    if (asked.peek() === null) chooseAsked(store, store.questions.peek()[0]?.node);
    store.rightTab.value = "node";
    if (narrow.matches) store.sheet.value = "inspect";
    focus.make();
  }

  /** Focuses the answer once the question is rendered. */
  const focus = createWish(() => {
    const field = /** @type {HTMLElement | null} */ (
      host.querySelector("form .said input:checked") ?? controls()[0] ?? host.querySelector("select")
    );
    // A radio button is clipped; its label is what is visible.
    if (!field?.closest("label, select")?.checkVisibility()) return false;
    field.focus();
    return true;
  });
  for (const other of ["pointerdown", "keydown"]) addEventListener(other, focus.drop, true);

  /** The next question, in the order of the backward pass. */
  const following = computed(() => {
    const { mode } = store.predict.value;
    // In "next", a later question waits for its step.
    return mode === "one"
      ? undefined
      : store.questions.value.find(({ step }) => mode !== "next" || step - 1 <= store.done.value);
  });

  /** Continues with the next question, or plays the step that was asked for. */
  function onward() {
    const next = following.peek();
    const [clock, cues] = [store.clock.peek(), store.cues.peek()];
    if (next) {
      chooseAsked(store, next.node);
      ask();
    } else if (cues) {
      store.clock.value = play(clock, cues);
    }
  }

  effect(() => {
    if (store.cues.value && store.predict.value.mode === "next") untracked(() => settleStart(store));
  });
  chooseAtHalt(store);
  let answering = store.answering.peek();
  effect(() => {
    if (store.answering.value === answering) return;
    answering = store.answering.value;
    untracked(ask);
  });

  effect(() => {
    host.hidden = !on.value;
    const [trace, full, predict] = [store.visibleTrace.value, store.fullTrace.value, store.predict.value];
    if (!on.value || !trace || !full) {
      render(nothing, host);
      return;
    }
    const node = store.shownNode.value;
    const shown = node && revealedOf(full, predict, node.index);
    const { right, of } = predict.score;
    render(
      html`<div class="predict-head">
          <h2>Predict</h2>
          <span class="score" title="Right answers out of all answers">${of > 0 ? `${right} of ${of}` : ""}</span>
          <button class="link" title="Uncover everything (Q)" @click=${() => (store.predict.value = OFF)}>Leave</button>
        </div>
        <div class="predict-how">
          <select aria-label="What is covered"
            @change=${(/** @type {Event} */ event) => change(/** @type {HTMLSelectElement} */ (event.target))}>
            ${modes(predict.mode, node).map(
              ([mode, words]) => html`<option value=${mode} .selected=${live(mode === predict.mode)}>${words}</option>`,
            )}
          </select>
          <button class="small" title="Cover everything again and restart the score"
            @click=${() => startPredicting(store, predict.mode, predict.node)}>Cover again</button>
        </div>
        ${node && asked.value === node.index ? form(node) : nothing}
        <div role="status">${shown && node ? verdict(shown, node) : nothing}</div>
        ${(node && asked.value === node.index) || shown ? nothing : html`<p class="dim">${advice(node)}</p>`}`,
      host,
    );
    focus.retry();
  });

  // While the card is out of sight (presenting, embedded, on a phone), the question is over the picture, and without
  // any card the revealed gradient too.
  effect(() => {
    const [trace, full, node] = [store.visibleTrace.value, store.fullTrace.value, store.shownNode.value];
    // Without a card, a gradient can only be revealed.
    const alone = store.present.value || store.hidden.value.has("inspector");
    const away = alone || store.sheet.value !== "inspect";
    if (!on.value || !trace || !full || !node || !away) {
      render(nothing, chip);
      return;
    }
    const name = derivative(trace, node);
    const shown = alone ? revealedOf(full, store.predict.value, node.index) : null;
    const show = () => revealNode(store, node.index, kind.peek(), []);
    render(
      asked.value === node.index
        ? alone
          ? html`<button title="Reveal it (Shift+Q)"
            @click=${show}>${name} = ? <span class="dim">Shift+Q</span></button>`
          : html`<button title=${`${name} = ?`} @click=${ask}>Predict</button>`
        : shown
          ? html`<p role="status">${name} = <b class="say-grad">${formatTensor(shown.grad)}</b></p>`
          : nothing,
      chip,
    );
  });

  /** @param {HTMLSelectElement} select */
  function change(select) {
    startPredicting(store, /** @type {Mode} */ (select.value));
  }

  /** @param {Mode} now @param {Node | null} node @returns {[Mode, string][]} */
  function modes(now, node) {
    const only =
      now === "one"
        ? calledAt(store.visibleTrace.value, store.predict.value.node ?? "")
        : node && node.grad !== null && node.id !== store.visibleTrace.value?.output
          ? called(node)
          : null;
    return [
      ["next", "Each next step"],
      ["parameters", "The parameters"],
      ["all", "All gradients"],
      ...(only === null ? [] : /** @type {[Mode, string][]} */ ([["one", `Only the gradient of ${only}`]])),
    ];
  }

  /** @param {Node | null} node what to do if there is no question */
  function advice(node) {
    const { mode, node: only } = store.predict.value;
    const left = store.questions.value.length;
    if (left === 0 && store.covered.value.size === 0)
      return mode === "one" ? "Nothing is covered here." : "Everything is revealed.";
    if (mode === "one")
      return `Choose ${calledAt(store.visibleTrace.value, only ?? "")} to predict its gradient. Gradients that depend on it are covered too.`;
    if (mode === "next")
      return store.halt.value === Infinity
        ? "There are no more questions from here on. Choose a node with a ? or go back."
        : "Play or step forward: each gradient is asked for before its step.";
    if (node && node.id === store.visibleTrace.value?.output)
      return "The gradient of the output is given. Choose a node with a ?.";
    return `Choose a node with a ?. ${left} ${left === 1 ? "is" : "are"} covered.`;
  }

  /** @param {Node} node */
  function form(node) {
    const places = askedPlaces(node);
    const answers = answersFor(node);
    const count = node.value.flat.length;
    const how = kind.value;
    const trace = store.visibleTrace.value;
    const name = trace === null ? called(node) : derivative(trace, node);
    const element = (/** @type {number} */ place) =>
      elementName(trace === null ? name : derivativeInShort(trace, node), node.shape, place);
    /** @param {Event} event */
    const send = (event) => {
      event.preventDefault();
      submit(node);
    };
    return html`<form class="question" @submit=${send} autocomplete="off">
      <p class="ask">What is <b>${name}</b>${
        count > 1
          ? html`? <span class="dim">${formatShape(node.shape)}${places.length < count ? ", one element of it" : ""}</span>`
          : "?"
      }</p>
      <div class="by" role="group" aria-label="Answer by">
        ${KINDS.map(
          ([id, words]) =>
            html`<button type="button" class="small" aria-pressed=${id === how}
              @click=${() => setKind(id)}>${words}</button>`,
        )}
      </div>
      ${places.map((place, i) =>
        how === "number"
          ? html`<label class="said"><code>${element(place)}</code> =
              <input class="field" type="text" inputmode="decimal" spellcheck="false"
                aria-invalid=${trouble.value !== "" && !isAnswer(how, answers[i] ?? "")}
                .value=${live(answers[i] ?? "")}
                @input=${(/** @type {Event} */ event) => answer(node, i, /** @type {HTMLInputElement} */ (event.target).value)} /></label>`
          : html`<fieldset class="said"><legend><code>${element(place)}</code></legend>
              ${CHOICES[how].map(
                ([value, words]) => html`<label><input type="radio" class="visually-hidden" name=${`predict-${i}`}
                  .checked=${live(answers[i] === value)} @change=${() => answer(node, i, value)} />
                  <span aria-hidden="true">${value}</span><span class="visually-hidden">${words}</span></label>`,
              )}</fieldset>`,
      )}
      <div class="ends">
        <span><span role="alert">${trouble.value}</span>${
          how === "number" && trouble.value === "" ? html`<span class="dim">Within 2 % is right</span>` : nothing
        }</span>
        <button class="hot" type="submit"
          title="Shows the gradient and says whether the answer was right (Enter)">Reveal</button>
      </div>
    </form>`;
  }

  /** @param {Kind} to answers of another kind are discarded */
  function setKind(to) {
    batch(() => {
      kind.value = to;
      said.value = { id: "", answers: [] };
      trouble.value = "";
    });
  }

  /** @param {Revealed} shown @param {Node} node */
  function verdict(shown, node) {
    const { grad, places, said: answers, each, right } = shown;
    const many = places.length > 1;
    const next = following.value;
    const trace = store.visibleTrace.value;
    return html`<div class=${`verdict ${right === null ? "shown" : right ? "right" : "wrong"}`} tabindex="-1"
      data-verdict>
      <p><b>${right === null ? "Revealed." : right ? "✓ Right." : many ? `✗ ${each.filter(Boolean).length} of ${places.length} right.` : "✗ Not right."}</b></p>
      <ul>
        ${places.map(
          (
            place,
            i,
          ) => html`<li><code>${elementName(trace === null ? called(node) : derivativeInShort(trace, node), node.shape, place)} = <b class="say-grad">${format(grad.flat[place])}</b></code>
          ${right === null || each[i] ? nothing : html` <span class="dim">you said ${answers[i]}</span>`}${
            many && right === false && each[i]
              ? html` <span class="ok" role="img" aria-label="right">✓</span>`
              : nothing
          }</li>`,
        )}
      </ul>
      ${
        shown === store.slip.value.of && store.slip.value.parts.length > 0
          ? html`<p class="slip">${spoken(store.slip.value.parts)}</p>`
          : nothing
      }
      ${
        next && trace
          ? html`<button class="small onward" @click=${onward}>Next: ${called(trace.nodes[next.node])}</button>`
          : store.predict.value.mode === "next" && store.clock.value.time < (store.cues.value?.steps.length ?? 1) - 1
            ? html`<button class="small onward" @click=${onward}>Play on</button>`
            : nothing
      }
    </div>`;
  }
}
