/**
 * Plots of functions with their slopes, at the step's own x: `figure: activations sigmoid relu leaf=x`; `cover=yes`
 * hides them until the reader asks.
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { createAsker, POINTS, WINDOW } from "../../activations/ask.js";
import { verdict } from "../../activations/card.js";
import { legend } from "../../activations/controls.js";
import { createQuery, inTurn } from "../../query.js";
import { format } from "../../words/format.js";
import { activationPlot, rangeOf, SIZE } from "../../plots/activation.js";
import { dragging } from "../../plots/drag.js";
import { zonesOf } from "../../plots/zones.js";
import { toFragment } from "../../links/url.js";
import { covering } from "./cover.js";
import { leafOf } from "./leaf.js";
import { wordsOf } from "./lines.js";
import { linkedNumber } from "./linked_number.js";
import { parts } from "../../plots/sized.js";
import { snapped } from "./steps.js";

/** @typedef {import("../../activations/ask.js").At} At */

/** Gap between plots, px. */
const GAP = 16;
/** Height of a plot's name and numbers, and of its text, px. */
const HEAD = 26;
const SAID = 36;
const WORDS = HEAD + SAID;
/** Smallest legible size of a plot, px. */
const LEAST = { width: 200, height: 110 };
/** Preferred ratio of width to height. */
const SHAPE = 1.6;
/** Cost of an empty cell in the last row, relative to a shape that is off by a factor of e. */
const GAPED = 0.5;
/** From this width on, the text of a plot is beside its name, px. */
const WIDE = 440;

/**
 * The number of columns with which plots come closest to the preferred shape.
 * @param {number} count @param {{width: number, height: number}} room px
 */
export function columnsFor(count, { width, height }) {
  const off = (/** @type {number} */ columns) =>
    Math.abs(Math.log(width / columns / Math.max(1, height / Math.ceil(count / columns) - WORDS) / SHAPE));
  const gaped = (/** @type {number} */ columns) => (GAPED * (columns * Math.ceil(count / columns) - count)) / count;
  const cost = (/** @type {number} */ columns) => off(columns) + gaped(columns);
  const possible = Array.from({ length: count }, (_, i) => i + 1).filter(
    (columns) => columns === 1 || width / columns >= LEAST.width,
  );
  return possible.reduce((best, columns) => (cost(columns) < cost(best) ? columns : best), 1);
}

/**
 * @param {import("../../types.js").Trace | null} trace
 * @param {string} op
 * @param {string} leaf
 * @returns {string | null} the node that computes this function of this input
 */
function nodeWith(trace, op, leaf) {
  const index = trace?.byId.get(leaf);
  const edge =
    trace && index !== undefined
      ? trace.nodes[index].outs.find((out) => trace.nodes[trace.edges[out].target].op === op)
      : undefined;
  return trace && edge !== undefined ? trace.nodes[trace.edges[edge].target].id : null;
}

/** A moment at which everything is done. */
const DONE = 99;

/** @param {string} name @param {number} x @returns {string} a program with this function alone */
const inLab = (name, x) =>
  `/lab#${toFragment({ program: `y = ${name}(x)`, values: { x }, title: name, selection: "y", time: DONE })}`;

