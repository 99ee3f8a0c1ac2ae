/** Renders a sentence from the server. */
import { html } from "lit-html";

/** @param {import("../../wire.d.ts").SentencePart[]} parts @returns {unknown} each part in the style of its tone */
export const spoken = (parts) =>
  parts.map(({ text, tone }) => (tone ? html`<span class=${`say-${tone}`}>${text}</span>` : text));
