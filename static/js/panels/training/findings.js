/**
 * What goes wrong in the training, each with the step at which it began and something to try.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../queries/training.js").Trainer} Trainer
 */
import { batch, effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { createFindings } from "../../queries/findings.js";

/** @param {HTMLElement} host @param {Store} store @param {Trainer} trainer @returns {() => void} stops drawing */
export function createFindingsTold(host, store, trainer) {
  host.setAttribute("role", "status");
  const stops = [
    createFindings(store, () => store.leftTab.value === "train"),
    effect(() => {
      const found = store.findings.value;
      render(
        found.length === 0
          ? null
          : html`<ul class="findings">${found.map(
              ({ says, advice, since, node, trial }) => html`<li>
                <p>${says} <button class="link" @click=${() => show(since, node)}
                  title="Show this step">since step ${since}</button></p>
                <p class="dim">${advice}${
                  trial === null
                    ? null
                    : html` <button class="link" @click=${() => attempt(trial)}>${said(trial)}</button>`
                }</p>
              </li>`,
            )}</ul>`,
        host,
      );
    }),
  ];

  /** @param {number} step @param {string | null} node */
  function show(step, node) {
    batch(() => {
      trainer.explain("");
      trainer.go(step);
      if (node !== null) store.selection.value = node;
    });
  }

  /** Takes as many steps again, with what may help. @param {import("../../wire.d.ts").TrialAnswer} trial */
  function attempt({ settings, clip }) {
    const run = store.trainRun.peek();
    const steps = store.trained.peek()?.rows.at(-1)?.step ?? store.trainSteps.peek();
    trainer.set({ settings: { ...run.settings, ...settings }, ...(clip !== null && { clip }) });
    void trainer.take(steps);
  }

  return () => {
    for (const stop of stops) stop();
  };
}

/** @param {import("../../wire.d.ts").TrialAnswer} trial */
const said = ({ settings, clip }) =>
  `Try ${[
    ...Object.entries(settings).map(([name, value]) => `${name === "lr" ? "a rate of" : name} ${value}`),
    ...(clip === null ? [] : [`clipping at ${clip}`]),
  ].join(" and ")}`;
