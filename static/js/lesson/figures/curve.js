/**
 * An output plotted against an input, with the engine: `figure: curve f x from=0 to=8`. Pointer and keys move the
 * point, and everything that follows the input; the slope of the tangent is the gradient, that of the secant a
 * difference quotient. `method=forward` starts with the forward difference; `secant=no` leaves out the secant;
 * `epsilon=0.1` sets the initial ε.
 */
import { effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { createQuery, inTurn } from "../../query.js";
import { format } from "../../words/format.js";
import { curvePicture, MARGIN, inFull, precise } from "../../plots/curve.js";
import { clamp, linear } from "../../plots/scale.js";
import { number } from "../../trace/tensor.js";
import { reach } from "../../trace/values.js";
import { draggable } from "./dragging.js";
import { epsilonSlider } from "./epsilon.js";
import { fillSliders } from "../../panels/kit/slider_track.js";
import { leafOf, rowsOf, textIn } from "./leaf.js";
import { linkedNumber } from "./linked_number.js";
import { parts } from "../../plots/sized.js";
import { keyed, roundStep, snapped } from "./steps.js";

/** Number of points on a curve. */
const POINTS = 121;

/**
 * @typedef {"central" | "forward"} Method
 * @typedef {{x: number, y: number, slope: number, epsilon: number, before: number, after: number}} Found  values at x
 *   and one step to each side
 */

/**
 * The difference quotient as the notebook writes it: divided by the requested ε, not by the rounded difference of x ±
 * ε.
 * @param {Found} found @param {Method} method
 */
export const quotient = ({ y, before, after, epsilon }, method) =>
  method === "forward" ? (after - y) / epsilon : (after - before) / (2 * epsilon);

/**
 * The difference quotient written out with its numbers.
 * @param {Found} found
 * @param {Method} method
 * @param {{f: string, x: string}} names
 */
export function written(found, method, { f, x }) {
  const { y, before, after, epsilon } = found;
  const [low, divisor] = method === "forward" ? [y, epsilon] : [before, 2 * epsilon];
  return {
    rule: method === "forward" ? `(${f}(${x} + ε) − ${f}(${x})) / ε` : `(${f}(${x} + ε) − ${f}(${x} − ε)) / 2ε`,
    numbers: `(${inFull(after)} − ${inFull(low)}) / ${format(divisor)}`,
    result: precise(quotient(found, method)),
  };
}

/**
 * @param {Record<string, string>} options @param {number} x  the initial value
 * @returns {[number, number]} of the input
 */
export function windowOf(options, x) {
  const [from, to] = [Number(options.from), Number(options.to)];
  if (from < to) return [from, to];
  return [-reach(x), reach(x)];
}

/** @type {import("./figure.js").Figure} */
export const curve = {
  title: (options) => `${options.secant === "no" ? "curve and tangent" : "curve, tangent and secant"} · drag the point`,
  mount(host, { options, store, session, epsilon, explain, head }) {
    const names = { f: options[1] ?? "f", x: options[2] ?? "x" };
    const leaf = leafOf({ store, session }, names.x);
    const { picture, controls, size, removing } = parts(host);
    const withSecant = options.secant !== "no";
    const method = signal(/** @type {Method} */ (options.method === "forward" ? "forward" : "central"));
    if (Number(options.epsilon) > 0) epsilon.value = Number(options.epsilon);
    const window = signal(/** @type {[number, number] | null} */ (null));
    const line = signal(/** @type {{x: number[], y: number[]} | null} */ (null));
    const found = signal(/** @type {Found | null} */ (null));
    const trouble = signal("");

    const widening = effect(() => {
      const x = leaf.x.value;
      // Until the step's program is traced, x is that of the step before.
      if (textIn(store) === null || store.traced.value !== store.program.value || !Number.isFinite(x)) return;
      const shown = window.peek() ?? windowOf(options, x);
      const [low, high] = shown;
      // Widen the window to include a number that was typed.
      window.value =
        x < low || x > high ? [Math.min(low, x - 0.1 * (high - low)), Math.max(high, x + 0.1 * (high - low))] : shown;
    });
    const askingLine = createQuery("trace", {
      about: () => {
        const [subject, shown] = [textIn(store), window.value];
        if (subject === null || shown === null) return null;
        // The curve depends on all but the input itself.
        const { [names.x]: _, ...values } = subject.values;
        return { subject: JSON.stringify({ ...subject, values }), low: shown[0], high: shown[1] };
      },
      ask: async ({ subject, low, high }, post) => {
        const x = Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));
        const { values, ...text } = JSON.parse(subject);
        return { x, answer: await post({ ...text, values: { ...values, [names.x]: x }, output: names.f }) };
      },
      take: ({ x, answer }) => {
        const y = rowsOf(answer, [names.f, names.x], x.length)?.get(names.f)?.value ?? null;
        trouble.value =
          y === null ? `${names.f} is not computed from ${names.x} element by element, so it has no curve.` : "";
        line.value = y && { x, y };
      },
      // Errors of the program are reported beside the program.
      refuse: () => (line.value = null),
      waits: inTurn,
    });
    const askingPoint = createQuery("trace", {
      about: () => {
        const [subject, x, step] = [textIn(store), leaf.x.value, epsilon.value];
        return subject !== null && Number.isFinite(x) ? { subject, x, step } : null;
      },
      // One number at a time, as a notebook would: in a row of numbers the last digits may differ, and those are what a
      // small step shows.
      ask: ({ subject, x, step }, post) =>
        Promise.all(
          [x - step, x, x + step].map((at) =>
            post({ ...subject, values: { ...subject.values, [names.x]: at }, output: names.f }),
          ),
        ),
      take: (answers, { x, step }) => {
        const [before, at, after] = answers.map(({ nodes }) => {
          const [own, input] = [names.f, names.x].map((id) =>
            nodes.find((/** @type {{id: string}} */ node) => node.id === id),
          );
          return own && input && !Array.isArray(own.value)
            ? { y: number(own.value), slope: number(input.grad ?? 0) }
            : null;
        });
        found.value = before && at && after && { x, epsilon: step, ...at, before: before.y, after: after.y };
      },
      refuse: () => (line.value = null),
      waits: inTurn,
    });

    /** @param {PointerEvent} event */
    const drag = (event) => {
      const shown = window.peek();
      if (shown === null) return;
      const box = picture.getBoundingClientRect();
      const scale = linear(shown, [MARGIN.left, size.peek().width - MARGIN.right]);
      const to = snapped(scale.invert(event.clientX - box.left), roundStep(shown));
      leaf.set(clamp(to, ...shown));
      if (event.type === "pointerdown") /** @type {SVGElement | null} */ (picture.querySelector(".point"))?.focus();
    };
    const letGo = draggable(picture, drag);
    picture.classList.add("draggable");
    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      const shown = window.peek();
      if (shown === null || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = keyed(event, leaf.x.peek(), roundStep(shown), shown);
      if (to === null) return;
      // Otherwise the arrow keys would move between steps.
      event.preventDefault();
      event.stopPropagation();
      leaf.set(to);
    };

    const drawing = effect(() => {
      const [now, at, { width, height }] = [line.value, found.value, size.value];
      if (trouble.value !== "") return void render(html`<p class="dim">${trouble.value}</p>`, picture);
      if (now === null || at === null || width < 120 || height < 90) return void render(null, picture);
      const { x, y, slope, epsilon: step, before, after } = at;
      const from = method.value === "forward" ? { x, y } : { x: x - step, y: before };
      const secant = withSecant
        ? { from, to: { x: x + step, y: after }, slope: quotient(at, method.value), epsilon: step }
        : null;
      render(curvePicture({ size: { width, height }, names, curve: now, at: { x, y, slope }, secant, onKey }), picture);
    });
    const choose = (/** @type {Method} */ which) =>
      html`<button aria-pressed=${String(method.value === which)}
        @click=${() => (method.value = which)}>${which}</button>`;
    const telling = effect(() => {
      const at = found.value;
      render(
        at === null
          ? null
          : html`${names.x} = ${linkedNumber(
              format(at.x),
              { of: "value", node: names.x },
              explain,
            )} ${names.f} = ${linkedNumber(format(at.y), { of: "value", node: names.f }, explain)} slope
          ${linkedNumber(format(at.slope), { of: "grad", node: names.x }, explain)}`,
        head,
      );
    });
    const setting = effect(() => {
      if (!withSecant) return void render(null, controls);
      const [at, which] = [found.value, method.value];
      const { rule, numbers, result } = at === null ? { rule: "", numbers: "", result: "" } : written(at, which, names);
      render(
        html`<div class="figure-row">${epsilonSlider(epsilon)}<span class="choice" role="group"
          aria-label="difference quotient">${choose("central")}${choose("forward")}</span></div>
          <p class="quotient"><span>${rule} =</span> <span>${numbers} =</span> <b>${
            which === "central"
              ? linkedNumber(result, { of: "check", node: names.x, epsilon: epsilon.value }, explain)
              : result
          }</b></p>`,
        controls,
      );
      fillSliders(controls);
    });
    return removing(widening, askingLine, askingPoint, drawing, telling, setting, letGo);
  },
};
