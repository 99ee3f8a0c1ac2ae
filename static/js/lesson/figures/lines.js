/**
 * Linked number lines: `figure: lines x h g`. A nudge of the first moves the others; each shows how much it is
 * stretched, where it really moves, and where its slope predicts it. `reach=0.5` sets the largest nudge; it starts half
 * way. `cover=yes` hides all this until the reader uncovers it.
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { createQuery, inTurn } from "../../query.js";
import { equalSign, format, formatDifference } from "../../words/format.js";
import { halfWidth, linesPicture } from "../../plots/lines.js";
import { linear } from "../../plots/scale.js";
import { covering } from "./cover.js";
import { draggable } from "./dragging.js";
import { fillSliders } from "../../panels/kit/slider_track.js";
import { leafOf, rowsOf, textIn } from "./leaf.js";
import { linkedNumber } from "./linked_number.js";
import { parts } from "../../plots/sized.js";
import { roundStep, snapped } from "./steps.js";

/** @typedef {import("../../plots/lines.js").Stop} Stop */

/** Default for the largest nudge. */
const REACH = 1;

/** @param {Record<string, string>} options @returns {string[]} the words without a key, in order */
export const wordsOf = (options) =>
  Object.entries(options)
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, word]) => word);

/** @param {Stop} last */
function really({ moved, value }) {
  const { left, sign, right } = formatDifference(moved, value);
  return html`${left} ${sign} <b class="say-value">${right}</b>`;
}

/** @type {import("./figure.js").Figure} */
export const lines = {
  title: (options) => `${wordsOf(options).join(" → ")}: nudge ${wordsOf(options)[0] ?? "x"}`,
  mount(host, { options, store, session, nudge, explain, head }) {
    const ids = wordsOf(options);
    const reach = Number(options.reach) > 0 ? Number(options.reach) : REACH;
    if (nudge.peek() === 0 || Math.abs(nudge.peek()) > reach) nudge.value = reach / 2;
    const leaf = leafOf({ store, session }, ids[0]);
    const { picture, controls, size, removing } = parts(host);
    const found = signal(/** @type {{stops: Stop[], nudge: number} | null} */ (null));
    const trouble = signal("");
    const { covered, cover } = covering(options, "the lines");
    /** The range of every line stays fixed while the nudge changes. */
    const half = signal(0);

    /**
     * Each value as an output of its own, at x and at the nudged x: its gradients are the slopes towards all before it.
     */
    const asking = createQuery("trace", {
      about: () => {
        const [subject, x, by] = [textIn(store), leaf.x.value, nudge.value];
        return subject !== null && Number.isFinite(x) ? { subject, x, by } : null;
      },
      ask: ({ subject, x, by }, post) => {
        const values = { ...subject.values, [ids[0]]: [x, x + by] };
        return Promise.all(ids.slice(1).map((output) => post({ ...subject, values, output })));
      },
      take: (answers, { x, by }) => {
        /** @type {Stop[]} */
        const stops = [{ name: ids[0], value: x, moved: x + by, slope: 1, stretch: 1 }];
        for (const [i, answer] of answers.entries()) {
          const [above, own] = [ids[i], ids[i + 1]];
          const rows = rowsOf(answer, [ids[0], above, own], 2);
          trouble.value = rows === null ? `${own} is not computed from ${ids[0]} element by element.` : "";
          if (rows === null) return;
          const [slope, stretch] = [ids[0], above].map((id) => rows.get(id)?.grad?.[0] ?? 0);
          const [value, moved] = rows.get(own)?.value ?? [NaN, NaN];
          stops.push({ name: own, value, moved, slope, stretch });
        }
        half.value = halfWidth(stops, reach);
        found.value = { stops, nudge: by };
      },
      refuse: () => (found.value = null),
      waits: inTurn,
    });

    /** @param {number} by */
    const set = (by) => (nudge.value = Math.min(reach, Math.max(-reach, by)));
    /** @param {PointerEvent} event the nudge is the length of the first arrow */
    const drag = (event) => {
      const box = picture.getBoundingClientRect();
      const scale = linear([-half.peek(), half.peek()], [18, box.width - 18]);
      set(snapped(scale.invert(event.clientX - box.left), roundStep([-reach, reach])));
    };
    const letGo = draggable(picture, drag, () => half.peek() !== 0 && !covered.peek());
    picture.classList.add("draggable");

    const drawing = effect(() => {
      const [now, { width, height }] = [found.value, size.value];
      if (covered.value) return void render(cover(), picture);
      if (trouble.value !== "") return void render(html`<p class="dim">${trouble.value}</p>`, picture);
      if (now === null || width < 120 || height < 90) return void render(null, picture);
      render(linesPicture({ size: { width, height }, ...now, reach, half: half.value }), picture);
    });
    const telling = effect(() => {
      const now = found.value;
      render(
        now === null || covered.value
          ? null
          : now.stops.map(
              ({ name, value }) =>
                html`<span>${name} = ${linkedNumber(format(value), { of: "value", node: name }, explain)}</span>`,
            ),
        head,
      );
    });
    const setting = effect(() => {
      const [by, now] = [nudge.value, found.value];
      if (covered.value) return void render(null, controls);
      /** @param {Event} event */
      const slide = (event) => set(Number(/** @type {HTMLInputElement} */ (event.target).value));
      const last = now?.stops.at(-1);
      render(
        html`<div class="figure-row"><label class="epsilon">Δ <input type="range" min=${-reach} max=${reach}
          step=${roundStep([-reach, reach]) / 2} .value=${live(String(by))} @input=${slide}
            aria-label=${`Δ, the nudge of ${ids[0]}`}
            aria-valuetext=${format(by)} /><output>${format(by)}</output></label></div>
          ${
            now === null || last === undefined
              ? null
              : html`<p class="quotient"><span>predicted: ${format(now.nudge)} ${now.stops
                  .slice(1)
                  .map(
                    ({ name, stretch }, i) =>
                      html` × ${linkedNumber(format(stretch), { of: "local", node: ids[i], target: name }, explain)}`,
                  )} ${equalSign(
                  [now.nudge, ...now.stops.slice(1).map(({ stretch }) => stretch)].map((x) => format(x)),
                  format(now.nudge * last.slope),
                )} <b class="say-grad">${format(now.nudge * last.slope)}</b></span>
            <span>really: ${really(last)}</span></p>`
          }`,
        controls,
      );
      fillSliders(controls);
    });
    return removing(asking, drawing, telling, setting, letGo);
  },
};