/** @type {import("./figure.js").Figure} */
export const activations = {
  title: (options) => `${wordsOf(options).join(", ")}: value and slope${options.drag === "no" ? "" : " · drag x"}`,
  mount(host, { options, store, session, explain }) {
    const names = wordsOf(options);
    const leafName = options.leaf ?? "x";
    const leaf = leafOf({ store, session }, leafName);
    const { picture, controls, size, removing } = parts(host);
    const asker = createAsker();
    const { covered, cover } = covering(options, "the picture");
    const curves = signal(/** @type {import("../../types.js").Curve[]} */ ([]));
    /** For each x of the input, the functions there. */
    const found = signal(/** @type {{x: number, at: At[]}[]} */ ([]));
    const drawnFrom = createQuery("trace", {
      about: () => ({ names }),
      ask: (_, post) => asker.curves(names, POINTS, post),
      take: (answer) => (curves.value = answer),
    });
    const asking = createQuery("trace", {
      about: () => (leaf.all.value.length > 0 ? { xs: leaf.all.value } : null),
      ask: ({ xs }, post) => Promise.all(xs.map(async (x) => ({ x, at: await asker.at(names, x, post) }))),
      take: (answer) => (found.value = answer),
      waits: inTurn,
    });
    /** @param {number} to */
    const set = (to) => {
      // With several inputs, dragging would not say which one moves.
      if (Number.isFinite(leaf.x.peek())) leaf.set(snapped(to, 0.05));
    };
    picture.dataset.count = String(names.length);
    const drawing = effect(() => {
      const [known, now, ops, whole] = [curves.value, found.value, store.ops.value, size.value];
      picture.classList.toggle("plots", !covered.value);
      if (covered.value) return void render(cover(), picture);
      if (known.length === 0) return void render(null, picture);
      const columns = columnsFor(names.length, whole);
      const rows = Math.ceil(names.length / columns);
      picture.style.setProperty("--columns", String(columns));
      const width = Math.max(LEAST.width, (whole.width - GAP * (columns - 1)) / columns);
      // With several inputs no text is shown.
      const beside = width >= WIDE || now.length !== 1;
      const cell = {
        ...SIZE,
        width,
        height: Math.max(LEAST.height, (whole.height - GAP * (rows - 1)) / rows - (beside ? HEAD : WORDS)),
      };
      const drag = dragging(cell, WINDOW, set);
      render(
        names.map((name, i) => {
          const op = ops?.ops.find((each) => each.name === name);
          const shape = op?.curve ?? ops?.functions.find((each) => each.name === name)?.curve ?? known[i];
          const points = now.map(({ x, at }) => ({ x, ...at[i] }));
          const at = points.length === 1 ? points[0] : null;
          // A number that the step's program contains links to its origin.
          const own = nodeWith(store.visibleTrace.value, name, leafName);
          const said = at === null ? "" : at.kink !== null ? `${at.kink}.` : verdict(at.dy);
          return html`<div class="plot-cell">
            <p class="plot-head"><b>${
              own || at === null
                ? name
                : html`<a href=${inLab(name, at.x)}
                  title=${`Open ${name} in the lab: derivation, check and code`}>${name}</a>`
            }</b>${beside ? html`<span class="plot-note">${said}</span>` : null}${
              at === null
                ? null
                : html`<span class="say-value">${
                    own ? linkedNumber(format(at.y), { of: "value", node: own }, explain) : format(at.y)
                  }</span>
              <span class="say-grad">slope ${
                own ? linkedNumber(format(at.dy), { of: "local", node: leafName, target: own }, explain) : format(at.dy)
              }</span>`
            }</p>
            <div class="plotted draggable" @pointerdown=${drag.down} @pointermove=${drag.move} @pointerup=${drag.up}
              @pointercancel=${drag.up}>
              ${activationPlot({
                name,
                curve: known[i],
                range: rangeOf(known[i], shape),
                points,
                corners: (op?.kink ?? null) !== null,
                size: cell,
              })}</div>
            ${beside ? null : html`<p class="plot-note">${said}</p>`}
          </div>`;
        }),
        picture,
      );
    });
    const explaining = effect(() => {
      // A legend would reveal what is covered.
      if (covered.value) return void render(null, controls);
      const zones = curves.value.flatMap(zonesOf);
      const corner = names.some(
        (name) => (store.ops.value?.ops.find((each) => each.name === name)?.kink ?? null) !== null,
      );
      render(
        legend({
          saturated: zones.some(({ kind }) => kind === "saturated"),
          dead: zones.some(({ kind }) => kind === "dead"),
          corner,
        }),
        controls,
      );
    });
    return removing(drawnFrom, asking, drawing, explaining);
  },
};
