/**
 * The sentence of the step: shown under the timeline, and announced to screen readers.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { html, render } from "lit-html";
import { hidesAnything } from "../../predict.js";
import { plainText, sentence } from "../../timeline/sentence.js";
import { createRest } from "../../busy.js";
import { spoken } from "../kit/spoken.js";
import { throttledEffect } from "../kit/throttled_effect.js";

/** Delay before a step is announced, ms, so that announcements never come faster than playback. */
const SETTLE = 250;

/** A program with a longer sentence has it in smaller letters while presented: the picture needs the room, characters. */
const LONG = 220;

/** With more steps than this, not every sentence is searched for the longest one. */
const MANY = 400;

/**
 * Reserves the height of the program's longest sentence, so that the page does not jump during playback: CSS lays that
 * sentence out invisibly in the same position. The height does not shrink while the program stays the same.
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
    const [trace, cues, sentences] = [store.visibleTrace.value, store.cues.value, store.sentences.value];
    if (store.traced.value !== program) longest = "";
    program = store.traced.value;
    if (!trace || !cues) return;
    // A sentence loaded before covering still contains the numbers.
    if (hidesAnything(trace)) longest = "";
    const texts =
      cues.steps.length > MANY
        ? [plainText(store.parts.value)]
        : cues.steps.map((_, k) => plainText(sentence(trace, cues, sentences, k)));
    const most = texts.reduce((a, b) => (b.length > a.length ? b : a), longest);
    if (most === longest) return;
    longest = most;
    host.dataset.room = longest;
    host.toggleAttribute("data-long", longest.length > LONG);
  });
  throttledEffect(store, () => {
    const parts = store.parts.value;
    const text = plainText(parts);
    render(html`<span class="said">${spoken(parts)}</span>`, host);
    rest.start(SETTLE, () => (live.textContent = text));
  });
  // What scrolls is reached by keys. The sentence said has the height of the longest one.
  const watch = new ResizeObserver(() => {
    if (host.scrollHeight > host.clientHeight + 1) host.tabIndex = 0;
    else host.removeAttribute("tabindex");
  });
  for (const each of [host, ...host.children]) watch.observe(each);
}
