/**
 * An embedded frame leaves scrolling to the page around it, as embedded maps do. The wheel zooms with Ctrl or ⌘, with a
 * pinch, or after a click into the frame until the focus leaves it. One finger scrolls the page, two fingers pan and
 * zoom. A hint explains this once.
 */
import { APPLE, keyName } from "../commands/command.js";

/** How long a hint is shown, ms. */
const STANDS = 2200;

/**
 * @param {HTMLElement} host the stage
 * @returns {(event: WheelEvent | MouseEvent | TouchEvent) => boolean} whether the drawing handles this event
 */
export function createEmbedGestures(host) {
  const hint = document.createElement("p");
  hint.className = "manners";
  // The hint is about wheels and fingers, so it is hidden from screen readers.
  hint.setAttribute("aria-hidden", "true");
  host.append(hint);
  let engaged = false;
  let standing = 0;
  /** Hints already shown, or no longer needed. @type {Set<string>} */
  const known = new Set();

  /** @param {string} words */
  function tell(words) {
    if (known.has(words)) return;
    known.add(words);
    hint.textContent = words;
    hint.toggleAttribute("data-shown", true);
    clearTimeout(standing);
    standing = window.setTimeout(quiet, STANDS);
  }
  const quiet = () => hint.toggleAttribute("data-shown", false);
  /** @param {boolean} now */
  function engage(now) {
    engaged = now;
    host.toggleAttribute("data-engaged", now);
    if (now) quiet();
  }
  const WHEEL = `${keyName("Mod", APPLE)} + scroll to zoom, or click first`;
  const FINGERS = "Two fingers move and zoom the graph";

  addEventListener("pointerdown", ({ pointerType }) => pointerType !== "touch" && engage(true), { capture: true });
  addEventListener("blur", () => engage(false));
  // At this moment the outer page starts to scroll under the finger.
  host.addEventListener("pointercancel", ({ pointerType }) => pointerType === "touch" && tell(FINGERS));

  return (event) => {
    if (event instanceof WheelEvent) {
      const own = engaged || event.ctrlKey || event.metaKey;
      if (own) known.add(WHEEL);
      else tell(WHEEL);
      return own;
    }
    if ("touches" in event) {
      if (event.touches.length > 1) known.add(FINGERS);
      return event.touches.length > 1;
    }
    return !event.ctrlKey && !event.button;
  };
}
