/** A function stacked on itself, and what is left of a gradient at x by depth. */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { format } from "../words/format.js";
import { depthPlot } from "../plots/depth.js";
import { sized } from "../plots/sized.js";
import { toFragment } from "../links/url.js";
import { createQuery, inTurn } from "../query.js";

/** Largest depth. */
const DEEPEST = 10;

/** @param {string} name @param {number} depth @returns {string} a program that stacks the function, line by line */
export const stacked = (name, depth) =>
  Array.from({ length: depth }, (_, i) => `h${i + 1} = ${name}(${i === 0 ? "x" : `h${i}`})`).join("\n");

/** @param {string} name @param {number} depth @param {number} slope at x of the whole stack @returns {string} */
export function describeDepth(name, depth, slope) {
  const through = `${depth === 1 ? "one" : depth} ${name}${depth === 1 ? "" : "s"}`;
  if (Number.isNaN(slope))
    return `After ${through} there is no number: the function is not defined everywhere on the way.`;
  if (slope === 0)
    return `After ${through} nothing is left of the gradient: one of the slopes on the way is 0, and so is every product with it.`;
  return `After ${through}, ${format(slope)} is left of a gradient of 1: the product of ${depth === 1 ? "one slope" : `${depth} slopes`}.`;
}

/**
 * @param {HTMLElement} host
 * @param {readonly string[]} names to choose from
 * @param {import("@preact/signals-core").Signal<number>} x
 * @param {import("./ask.js").Asker} asker
 * @param {{bare?: boolean, refuse?: (problem: import("../types.js").Problem) => void}} [how]  bare: without heading and
 *   frame, for a place that has its own; refuse: where a refusal goes
 * @returns {() => void} removes it
 */
export function createStack(host, names, x, asker, { bare = false, refuse = () => {} } = {}) {
  const name = signal(names.includes("sigmoid") ? "sigmoid" : names[0]);
  const depth = signal(DEEPEST);
  const found = signal(/** @type {{name: string, slopes: number[]} | null} */ (null));
  const asking = createQuery("trace", {
    about: () => (Number.isFinite(x.value) ? { name: name.value, x: x.value } : null),
    ask: (about, post) => asker.stack(about.name, DEEPEST, about.x, post),
    take: (answer, about) => (found.value = { name: about.name, slopes: answer.map(({ dy }) => dy) }),
    refuse,
    waits: inTurn,
  });

  const frame = document.createElement("div");
  frame.className = bare ? "stack bare" : "stack card wide";
  const [orders, picture, words] = ["stack-controls", "plotted", "stack-told"].map((name) => {
    const part = document.createElement("div");
    part.className = name;
    return part;
  });
  words.setAttribute("aria-live", "polite");
  frame.append(orders, picture, words);
  if (!bare) {
    const head = document.createElement("div");
    host.append(head);
    render(
      html`<h2 id="depth-title">Stacked</h2>
        <p class="lead">A network is deep: its functions follow one another, and their slopes are multiplied. Ten slopes
          below one leave almost nothing; ten slopes above one make a gradient explode. The scale is in powers of ten. It has
          no zero, so a ring below it stands for a gradient of exactly 0.</p>`,
      head,
    );
  }
  host.append(frame);
  const { size, stop: unwatch } = sized(picture);

  const ordering = effect(() => {
    const deep = depth.value;
    const link = `/lab#${toFragment({ program: stacked(name.value, deep), values: { x: x.value }, title: `${name.value}, ${deep} deep` })}`;
    /** @param {Event} event */
    const choose = (event) => (name.value = /** @type {HTMLSelectElement} */ (event.target).value);
    /** @param {Event} event */
    const slide = (event) => (depth.value = Number(/** @type {HTMLInputElement} */ (event.target).value));
    render(
      html`<label>function <select aria-label="function" @change=${choose}>${names.map(
        (each) => html`<option ?selected=${each === name.value}>${each}</option>`,
      )}</select></label>
        <label class="deep">depth <input type="range" min="1" max=${DEEPEST} step="1" .value=${live(String(deep))}
          @input=${slide} /><output>${deep}</output></label>
        ${
          Number.isFinite(x.value)
            ? html`<a href=${link} aria-label=${`Open in the lab: ${name.value}, ${deep} deep`}>Open in the lab</a>`
            : null
        }`,
      orders,
    );
    /** @type {HTMLElement | null} */ (orders.querySelector(".deep input"))?.style.setProperty(
      "--at",
      `${((deep - 1) / (DEEPEST - 1)) * 100}%`,
    );
  });
  const drawing = effect(() => {
    const [now, deep, { width, height }] = [found.value, depth.value, size.value];
    const room = now !== null && width > 150 && height > 90;
    render(
      room ? depthPlot({ name: now.name, slopes: now.slopes, depth: deep, size: { width, height } }) : null,
      picture,
    );
    words.textContent = now === null ? "" : describeDepth(now.name, deep, now.slopes[deep - 1]);
  });
  return () => {
    for (const stop of [asking, ordering, drawing, unwatch]) stop();
    host.replaceChildren();
  };
}
