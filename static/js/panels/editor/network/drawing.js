/**
 * Drawing examples by hand: a click adds a point, dragging moves it, erasing takes it away; keys do the same. What is
 * drawn is written into the program, or kept until one is built.
 * @typedef {import("../../../store.js").Store} Store
 * @typedef {import("../../../points/points.js").Points} Points
 * @typedef {[number, number]} Pair
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, render } from "lit-html";
import { div } from "../../../dom.js";
import { markOf, pointsPicture, scalesOf } from "../../../plots/points.js";
import { clamp } from "../../../plots/scale.js";
import { sized } from "../../../plots/sized.js";
import { added, erased, MOST_CLASSES, MOST_DRAWN, moved, placeOf, rounded, windowOf } from "../../../points/points.js";
import { format } from "../../../words/format.js";
import { numberField } from "../../kit/numberfield.js";
import { keyedPicture } from "../../kit/keyed_picture.js";

/** A pointer that moves less is a click, px. */
const STILL = 5;

/** @type {Record<string, Pair>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} host @param {Store} store @param {(points: Points) => void} put  keeps other points
 */
export function createDrawing(host, store, put) {
  const [tools, plane, told] = ["points-tools", "points-plane", "points-told dim"].map(div);
  const live = div("visually-hidden");
  live.setAttribute("role", "status");
  host.append(tools, plane, told, live);
  const { size } = sized(plane);

  const target = signal(1);
  const erasing = signal(false);
  /** The point that keys move. */
  const chosen = signal(-1);
  const cursor = signal(/** @type {Pair | null} */ (null));
  /** The points while one of them is being moved. */
  const moving = signal(/** @type {Points | null} */ (null));
  /** Why something was not done. */
  const note = signal("");
  const points = computed(() => moving.value ?? store.shownPoints.value);
  const isPlane = computed(() => store.shownPoints.value.inputs <= 2);
  const locked = computed(() => (store.draft.value === null ? (store.heldPoints.value?.why ?? "") : ""));
  const isDrawn = computed(() => isPlane.value && locked.value === "");
  /** The window holds still while a point is moved. */
  const window = computed(() => windowOf(store.shownPoints.value));
  const newTarget = () => {
    const { classes } = store.shownPoints.peek();
    return classes === 0 ? target.peek() : clamp(Math.round(target.peek()), 0, classes - 1);
  };

  /** @param {number} at */
  const named = (at) => {
    const { classes, inputs, targets, rows, names } = points.peek();
    const [a, b] = placeOf(points.peek(), at);
    const what = inputs === 1 ? "" : `, ${classes > 0 ? "class" : "target"} ${names?.[targets[at]] ?? targets[at]}`;
    return `Point ${at + 1} of ${rows.length}${what}, at ${format(a)}, ${format(b)}`;
  };

  /** @param {Pair} place */
  function add(place) {
    const now = store.shownPoints.peek();
    if (locked.peek()) return;
    if (now.rows.length >= MOST_DRAWN) {
      note.value = live.textContent = `There are ${MOST_DRAWN} points already, and no more are drawn.`;
      return;
    }
    const [a, b] = place.map((x, axis) => rounded(window.peek()[axis], x));
    put(now.inputs === 1 ? added(now, [a], b) : added(now, [a, b], newTarget()));
    live.textContent = named(store.shownPoints.peek().rows.length - 1);
  }

  /** @param {number} at */
  function erase(at) {
    const now = store.shownPoints.peek();
    if (locked.peek() || now.rows[at] === undefined) return;
    if (now.rows.length === 1 && store.draft.peek() === null) {
      note.value = live.textContent = "A program needs one point at least.";
      return;
    }
    put(erased(now, at));
    chosen.value = Math.min(chosen.peek(), now.rows.length - 2);
    live.textContent = `Erased. ${now.rows.length - 1} are left.`;
  }

  /** Keeps what was moved. */
  function settle() {
    const now = moving.peek();
    moving.value = null;
    if (now !== null) put(now);
  }

  /** @param {PointerEvent} event @returns {Pair} where in the window of the points it is */
  function placeAt(event) {
    const box = plane.getBoundingClientRect();
    const { px, py } = scalesOf(size.peek(), window.peek());
    const [across, up] = window.peek();
    return [clamp(px.invert(event.clientX - box.left), ...across), clamp(py.invert(event.clientY - box.top), ...up)];
  }

  let begun = /** @type {{x: number, y: number, at: number} | null} */ (null);
  plane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || locked.peek()) return;
    const at = Number(/** @type {Element} */ (event.target).closest("[data-at]")?.getAttribute("data-at") ?? -1);
    begun = { x: event.clientX, y: event.clientY, at };
    cursor.value = null;
    if (at >= 0 && !erasing.peek()) {
      plane.setPointerCapture(event.pointerId);
      chosen.value = at;
    }
  });
  plane.addEventListener("pointermove", (event) => {
    if (begun === null || begun.at < 0 || erasing.peek()) return;
    if (moving.peek() === null && Math.hypot(event.clientX - begun.x, event.clientY - begun.y) < STILL) return;
    const place = placeAt(event).map((x, axis) => rounded(window.peek()[axis], x));
    moving.value = moved(store.shownPoints.peek(), begun.at, /** @type {Pair} */ (place));
  });
  plane.addEventListener("pointerup", (event) => {
    const from = begun;
    begun = null;
    if (from === null) return;
    if (moving.peek() !== null) settle();
    else if (Math.hypot(event.clientX - from.x, event.clientY - from.y) >= STILL) return;
    else if (from.at < 0) {
      if (!erasing.peek()) add(placeAt(event));
    } else if (erasing.peek()) erase(from.at);
  });
  plane.addEventListener("pointercancel", () => {
    begun = null;
    moving.value = null;
  });

  keyedPicture(
    plane,
    "The points",
    "Arrow keys move the cross, with Shift farther; Enter adds a point there. Page Up and Page Down choose a point, which arrow keys then move and Delete erases. Escape lets it go.",
  );
  plane.addEventListener("focus", () => {
    if (plane.matches(":focus-visible") && chosen.peek() < 0) cursor.value ??= middle();
  });
  plane.addEventListener("blur", () => {
    settle();
    cursor.value = null;
    chosen.value = -1;
  });
  const middle = () => /** @type {Pair} */ (window.peek().map(([low, high]) => (low + high) / 2));

  /** @param {Pair} place @param {Pair} way @param {boolean} far @returns {Pair} */
  const stepped = (place, way, far) =>
    /** @type {Pair} */ (
      place.map((x, axis) => {
        const [low, high] = window.peek()[axis];
        return rounded([low, high], clamp(x + (way[axis] * (high - low)) / (far ? 10 : 50), low, high));
      })
    );

  /** @param {number} by */
  function choose(by) {
    const { rows } = store.shownPoints.peek();
    if (rows.length === 0) return;
    settle();
    cursor.value = null;
    chosen.value =
      chosen.peek() < 0 ? (by > 0 ? 0 : rows.length - 1) : (chosen.peek() + by + rows.length) % rows.length;
    live.textContent = named(chosen.peek());
  }

  plane.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS[event.key];
    const at = chosen.peek();
    if (way) {
      if (at >= 0 && !locked.peek()) {
        moving.value = moved(points.peek(), at, stepped(placeOf(points.peek(), at), way, event.shiftKey));
        live.textContent = named(at);
      } else {
        cursor.value = stepped(cursor.peek() ?? middle(), way, event.shiftKey);
        live.textContent =
          cursor
            .peek()
            ?.map((x) => format(x))
            .join(", ") ?? "";
      }
    } else if (event.key === "PageDown") choose(1);
    else if (event.key === "PageUp") choose(-1);
    else if ((event.key === "Enter" || event.key === " ") && cursor.peek()) add(/** @type {Pair} */ (cursor.peek()));
    else if ((event.key === "Delete" || event.key === "Backspace") && at >= 0) {
      settle();
      erase(at);
    } else if (event.key === "Escape" && at >= 0) {
      cursor.value = placeOf(points.peek(), at);
      settle();
      chosen.value = -1;
    } else return;
    event.preventDefault();
  });
  // One move of a point by keys is one edit, however long the key is held.
  plane.addEventListener("keyup", (event) => ARROWS[event.key] && settle());

  /** @param {number} k @param {number} classes @param {string} name */
  const classButton = (k, classes, name) =>
    html`<button type="button" aria-pressed=${String(!erasing.value && target.value === k)}
      title=${`A click adds a point of class ${name}`}
      @click=${() => ((target.value = k), (erasing.value = false))}><svg class="chart plane" viewBox="-8 -8 16 16"
        aria-hidden="true"><g class="window">${markOf(k, classes, 0, 0)}</g></svg> ${name}</button>`;

  effect(() => {
    const { classes, inputs, names, rows } = store.shownPoints.value;
    const draft = store.draft.value !== null || store.heldPoints.value === null;
    const mayGrow = draft && inputs === 2 && classes > 0 && classes < MOST_CLASSES && !names;
    tools.hidden = plane.hidden = !isDrawn.value;
    if (!isDrawn.value) return;
    const drawing = html`<button type="button" aria-pressed=${String(!erasing.value)}
      @click=${() => (erasing.value = false)}>Draw</button>`;
    render(
      html`<span class="points-classes" role="group" aria-label="What a click adds">
        ${
          classes > 0
            ? Array.from({ length: classes }, (_, k) => classButton(k, classes, names?.[k] ?? `${k}`))
            : html`${drawing}${
                inputs === 2
                  ? numberField({
                      x: target.value,
                      set: (x) => (target.value = x),
                      next: (by, far) => target.peek() + by * (far ? 1 : 0.1),
                      label: "Target of a new point",
                    })
                  : null
              }`
        }
        ${
          mayGrow
            ? html`<button type="button" title="One class more" aria-label="One class more" @click=${() => {
                put({ ...store.shownPoints.peek(), classes: classes + 1 });
                target.value = classes;
              }}>+</button>`
            : null
        }</span>
        <span class="points-acts"><button type="button" aria-pressed=${String(erasing.value)}
          title="A click on a point takes it away" @click=${() => (erasing.value = !erasing.peek())}>Erase</button>
        <button type="button" class="quiet" ?disabled=${rows.length === 0} title="Begin with no points" @click=${() =>
          (store.draft.value = { inputs, classes, rows: [], targets: [] })}>Clear</button></span>`,
      tools,
    );
  });

  effect(() => {
    if (!isDrawn.value || size.value.width === 0) return;
    plane.classList.toggle("erasing", erasing.value);
    render(
      pointsPicture({
        points: points.value,
        size: size.value,
        window: window.value,
        chosen: chosen.value,
        cursor: cursor.value,
      }),
      plane,
    );
  });

  effect(() => {
    void store.shownPoints.value;
    note.value = "";
  });

  effect(() => {
    const { inputs, classes, rows } = store.shownPoints.value;
    const held = store.heldPoints.value;
    const counted = `${rows.length} ${rows.length === 1 ? "point" : "points"}`;
    if (note.value) render(note.value, told);
    else if (locked.value)
      render(
        html`These cannot be drawn: ${locked.value}. Change it there, or <button type="button" class="link"
          @click=${() =>
            (store.draft.value = { inputs: 2, classes: 2, rows: [], targets: [] })}>begin with new points</button>.`,
        told,
      );
    else if (!isPlane.value)
      render(
        html`${counted} with ${inputs} inputs${
          classes > 0 ? html` and ${classes} classes` : null
        }: no plane to draw them on.`,
        told,
      );
    else if (store.draft.value !== null || held === null)
      render(
        rows.length === 0
          ? "Click to add points. They become lines of the program that is built."
          : `${counted}, which become lines of the program that is built.`,
        told,
      );
    else
      render(
        held.beside
          ? html`${counted} of the program, beside its text. Drawing writes them into it, as <code>${held.x}</code> and <code>${held.target}</code>.`
          : html`${counted}: the lines <code>${held.x}</code> and <code>${held.target}</code> of the program follow what you draw.`,
        told,
      );
  });
}
