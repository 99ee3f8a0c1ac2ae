/**
 * The whole graph in a corner: each node is a dot with its light, and the visible area is a frame that can be dragged.
 * Hidden from screen readers, which use the graph itself; keys pan and zoom by commands.
 *
 * Dots are painted on one canvas when a step or the layout changes, not per frame; the visible area is moved with CSS.
 * @typedef {import("../../store.js").Store} Store
 */
import { effect } from "@preact/signals-core";
import { div } from "../../dom.js";
import { requestView } from "../../store/view.js";
import { itemIn } from "../../timeline/frame.js";

const ROOM = { width: 190, height: 130 };
const PADDING = 8;
/** Between map and buttons, px. */
const GAP = 10;
/** Smallest dot, px. */
const SPECK = 2.5;
const COLOURS = /** @type {const} */ (["--off", "--fwd", "--bwd", "--bad", "--ink"]);

/**
 * @param {HTMLElement} host
 * @param {HTMLElement} stage
 * @param {HTMLElement} bar  of buttons at the stage's lower edge
 * @param {Store} store
 */
export function createMinimap(host, stage, bar, store) {
  const canvas = document.createElement("canvas");
  const frame = div("frame");
  const probe = document.createElement("i");
  probe.hidden = true;
  host.setAttribute("aria-hidden", "true");
  host.append(canvas, frame, probe);
  const paint = canvas.getContext("2d");
  let scale = 1;

  /**
   * The theme's colours, since a canvas cannot use custom properties.
   * @returns {Record<typeof COLOURS[number], string>}
   */
  const colours = () =>
    /** @type {any} */ (
      Object.fromEntries(
        COLOURS.map((name) => {
          probe.style.color = `var(${name})`;
          return [name, getComputedStyle(probe).color];
        }),
      )
    );

  /** Where bar and map find no room side by side, the map stands above. */
  function clearOfBar() {
    const room = stage.clientWidth - bar.offsetLeft - bar.offsetWidth;
    const above = room < ROOM.width + 2 * GAP;
    host.style.bottom = above ? `${stage.clientHeight - bar.offsetTop + GAP}px` : "";
  }

  function draw() {
    const layout = store.layout.peek();
    const settled = store.stepFrame.peek();
    if (!paint || !layout || !settled || layout.drawing.key !== settled.cues.drawing.key) return;
    scale = Math.min((ROOM.width - 2 * PADDING) / layout.width, (ROOM.height - 2 * PADDING) / layout.height);
    const [width, height] = [layout.width * scale + 2 * PADDING, layout.height * scale + 2 * PADDING];
    const dense = devicePixelRatio;
    [canvas.width, canvas.height] = [Math.round(width * dense), Math.round(height * dense)];
    host.style.width = `${width}px`;
    host.style.height = `${height}px`;
    clearOfBar();
    paint.setTransform(dense, 0, 0, dense, PADDING * dense, PADDING * dense);
    const ink = colours();
    const own = settled.step.phase === "start" ? -1 : layout.drawing.itemOf[settled.step.node];
    layout.places.forEach(({ x, y }, i) => {
      const state = itemIn(settled, i);
      const [w, h] = [Math.max(SPECK, layout.sizes[i].width * scale), Math.max(SPECK, layout.sizes[i].height * scale)];
      const box = /** @type {const} */ ([x * scale - w / 2, y * scale - h / 2, w, h]);
      paint.globalAlpha = state.look === "lit" ? 0.35 + 0.65 * state.level : state.look === "nonfinite" ? 1 : 0.55;
      paint.fillStyle = paint.strokeStyle =
        ink[
          state.look === "lit"
            ? "--bwd"
            : state.look === "nonfinite"
              ? "--bad"
              : state.look === "dark" && state.value !== null
                ? "--fwd"
                : "--off"
        ];
      // Exactly zero is an outline, as in the graph.
      if (state.look === "zero" || state.look === "covered") paint.strokeRect(...box);
      else paint.fillRect(...box);
      if (i === own || i === store.selectedItem.peek()) {
        paint.globalAlpha = 1;
        paint.strokeStyle = ink["--ink"];
        paint.strokeRect(box[0] - 1.5, box[1] - 1.5, w + 3, h + 3);
      }
    });
  }

  function place() {
    const layout = store.layout.peek();
    const { width, height } = store.window.peek();
    if (!layout) return;
    const k = store.zoom.peek();
    const { x, y } = store.camera.peek() ?? { x: layout.width / 2, y: layout.height / 2 };
    const clamp = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(most, Math.max(0, value));
    const left = clamp((x - width / k / 2) * scale + PADDING, layout.width * scale + 2 * PADDING);
    const top = clamp((y - height / k / 2) * scale + PADDING, layout.height * scale + 2 * PADDING);
    const right = clamp((x + width / k / 2) * scale + PADDING, layout.width * scale + 2 * PADDING);
    const bottom = clamp((y + height / k / 2) * scale + PADDING, layout.height * scale + 2 * PADDING);
    frame.style.transform = `translate(${left}px, ${top}px)`;
    frame.style.width = `${right - left}px`;
    frame.style.height = `${bottom - top}px`;
  }

  /** @param {PointerEvent} event */
  const look = ({ clientX, clientY }) => {
    const { left, top } = host.getBoundingClientRect();
    store.camera.value = {
      x: (clientX - left - PADDING) / scale,
      y: (clientY - top - PADDING) / scale,
      k: store.zoom.peek(),
    };
    requestView(store, "look");
  };
  host.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    host.setPointerCapture(event.pointerId);
    look(event);
  });
  host.addEventListener("pointermove", (event) => {
    if (host.hasPointerCapture(event.pointerId)) look(event);
  });

  new ResizeObserver(
    ([
      {
        contentRect: { width, height },
      },
    ]) => (store.window.value = { width, height }),
  ).observe(stage);
  const crowded = new ResizeObserver(clearOfBar);
  crowded.observe(stage);
  crowded.observe(bar);
  effect(() => {
    host.hidden = !store.mapped.value;
  });
  effect(() => {
    void [store.layout.value, store.stepFrame.value, store.selectedItem.value, store.theme.value];
    if (!store.mapped.value) return;
    draw();
    place();
  });
  effect(() => {
    void [store.camera.value, store.zoom.value, store.window.value];
    if (store.mapped.value) place();
  });
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", draw);
  }
}
