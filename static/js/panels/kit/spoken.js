/** A sentence of the server's on the page. */
import { html } from "lit-html";

/** @param {import("../../wire.d.ts").SentencePart[]} parts @returns {unknown} each in the look of its tone */
export const spoken = (parts) => parts.map(({ text, tone }) => (tone ? html`<span class=${`say-${tone}`}>${text}</span>` : text));
