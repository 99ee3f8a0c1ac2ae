/**
 * What the step does, in words: seen under the timeline, and spoken to who does not see it.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { hidesAnything } from "../../predict.js";
import { plainText, sentence } from "../../timeline/sentence.js";
import { createRest } from "../../busy.js";
import { spoken } from "../kit/spoken.js";

/** A screen reader is told once the step rests this long, ms: at the pace of playing, never faster. */
const SETTLE = 250;

/** Of more steps than this not each is read through for the longest sentence. */
const MANY = 400;

/**
 * The sentence keeps the room of the longest one of its program, so that the page does not jump while it plays: style
 * sets that one, unseen, in the same place. Room that was given is not taken back while the program stays.
 * @param {HTMLElement} host
 * @param {HTMLElement} live
 * @param {Store} store
 */
export function createSentence(host, live, store) {
  const rest = createRest("live");
  let longest = "";
  /** @type {string | null} */
  let program = null;
  effect(() => {
    const [trace, cues, told] = [store.trace.value, store.cues.value, store.told.value];
    if (store.traced.value !== program) longest = "";
    program = store.traced.value;
    if (!trace || !cues) return;
    // A sentence from before it was covered still has its numbers.
    if (hidesAnything(trace)) longest = "";
    const texts = cues.steps.length > MANY ? [plainText(store.parts.value)] : cues.steps.map((_, k) => plainText(sentence(trace, cues, told, k)));
    const most = texts.reduce((a, b) => (b.length > a.length ? b : a), longest);
    if (most === longest) return;
    longest = most;
    host.dataset.room = longest;
  });
  effect(() => {
    const parts = store.parts.value;
    const text = plainText(parts);
    render(html`<span class="said">${spoken(parts)}</span>`, host);
    rest.start(SETTLE, () => (live.textContent = text));
  });
}
