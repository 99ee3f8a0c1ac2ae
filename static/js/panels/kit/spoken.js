/** Renders sentences from the server. */
import { html } from "lit-html";

/** @param {import("../../wire.d.ts").SentencePart[]} parts @returns {unknown} each part in the style of its tone */
export const spoken = (parts) =>
  parts.map(({ text, tone }) => (tone ? html`<span class=${`say-${tone}`}>${text}</span>` : text));

/** @param {{message: string, hint: string | null}} error @returns {unknown} the error and its hint */
export const explained = ({ message, hint }) => html`${message}. <span class="dim">${hint ?? ""}</span>`;
