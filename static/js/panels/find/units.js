/**
 * A dense network as units and weights, instead of the graph: the same trace, step of a training and selection. Loaded
 * when first used.
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../plots/units.js").Units} Units
 * @typedef {import("../../trace/layers.js").Network} Network
 */
import { batch, computed, effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { div } from "../../dom.js";
import { drawnOf, unitsPicture } from "../../plots/units.js";
import { sized } from "../../plots/sized.js";
import { nodeIn } from "../../timeline/frame.js";
import { isCovered } from "../../trace/covered.js";
import { perUnit, weightPlace } from "../../trace/layers.js";
import { magnitude } from "../../trace/tensor.js";
import { elementName, format } from "../../words/format.js";
import { commandButton } from "../kit/button.js";

/** @param {number[]} all */
const mean = (all) => all.reduce((sum, x) => sum + x, 0) / all.length;
/** The root of the mean square: no number of examples makes it larger. @param {number[]} all */
const strength = (all) => (all.length === 1 ? all[0] : Math.sqrt(mean(all.map((x) => x * x))));

/**
 * The numbers of the picture, as far as they are computed at a moment.
 * @param {import("../../timeline/frame.js").Frame} frame
 * @param {Network} network
 * @param {boolean} gradients
 * @returns {Units}
 */
export function unitsIn(frame, { inputs, layers }, gradients) {
  const { nodes } = frame.trace;
  /** @param {number} node @returns {number[] | null} null: not computed yet, or no path leads to the output */
  const flatOf = (node) => {
    const { value, grad, progress } = nodeIn(frame, node);
    return (gradients ? (progress === "done" ? grad : null) : value)?.flat ?? null;
  };
  /** @param {import("../../trace/layers.js").Units} units @param {string} does */
  const column = (units, does) => {
    const { id, title, shape } = nodes[units.node];
    const flat = flatOf(units.node);
    const covered = flat !== null && isCovered({ shape, flat });
    const known = flat !== null && !covered;
    const numbers = known ? perUnit({ shape, flat }, units, gradients ? strength : mean) : null;
    return { id, title, does, count: units.count, numbers, covered };
  };
  const weights = layers.map((layer) => {
    const { id, shape } = nodes[layer.weights];
    const bias =
      layer.bias === null
        ? null
        : { id: nodes[layer.bias].id, size: nodes[layer.bias].value.flat.length, flat: flatOf(layer.bias) };
    const placeOf = (/** @type {number} */ from, /** @type {number} */ to) => weightPlace(layer, shape, from, to);
    return { id, flat: flatOf(layer.weights), placeOf, bias, skips: layer.skips };
  });
  return {
    columns: [column(inputs, "inputs"), ...layers.map(({ units, does }) => column(units, does))],
    weights,
    // That of the whole trace, so that a width means the same at every moment.
    largest: layers.reduce((most, layer) => {
      const { value, grad } = nodes[layer.weights];
      return Math.max(most, magnitude((gradients ? grad : value) ?? { shape: [], flat: [] }));
    }, 0),
  };
}

/**
 * @param {HTMLElement} host @param {Store} store @param {MediaQueryList} narrow
 * @param {Record<string, import("../../commands/command.js").Command>} commands
 */
export function createUnits(host, store, narrow, commands) {
  const [bar, plane] = ["units-bar", "units-plane"].map(div);
  const live = div("visually-hidden");
  live.setAttribute("role", "status");
  host.append(bar, plane, live);
  const { size } = sized(plane);
  const home = signal({ column: 1, unit: 0 });
  /** The weight at which keys have arrived, among those that lead to the unit with the focus; -1: none. */
  let incoming = -1;

  const picture = computed(() => {
    const [trace, found] = [store.visibleTrace.value, store.layers.value];
    return trace && found?.network ? { trace, network: found.network } : null;
  });
  const units = computed(() => {
    const frame = store.stepFrame.value;
    return picture.value && frame ? unitsIn(frame, picture.value.network, store.unitGradients.value) : null;
  });
  /** Whether something of it is still to come. */
  const awaits = computed(
    () =>
      !store.atEnd.value &&
      (units.value?.columns.slice(1).some(({ numbers, covered }) => numbers === null && !covered) ?? false),
  );
  /** How many examples each unit has a number of. */
  const examples = computed(() => {
    if (!picture.value) return 1;
    const { node, axis } = picture.value.network.inputs;
    const { shape } = picture.value.trace.nodes[node];
    return shape.length === 2 ? shape[1 - axis] : 1;
  });

  /** @param {string} id @param {number | null} place  the element; null: the node as a whole */
  function choose(id, place) {
    batch(() => {
      store.selection.value = id;
      store.rightTab.value = "node";
      store.element.value = place === null ? { id: "", place: 0 } : { id, place };
      if (narrow.matches) store.sheet.value = "inspect";
    });
  }

  /** The place of a unit's number of the first example. @param {number} column @param {number} unit */
  function placeIn(column, unit) {
    const { trace, network } = /** @type {NonNullable<typeof picture.value>} */ (picture.peek());
    const { node, axis } = column === 0 ? network.inputs : network.layers[column - 1].units;
    const { shape } = trace.nodes[node];
    return shape.length === 2 && axis === 0 ? unit * shape[1] : unit;
  }

  /** The unit whose node is chosen; -1: all of its layer. */
  const chosenUnit = computed(() => {
    const [now, id] = [picture.value, store.selection.value];
    const column = units.value?.columns.findIndex((each) => each.id === id) ?? -1;
    if (!now || column < 0) return null;
    const { id: of, place } = store.element.value;
    if (of !== id) return { column, unit: -1 };
    const { node, axis } = column === 0 ? now.network.inputs : now.network.layers[column - 1].units;
    const { shape } = now.trace.nodes[node];
    return { column, unit: shape.length < 2 ? place : axis === 1 ? place % shape[1] : Math.floor(place / shape[1]) };
  });

  /** @param {EventTarget | null} target */
  const unitAt = (target) => {
    const element = /** @type {SVGElement | null} */ (target instanceof Element ? target.closest(".unit") : null);
    return element && { column: Number(element.dataset.column), unit: Number(element.dataset.unit) };
  };
  /** @param {EventTarget | null} target */
  const weightAt = (target) => {
    const element = /** @type {SVGElement | null} */ (target instanceof Element ? target.closest(".weight") : null);
    return element && { element, id: element.dataset.id ?? "", place: Number(element.dataset.place) };
  };

  /**
   * Explains a weight beside its line.
   * @param {Element} element
   * @param {string} id
   * @param {number} place
   * @param {{x: number, y: number} | null} [near]
   */
  function point(element, id, place, near = null) {
    const of = store.unitGradients.peek() ? "grad" : "value";
    const before = store.pointed.peek();
    if (before?.id === id && before.place === place && before.of === of) return;
    const box = element.getBoundingClientRect();
    const [x, y] = near ? [near.x, near.y] : [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    store.pointed.value = { id, place, of, box: { left: x - 6, top: y - 6, right: x + 6, bottom: y + 6 } };
  }

  plane.addEventListener("click", (event) => {
    const [unit, weight] = [unitAt(event.target), weightAt(event.target)];
    if (unit) chooseUnit(unit);
    else if (weight) choose(weight.id, weight.place);
    else store.selection.value = null;
  });
  plane.addEventListener("pointermove", (event) => {
    const weight = event.pointerType === "touch" ? null : weightAt(event.target);
    if (weight) point(weight.element, weight.id, weight.place, { x: event.clientX, y: event.clientY });
    else if (incoming < 0 && store.pointed.peek()) store.pointed.value = null;
  });
  for (const type of ["pointerleave", "focusout"])
    plane.addEventListener(type, () => {
      incoming = -1;
      store.pointed.value = null;
    });

  /** @param {{column: number, unit: number}} unit */
  function chooseUnit({ column, unit }) {
    const now = units.peek();
    if (!now) return;
    home.value = { column, unit };
    choose(now.columns[column].id, placeIn(column, unit));
  }

  /**
   * Goes on to another weight that leads to the unit with the focus.
   * @param {{column: number, unit: number}} to
   * @param {number} by
   */
  function walkWeights({ column, unit }, by) {
    const now = units.peek();
    if (!now || column === 0) return;
    const { id, placeOf, bias, flat } = now.weights[column - 1];
    const from = drawnOf(now.columns[column - 1]);
    const all = from + (bias ? 1 : 0);
    incoming = incoming < 0 ? (by > 0 ? 0 : all - 1) : (incoming + by + all) % all;
    const own = incoming < from || bias === null;
    const at = own
      ? { id, place: placeOf(incoming, unit), flat }
      : { id: bias.id, place: bias.size === 1 ? 0 : unit, flat: bias.flat };
    const element = plane.querySelector(`.weight[data-id="${CSS.escape(at.id)}"][data-place="${at.place}"]`);
    const node = picture.peek()?.trace.nodes.find((each) => each.id === at.id);
    if (!element || !node) return;
    choose(at.id, at.place);
    point(element, at.id, at.place);
    live.textContent = `${elementName(node.title, node.shape, at.place)}: ${at.flat === null ? "not computed yet" : format(at.flat[at.place])}`;
  }

  plane.addEventListener("keydown", (event) => {
    const from = unitAt(event.target);
    const now = units.peek();
    if (!from || !now || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { column, unit } = from;
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (way) {
      const to = Math.min(now.columns.length - 1, Math.max(0, column + way[0]));
      const next = { column: to, unit: Math.min(drawnOf(now.columns[to]) - 1, Math.max(0, unit + way[1])) };
      home.value = next;
      incoming = -1;
      const target = `.unit[data-column="${next.column}"][data-unit="${next.unit}"]`;
      /** @type {SVGElement | null} */ (plane.querySelector(target))?.focus();
    } else if (event.key === "Enter" || event.key === " ") chooseUnit(from);
    else if (event.key === "PageDown" || event.key === "PageUp") walkWeights(from, event.key === "PageDown" ? 1 : -1);
    else if (event.key === "Escape" && store.pointed.peek()) {
      incoming = -1;
      store.pointed.value = null;
    } else return;
    event.preventDefault();
  });
  // Choosing by pointer does not move the focus, so the arrow keys still step through time.
  plane.addEventListener("mousedown", (event) => {
    if (unitAt(event.target) || weightAt(event.target)) event.preventDefault();
  });

  /** @param {string} title @param {boolean} on */
  const mode = (title, on) =>
    html`<button aria-pressed=${String(store.unitGradients.value === on)}
      @click=${() => (store.unitGradients.value = on)}>${title}</button>`;

  effect(() => {
    if (store.stageView.value !== "units") return;
    const now = units.value;
    const gradients = store.unitGradients.value;
    const many = examples.value;
    render(
      now === null
        ? nothing
        : html`<span class="units-modes" role="group"
          aria-label="What is shown">${mode("Values", false)}${mode("Gradients", true)}</span>
            <span class=${gradients ? "units-key gradients" : "units-key"}>
              <svg viewBox="0 0 26 8" aria-hidden="true"><path class="line positive" d="M0 4H26" /></svg>positive
              <svg viewBox="0 0 26 8" aria-hidden="true"><path class="line negative" d="M0 4H26" /></svg>negative
              <span class="dim">width: ${gradients ? "|gradient|" : "|weight|"}, up to ${format(now.largest, 3)}${
                many > 1 ? ` · circles: ${gradients ? "root mean square" : "mean"} of ${many} examples` : ""
              }</span></span>
            ${
              awaits.value
                ? html`<span class="dim">Not all of it is computed yet.</span> ${commandButton(commands.end, {
                    picture: "To the end",
                  })}`
                : nothing
            }`,
      bar,
    );
  });

  effect(() => {
    if (store.stageView.value !== "units") return;
    const [now, found] = [units.value, store.layers.value];
    if (now === null) {
      render(
        html`<p class="units-none">${found?.why ?? "There is nothing to draw yet."}
          <button @click=${() => (store.stageView.value = "graph")}>Show the graph</button></p>`,
        plane,
      );
      return;
    }
    if (size.value.width === 0) return;
    const { id, place } = store.element.value;
    const selected = store.selection.value;
    const { column, unit } = home.value;
    const at = Math.min(column, now.columns.length - 1);
    render(
      unitsPicture(now, size.value, {
        gradients: store.unitGradients.value,
        cell: id !== "" && id === selected ? { id, place } : null,
        pointed: store.pointed.value,
        matrix: selected,
        unit: chosenUnit.value,
        home: { column: at, unit: Math.min(unit, drawnOf(now.columns[at]) - 1) },
      }),
      plane,
    );
  });
}
