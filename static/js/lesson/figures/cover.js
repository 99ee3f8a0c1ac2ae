/** Covers what a step asks to predict until the reader uncovers it: `cover=yes`. */
import { signal } from "@preact/signals-core";
import { html } from "lit-html";

/**
 * @param {Record<string, string>} options @param {string} what  is covered, in words
 * @returns {{covered: import("@preact/signals-core").Signal<boolean>, cover: () => unknown}}
 */
export function covering(options, what) {
  const covered = signal(options.cover === "yes");
  return {
    covered,
    cover: () =>
      html`<div class="cover"><p>First say what you expect.</p><button @click=${() => (covered.value = false)}>Show ${what}</button></div>`,
  };
}
