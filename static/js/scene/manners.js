/**
 * A picture in a frame on somebody else's page leaves the scrolling to that page, as maps do. The wheel zooms with Ctrl or ⌘
 * held, by a pinch, or once the reader has clicked into the frame, until the focus leaves it; one finger scrolls, two are the
 * picture's. Who would be surprised is told, once.
 */
import { APPLE, keyName } from "../commands/command.js";

/** How long a hint stands, ms. */
const STANDS = 2200;

/**
 * @param {HTMLElement} host the stage
 * @returns {(event: WheelEvent | MouseEvent | TouchEvent) => boolean} is this the picture's to take
 */
export function createManners(host) {
  const hint = document.createElement("p");
  hint.className = "manners";
  // It tells of wheels and fingers: who hears the page has neither in hand.
  hint.setAttribute("aria-hidden", "true");
  host.append(hint);
  let engaged = false;
  let standing = 0;
  /** What has been told, or is known. @type {Set<string>} */
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
  const FINGERS = "Two fingers move and zoom the picture";

  addEventListener("pointerdown", ({ pointerType }) => pointerType !== "touch" && engage(true), { capture: true });
  addEventListener("blur", () => engage(false));
  // Just then the page around it begins to scroll under the finger.
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
