/**
 * The optimizer as the program that it is, to be read, and to be written anew.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 * @typedef {{edits: import("../../edits/edits.js").Edits, nonce: string}} Writing  the history of the page, and what
 *   its style sheets need
 */
import { batch, computed, effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { underWay } from "../../busy.js";
import { div } from "../../dom.js";
import { isOwnRule, ruleAt } from "../../training/rule.js";

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {Trainer} trainer
 * @param {Writing} writing
 * @returns {() => void} stops drawing
 */
export function createRule(host, store, trainer, { edits, nonce }) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const [editor, below] = ["own-editor", "row"].map(div);
  summary.textContent = "The rule, to read or to write";
  details.append(summary, editor, below);
  host.append(details);

  const open = signal(false);
  details.addEventListener("toggle", () => (open.value = details.open));

  /** The text of the optimizer that is trained with. */
  const used = computed(() => {
    const { name } = ruleAt(store.trainRun.value, store.trainStep.value ?? 0);
    return isOwnRule(name) ? name : (store.ops.value?.optimizers.find((each) => each.name === name)?.source ?? "");
  });
  const written = computed(() => store.rule.value || used.value);

  let loaded = false;
  /** @type {(() => void)[]} */
  const stops = [];
  stops.push(
    effect(() => {
      if (!open.value || loaded) return;
      loaded = true;
      void underWay("part", import("./rule_editor.js")).then(({ createRuleEditor }) =>
        stops.push(
          createRuleEditor(
            editor,
            written,
            (text) => (store.rule.value = text === used.peek() ? "" : text),
            edits,
            nonce,
          ),
        ),
      );
    }),
    effect(() => {
      host.hidden = store.trainRun.value.own ?? false;
      const text = written.value;
      const problem = store.trainProblem.value?.errors[0]?.message ?? store.trainProblem.value?.detail;
      render(
        text === used.value
          ? html`<p class="dim">From a parameter, its gradient and what is remembered to the next parameter: change a line, or write a rule of your own.${
              problem ? html` <span class="refusal">${problem}</span>` : null
            }</p>`
          : html`<button class="hot" ?disabled=${!isOwnRule(text)}
            @click=${() => take(text)}>Take a step with it</button>
              <button @click=${() => (store.rule.value = "")}>As it was</button>
              ${isOwnRule(text) ? null : html`<p class="dim">A rule begins with <code>def</code> and a name.</p>`}`,
        below,
      );
    }),
  );

  /** @param {string} text */
  function take(text) {
    batch(() => {
      trainer.change({ optimizer: text });
      store.rule.value = "";
    });
    void trainer.next();
  }

  return () => {
    for (const stop of stops) stop();
  };
}
