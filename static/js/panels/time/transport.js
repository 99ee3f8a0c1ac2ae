/**
 * The playback buttons and the speed.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../commands/command.js").Command} Command
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { tooltip } from "../../commands/command.js";
import { SPEEDS } from "../../timeline/player.js";
import { commandButton, placed } from "../kit/button.js";
import { ICONS } from "../kit/icons.js";
import { blurAfterPointer } from "../kit/blur_after_pointer.js";

/** @type {Record<string, unknown>} by command */
const PICTURES = { previous: ICONS.previous, next: ICONS.next, freeze: ICONS.freeze, spotlight: ICONS.spotlight };

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {Record<string, Command>} commands
 */
export function createTransport(host, store, commands) {
  const setSpeed = blurAfterPointer((event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    store.clock.value = { ...store.clock.peek(), speed: Number(value) };
  });

  effect(() => {
    const playing = store.playing.value;
    const { speed } = store.clock.value;
    render(
      html`${commandButton(commands.start, {
        picture: ICONS.start,
      })} ${commandButton(commands.back, { picture: ICONS.back })}
        ${commandButton(commands.toggle, {
          picture: playing ? ICONS.pause : ICONS.play,
          label: playing ? "Pause" : "Play",
          kind: "hot",
        })}
        ${commandButton(commands.forward, {
          picture: ICONS.forward,
        })} ${commandButton(commands.end, { picture: ICONS.end })}
        ${commandButton(commands.loop, { picture: ICONS.loop })}
        <select class="speed" aria-label="Speed" title="Speed (, slower · . faster)" @pointerdown=${setSpeed.down}
          @change=${setSpeed.change} .value=${String(speed)}>
          ${SPEEDS.map((s) => html`<option value=${s} ?selected=${s === speed}>${s}×</option>`)}
        </select>
        ${
          store.present.value
            ? html`<span class="divider"></span>${placed(commands, "present").map((command) =>
                commandButton(command, { picture: PICTURES[command.id] }),
              )}
              <button aria-label="Stop presenting" title=${tooltip(commands.present, "Stop presenting")}
                @click=${commands.present.run}>${ICONS.close}</button>`
            : null
        }`,
      host,
    );
  });
}
