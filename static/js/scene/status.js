/**
 * The message over the drawing during a slow layout, with a button to stop it, and then one to try again. The previous
 * drawing stays.
 */
import { html, render } from "lit-html";
import { div } from "../dom.js";

/** Delay before the message appears, ms. */
const PATIENCE = 300;

/** @param {HTMLElement} stage @param {{cancel: () => void, retry: () => void}} orders */
export function createStatus(stage, { cancel, retry }) {
  const host = div("layout-status");
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  const button = document.createElement("span");
  host.append(words, button);
  host.hidden = true;
  stage.append(host);
  let timer = 0;

  /** @param {string} text @param {{label: string, run: () => void} | null} order */
  function show(text, order) {
    clearTimeout(timer);
    host.hidden = order === null;
    words.textContent = text;
    render(order && html`<button class="small" @click=${order.run}>${order.label}</button>`, button);
  }
  return {
    /** @param {number} count of items */
    busy(count) {
      clearTimeout(timer);
      timer = window.setTimeout(
        () => show(`Laying out ${count.toLocaleString("en")} nodes …`, { label: "Cancel", run: cancel }),
        PATIENCE,
      );
    },
    done: () => show("", null),
    /** @param {string} why */
    stopped: (why) => show(why, { label: "Try again", run: retry }),
  };
}
