/** A command's button. @typedef {import("../../commands/command.js").Command} Command */
import { html, nothing } from "lit-html";
import { tooltip } from "../../commands/command.js";

/**
 * @param {Command} command
 * @param {{picture?: unknown, label?: string, kind?: string}} [how]  overrides the command's own
 */
export function commandButton(
  command,
  { picture = command.picture ?? command.short ?? command.label, label = command.label, kind = "" } = {},
) {
  const pressed = command.pressed ? String(command.pressed()) : nothing;
  return html`<button
    class=${kind} data-command=${command.id} ?disabled=${command.enabled ? !command.enabled() : false}
    aria-label=${label} aria-pressed=${pressed} title=${tooltip(command, label)} @click=${command.run}
  >${picture}</button>`;
}

/** @param {Record<string, Command>} commands @param {Command["place"]} place those that are shown, in order */
export const placed = (commands, place) =>
  Object.values(commands).filter((command) => command.place === place && (command.shown?.() ?? true));
