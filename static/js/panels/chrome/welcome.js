/**
 * Three tips for first-time visitors: where to write, where to play, where to look. They never block the page, and they
 * disappear as soon as the reader starts to do something. Loaded only when needed.
 */
import { effect } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { remember } from "../../edits/storage.js";
import { ICONS } from "../kit/icons.js";

const WELCOMED = "backlit-welcomed";
/** Gap between a tip and its target, and margin to the window, px. */
const GAP = 14;
const EDGE = 12;

/**
 * The target of each tip: the first visible of these selectors, and the side with room.
 * @type {{at: [selector: string, side: "right" | "above" | "left" | "below"][], title: string, text: string}[]}
 */
const STEPS = [
  {
    at: [
      ["#editor", "right"],
      ["[aria-controls=left]", "below"],
    ],
    title: "Write a few lines",
    text: "NumPy, or cells of your own notebook. The graph follows as you type; the sliders below change the values.",
  },
  {
    at: [["#transport", "above"]],
    title: "Play",
    text: "Values flow forward in blue, then gradients flow back in orange: brighter is larger. Space plays, the arrow keys go step by step.",
  },
  {
    at: [
      ["#right", "left"],
      ["[aria-controls=right]", "below"],
    ],
    title: "Ask a node",
    text: "Click any node to see its rule, its numbers, and where its gradient came from.",
  },
];

/** Keys that only navigate. Escape is a command of the page. */
const ABOUT = ["Tab", "Shift", "Control", "Alt", "Meta", "Escape"];
/** Keys that press the tip's own buttons. */
const OWN = ["Enter", " "];

/** @param {Event} event @param {HTMLElement} host @returns {boolean} whether the reader starts to use the page */
function begins(event, host) {
  const here = event.target instanceof Node && host.contains(event.target);
  if (event instanceof KeyboardEvent) return !ABOUT.includes(event.key) && !(here && OWN.includes(event.key));
  return !here;
}

/** @param {HTMLElement} host @param {import("../../store.js").Store} store */
export function createWelcome(host, store) {
  /** @type {HTMLElement | null} */
  let target = null;
  const close = () => (store.firstStep.value = 0);

  const place = () => {
    target?.classList.remove("pointed-at");
    const step = STEPS[store.firstStep.peek() - 1];
    if (!step) return;
    const found = step.at
      .map(([selector, side]) => ({
        element: /** @type {HTMLElement | null} */ (document.querySelector(selector)),
        side,
      }))
      .find(({ element }) => element?.offsetParent);
    host.hidden = !found;
    if (!found?.element) return;
    target = found.element;
    target.classList.add("pointed-at");
    const box = target.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = host;
    const wanted = {
      right: [box.right + GAP, box.top],
      left: [box.left - GAP - width, box.top + GAP],
      above: [box.left, box.top - GAP - height],
      below: [box.left, box.bottom + GAP],
    }[found.side];
    const [x, y] = [
      Math.min(Math.max(EDGE, wanted[0]), innerWidth - width - EDGE),
      Math.min(Math.max(EDGE, wanted[1]), innerHeight - height - EDGE),
    ];
    host.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    host.dataset.side = found.side;
    // The arrow keeps pointing at its target, even if the tip was pushed aside at the edge of the window.
    const along =
      found.side === "above" || found.side === "below"
        ? box.left + Math.min(box.width / 2, 40) - x
        : Math.min(box.top + Math.min(box.height / 2, 40) - y, height - 20);
    host.style.setProperty("--tip", `${Math.round(Math.max(16, along))}px`);
  };

  effect(() => {
    const at = store.firstStep.value;
    const step = STEPS[at - 1];
    if (!step) {
      target?.classList.remove("pointed-at");
      host.hidden = true;
      remember(WELCOMED, "1");
      render(nothing, host);
      return;
    }
    host.hidden = false;
    const last = at === STEPS.length;
    render(
      html`<h2 id="welcome-title">${step.title}</h2>
        <button class="quiet" aria-label="Skip the first steps" title="Skip (Esc)"
          @click=${close}>${ICONS.close}</button>
        <p role="status">${step.text}</p>
        <p class="dim">${at} of ${STEPS.length}</p>
        <button class="hot" @click=${() =>
          (store.firstStep.value = last ? 0 : at + 1)}>${last ? "Got it" : "Next"}</button>`,
      host,
    );
    place();
  });
  for (const type of ["pointerdown", "keydown", "wheel", "input", "drop"]) {
    addEventListener(type, (event) => store.firstStep.peek() > 0 && begins(event, host) && close(), {
      capture: true,
      passive: true,
    });
  }
  new ResizeObserver(place).observe(document.body);
  // The editor replaces the plain text a moment later, and the panels fill.
  for (const element of document.querySelectorAll("#editor, #transport")) new ResizeObserver(place).observe(element);
}
