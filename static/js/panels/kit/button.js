/** A command's button. @typedef {import("../../commands/command.js").Command} Command */
import { html, nothing } from "lit-html";
import { tooltip } from "../../commands/command.js";
import { ICONS } from "./icons.js";

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

/** @param {Command} command @param {import("../../store/page.js").Theme} theme */
export const themeButton = (command, theme) =>
  commandButton(command, {
    picture: ICONS[theme],
    label: `Theme: ${theme === "auto" ? "same as the system" : theme}. Change`,
    kind: "quiet",
  });

/** @param {Command} command @param {boolean} present whether the page is being presented */
export const presentButton = (command, present) =>
  commandButton(command, {
    picture: html`${present ? "Stop" : "Present"} ${ICONS.present}`,
    label: present ? "Stop presenting" : "Present",
    kind: "hot only-wide",
  });

/** @param {Record<string, Command>} commands @param {Command["place"]} place those that are shown, in order */
export const placed = (commands, place) =>
  Object.values(commands).filter((command) => command.place === place && (command.shown?.() ?? true));
