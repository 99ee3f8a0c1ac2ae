/**
 * The error of both difference quotients against ε, measured by the engine: `figure: errorcurve x`. ε is shared with
 * the other figures of the step and can be dragged here too. `of=f` checks another output than the program's own;
 * `cover=yes` hides the plot until the reader uncovers it, so that it can be predicted.
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { createQuery, inTurn } from "../../query.js";
import { format } from "../../words/format.js";
import { errorCurve, nearest, stepUnder } from "../../panels/experiments/errorcurve.js";
import { covering } from "./cover.js";
import { draggable } from "./dragging.js";
import { epsilonSlider } from "./epsilon.js";
import { fillSliders } from "../../panels/kit/slider_track.js";
import { textIn } from "./leaf.js";
import { linkedNumber } from "./linked_number.js";
import { wordsOf } from "./lines.js";
import { parts } from "../../plots/sized.js";

/** @typedef {import("../../wire.d.ts").SweepAnswer} Sweep */

/** Delay after the last change of a value before its errors are measured, ms. */
const REST = 120;
/** Smallest legible size, px. */
const LEAST = { width: 240, height: 170 };
/** When presented, it is drawn smaller by this factor and scaled up to fill its area. */
const ENLARGED = 1.35;

/** @type {import("./figure.js").Figure} */
export const errorcurve = {
  title: (options) => `error against ε, by ${wordsOf(options)[0] ?? "x"} · drag ε`,
  mount(host, { options, store, epsilon, explain, head }) {
    const id = wordsOf(options)[0] ?? "x";
    const { picture, controls, size, removing } = parts(host);
    const sweep = signal(/** @type {Sweep | null} */ (null));
    const { covered, cover } = covering(options, "the curve");
    const asking = createQuery("check", {
      about: () => {
        const subject = textIn(store);
        return subject && { subject: JSON.stringify(subject) };
      },
      rest: () => (sweep.peek() === null ? 0 : REST),
      ask: ({ subject }, post) =>
        post({ ...JSON.parse(subject), nodes: [id], sweep: id, ...(options.of ? { output: options.of } : {}) }),
      take: (answer) => (sweep.value = answer.sweep),
      refuse: () => (sweep.value = null),
      waits: inTurn,
    });

    const room = () => {
      const by = store.present.value ? ENLARGED : 1;
      return {
        width: Math.max(LEAST.width, size.value.width / by),
        height: Math.max(LEAST.height, size.value.height / by),
      };
    };
    /** @param {PointerEvent} event */
    const drag = (event) => {
      const step = sweep.value && stepUnder(sweep.value, event, room());
      if (step !== null) epsilon.value = step;
    };
    const letGo = draggable(picture, drag, () => sweep.peek() !== null && !covered.peek());
    const drawing = effect(() => {
      if (covered.value) return void render(cover(), picture);
      render(sweep.value === null ? null : errorCurve(sweep.value, epsilon.value, room()), picture);
    });
    const telling = effect(() => {
      const error = sweep.value === null ? undefined : sweep.value.central[nearest(sweep.value, epsilon.value)];
      render(
        error === undefined || covered.value
          ? null
          : html`central: ${linkedNumber(
              format(Number(error), 3),
              { of: "error", node: id, epsilon: epsilon.value },
              explain,
            )}`,
        head,
      );
    });
    const setting = effect(() => {
      const now = sweep.value;
      const best =
        now === null
          ? []
          : /** @type {const} */ (["central", "forward"]).flatMap((method) => {
              const found = now.best[method];
              return found === null
                ? []
                : [
                    html`<span>${method}: least ${format(Number(found.error), 2)} at ε = ${format(found.epsilon, 2)}</span>`,
                  ];
            });
      render(
        html`${
          options.slider === "yes" ? html`<div class="figure-row">${epsilonSlider(epsilon)}</div>` : null
        }${options.best !== "yes" || covered.value ? null : html`<p class="quotient">${best}</p>`}`,
        controls,
      );
      fillSliders(controls);
    });
    return removing(asking, drawing, telling, setting, letGo);
  },
};
