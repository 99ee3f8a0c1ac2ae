/**
 * Plays over the steps that are known, and goes from one of those at which something happens to the next; says what
 * happens at the shown one.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {Record<string, import("../../commands/command.js").Command>} Commands
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { PACES } from "../../training/pace.js";
import { commandButton } from "../kit/button.js";
import { ICONS } from "../kit/icons.js";

/** @param {HTMLElement} host @param {Store} store @param {Commands} commands @returns {() => void} stops drawing */
export function createPlayingSteps(host, store, commands) {
  return effect(() => {
    const [step, last] = [store.trainStep.value, store.trainLast.value];
    host.hidden = step === null || last === 0;
    if (host.hidden) return;
    const playing = store.isStepping.value;
    const here = store.trainEvents.value.filter((event) => event.step === step);
    render(
      html`<div class="row">
        ${commandButton(commands["train-play"], {
          picture: html`${playing ? ICONS.pause : ICONS.play} ${playing ? "Pause" : "Play"}`,
          label: playing ? "Pause the steps" : "Play over the steps",
        })}
        <select aria-label="Steps a second" title="Steps a second" @change=${(/** @type {Event} */ event) =>
          (store.stepPace.value = Number(/** @type {HTMLSelectElement} */ (event.target).value))}>
          ${PACES.map(
            (pace) => html`<option value=${pace} .selected=${pace === store.stepPace.value}>${pace}/s</option>`,
          )}</select>
        ${commandButton(commands["train-event-back"], { picture: ICONS.previous })}
        <span class="dim">event</span>
        ${commandButton(commands["train-event"], { picture: ICONS.next })}</div>
      <p role="status">${playing ? null : here.map(({ says }) => html`<span>${says}</span>`)}</p>`,
      host,
    );
  });
}
