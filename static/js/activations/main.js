/** Wires the page /activations; its only module that looks up elements by id. */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { get, outcome, post } from "../api.js";
import { createAppearance } from "../appearance.js";
import { format } from "../words/format.js";
import { readOps } from "../trace/ops.js";
import { ICONS } from "../panels/kit/icons.js";
import { createMaths } from "../panels/kit/maths.js";
import { createAsker, POINTS } from "./ask.js";
import { card } from "./card.js";
import { controls } from "./controls.js";
import { drawnOf } from "./functions.js";
import { createQuery, inTurn } from "../query.js";
import { createStack } from "./stack.js";
import { rangeOf } from "../plots/activation.js";

/** @typedef {import("./ask.js").At} At */
/**
 * @typedef {{drawn: import("./functions.js").Drawn, curve: import("../types.js").Curve, range: [number, number]}} Shown
 */

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element #${id}`);
  return found;
}

/** Delay after the last move before x is announced to screen readers and written to the address, ms. */
const REST = 400;

const root = document.documentElement;
const page = {
  theme: signal(/** @type {import("../store/page.js").Theme} */ ("auto")),
  reducedMotion: signal(false),
  present: signal(false),
  sheet: signal(/** @type {import("../store/page.js").Sheet} */ ("")),
  hidden: signal(/** @type {ReadonlySet<string>} */ (new Set())),
};
createAppearance(root, page);

const given = Number(new URLSearchParams(location.hash.slice(1)).get("x") ?? 2);
const x = signal(Number.isFinite(given) ? given : 2);
const shown = signal(/** @type {Shown[]} */ ([]));
const at = signal(/** @type {At[]} */ ([]));
const problem = signal("");
const maths = createMaths(root.dataset.katex ?? "");
const asker = createAsker();

/** @param {import("../types.js").Problem} why */
const refuse = (why) => (problem.value = why.detail);

effect(() => {
  const theme = page.theme.value;
  const next = /** @type {const} */ ({ auto: "dark", dark: "light", light: "auto" });
  const label = `Theme: ${theme === "auto" ? "same as the system" : theme}. Change`;
  render(
    html`<button class="quiet" aria-label=${label} title=${label}
      @click=${() => (page.theme.value = next[theme])}>${ICONS[theme]}</button>`,
    element("theme"),
  );
});
effect(() => {
  render(controls(x, problem.value), element("controls"));
});
effect(() => {
  const cards = shown.value.map((each, i) => ({
    each,
    html: card({ ...each, x: x.value, at: at.value[i] ?? null, maths, set: (to) => (x.value = to) }),
  }));
  const those = (/** @type {boolean} */ activation) =>
    cards.filter(({ each }) => each.drawn.activation === activation).map((made) => made.html);
  render(
    html`<h2 class="visually-hidden">Activation functions, one by one</h2><div class="cards">${those(true)}</div>`,
    element("functions"),
  );
  render(
    cards.length === 0
      ? null
      : html`<h2 id="others-title">Other functions of one number</h2><div class="cards">${those(false)}</div>`,
    element("others"),
  );
});

let rest = 0;
effect(() => {
  const [now, found] = [x.value, at.value];
  clearTimeout(rest);
  rest = window.setTimeout(() => {
    history.replaceState(null, "", `#x=${now}`);
    element("live").textContent =
      found.length === 0
        ? ""
        : `x = ${format(now)}. ${shown
            .peek()
            .filter(({ drawn }) => drawn.activation)
            .map(({ drawn }, i) => `${drawn.name}: slope ${format(found[i]?.dy)}`)
            .join(", ")}.`;
  }, REST);
});

const table = await outcome(get("ops"));
if (table?.problem) refuse(table.problem);
if (table?.answer) {
  const drawn = drawnOf(readOps(table.answer));
  const names = drawn.map(({ name }) => name);
  createQuery("trace", {
    about: () => ({ x: x.value }),
    ask: (about, send) => asker.at(names, about.x, send),
    take: (answer) => {
      at.value = answer;
      problem.value = "";
    },
    refuse,
    waits: inTurn,
  });
  createStack(
    element("depth"),
    drawn.filter(({ activation }) => activation).map(({ name }) => name),
    x,
    asker,
    { refuse },
  );
  const curves = await outcome(asker.curves(names, POINTS, (body) => post("trace", body)));
  if (curves?.problem) refuse(curves.problem);
  shown.value = drawn.flatMap((each, i) =>
    curves?.answer ? [{ drawn: each, curve: curves.answer[i], range: rangeOf(curves.answer[i], each.curve) }] : [],
  );
}
root.dataset.ready = "";
