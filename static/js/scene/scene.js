/**
 * scene = f(frame, layout). Requests a layout whenever the drawing changes, draws it, and controls pan and zoom.
 *
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../graph/drawing.js").Drawing} Drawing
 * @typedef
 *   {{narrow: MediaQueryList, upright: MediaQueryList, hall?: number, apart?: number, numbers?: number, least?: () => number, table?: boolean, framed?: boolean}}
 *   Form  narrow: panels open as sheets; upright: the graph runs from top to bottom; hall: how much smaller everything
 *   looks when presented; apart: how much gaps between ranks may grow if there is room; numbers: the smallest scale at
 *   which numbers are shown; least: the smallest scale of a drawing that its window shows as a whole; a larger one
 *   follows its steps; table: there is a table of the same trace; framed: embedded in a page that scrolls
 */
import { batch, computed, effect } from "@preact/signals-core";
import { underWay } from "../busy.js";
import { itemFor } from "../graph/drawing.js";
import { isLarge, satellitesOf } from "../graph/satellites.js";
import { positionsIn } from "../layout/stable_order.js";
import { contextFor } from "./arrange.js";
import { STEPS } from "../timeline/light.js";
import { createBranch } from "./branch.js";
import { createCellPointing } from "./cells.js";
import { stripes } from "./defs.js";
import { HALL, isFar, showDistance } from "./distance.js";
import { createHints } from "./hints.js";
import { createKeys } from "./keys.js";
import { createEmbedGestures } from "./embed_gestures.js";
import { isAnother, shift, toggled } from "./motion.js";
import { createNudgeMarks } from "./nudged.js";
import { createOutOfView, outOfView } from "./out_of_view.js";
import { createPicture } from "./picture.js";
import { createStatus } from "./status.js";
import { svg, writer } from "./svg.js";
import { createViewport } from "./viewport.js";
import { bestWay, tooLong, wayOf } from "./ways.js";

/** Above this many nodes nothing is blurred: the glow costs more than it shows. */
const PLAIN_FROM = 120;

/** Smallest legible scale, at a desk and from the last row of a lecture hall. */
const READABLE = { near: 0.72, far: 1.25 };

/** Smallest scale at which numbers of a large program are shown. */
const LARGE_NUMBERS = 0.62;

/** When the view moves to a step or a selection: margin around it, px, and duration, ms. */
const AROUND = 70;
const FLIGHT = 350;

/**
 * @param {HTMLElement} host
 * @param {Store} store
 * @param {import("../layout/layout.js").LayOut} layout
 * @param {Form} form
 */
export function createScene(host, store, layout, form) {
  const still = () => store.reducedMotion.peek();
  const away = (/** @type {boolean} */ presented) => (presented ? (form.hall ?? HALL) : 1);
  /** @param {number} scale @param {boolean} presented */
  function tellDistance(scale, presented) {
    for (const each of [surface, above]) showDistance(each, scale, away(presented), numbersFrom());
    store.far.value = isFar(scale, away(presented), numbersFrom());
  }
  /** The smallest scale at which numbers are shown: many small ones are not read, and their room is for names. */
  const numbersFrom = () => form.numbers ?? (laid?.context.large ? LARGE_NUMBERS : undefined);
  const content = svg("g", { class: "content" });
  const surface = svg(
    "svg",
    { class: "surface", role: "group", "aria-label": "Computation graph" },
    stripes(),
    content,
  );
  // What moves in every frame is painted by itself: a thousand nodes below it are left as they are.
  const over = svg("g", { class: "content" });
  const above = svg("svg", { class: "above", "aria-hidden": "true" }, over);
  host.append(surface);
  const keys = createKeys(surface, store, form);
  const picture = createPicture({ describe: keys.describe, still });
  const { pulses, ...layers } = picture.layers;
  content.append(...Object.values(layers));
  over.append(pulses);
  const status = createStatus(host, {
    cancel: () => work.abort(new DOMException("stopped by the reader", "AbortError")),
    retry: () => void arrange(),
  });
  createCellPointing(surface, store);
  createBranch(store, () => picture.drawn());
  createHints(surface, store, () => picture.drawn());
  createNudgeMarks({ content, over }, store, () => picture.drawn());
  createOutOfView(host, store);

  /** @type {{trace: Trace, drawing: Drawing, ways: import("./ways.js").Found[]} | null} */
  let arranged = null;
  /** The way in which it is drawn. @type {import("./ways.js").Found | null} */
  let laid = null;
  let work = new AbortController();
  const readable = () => READABLE[store.present.peek() ? "far" : "near"];
  const viewport = createViewport(
    host,
    { surface, content },
    { surface: above, content: over },
    {
      onMove: ({ x, y, k }, camera) =>
        batch(() => {
          store.zoom.value = k;
          store.origin.value = { x, y };
          store.camera.value = camera;
        }),
      onPaint: (scale) => tellDistance(scale, store.present.peek()),
      presented: () => store.present.peek(),
      aside: (scale) => store.present.peek() && isFar(scale, away(true), numbersFrom()),
      own: form.framed ? createEmbedGestures(host) : undefined,
      least: form.least,
      at: () => extent(around(stepItem())),
      onResize: () => arranged && build(),
    },
  );

  /** The program for which a part of the drawing was asked for last. */
  let pointed = "";
  /** What the last drawing was of, values apart: a value that leads the program another way leaves the camera alone. */
  let drawnOf = "";
  const subject = () =>
    JSON.stringify([store.traced.peek(), store.output.peek(), store.detail.peek(), ...store.scalar.peek()]);
  const window = () => /** @type {const} */ ([store.camera.peek(), store.window.peek()]);

  const ops = computed(() => store.ops.value);
  /** @param {Trace} trace @param {Drawing} drawing @param {boolean} upright */
  const contextOf = (trace, drawing, upright) =>
    contextFor(
      trace,
      drawing,
      ops.peek(),
      upright,
      isLarge(trace),
      satellitesOf(trace, drawing, store.parameters.peek()),
    );

  function build() {
    if (arranged === null) return;
    const { trace, drawing, ways } = arranged;
    const { way, places } = bestWay(
      ways,
      viewport.free(),
      readable(),
      form.apart ? { largest: viewport.largest(), most: form.apart } : null,
    );
    const { graph, context } = way;
    laid = way;
    const focused = keys.focused();
    const former = picture.seen();
    surface.classList.toggle("plain", drawing.items.length > PLAIN_FROM);
    const spare = viewport.spare(places);
    const duration = picture.build({
      trace,
      drawing,
      context,
      places,
      sizes: graph.nodes,
      spare,
    });
    const drawn = picture.drawn();
    if (drawn === null) return;
    keys.attach(
      drawn.marks.map(({ element }) => element),
      trace,
      drawing,
    );
    keys.select(store.selectedItem.peek());
    keys.focus(focused);
    const another = former !== null && drawnOf !== subject();
    drawnOf = subject();
    // A camera that was asked for together with the program, as links do, is kept.
    if (another && pointed !== store.traced.peek())
      if (isAnother(former, drawn) || outOfView({ places: places.nodes, sizes: graph.nodes }, ...window()))
        viewport.forget();
    viewport.show(places, duration, duration > 0 ? shift(former, toggled(former, drawn)) : null);
    const { boxes } = drawn;
    store.layout.value = {
      drawing,
      places: places.nodes,
      sizes: graph.nodes,
      curves: places.edges,
      boxes,
      width: places.width,
      height: places.height,
      layout: places,
      satellites: context.satellites,
      spare,
    };
    // Where the step is in the drawing is known only now.
    viewport.follow(0);
    const frame = store.frame.peek();
    if (frame) picture.update(frame);
    seek();
  }

  /**
   * @param {number[]} items
   * @returns {import("./viewport.js").Part | null} the part of the drawing around them, with a margin
   */
  function extent(items) {
    const layout = store.layout.peek();
    const there = items.flatMap((i) => (layout?.places[i] ? [{ ...layout.places[i], ...layout.sizes[i] }] : []));
    if (there.length === 0) return null;
    const bound = (/** @type {"x" | "y"} */ axis, /** @type {"width" | "height"} */ size, /** @type {1 | -1} */ side) =>
      side * (Math.max(...there.map((each) => side * each[axis] + each[size] / 2)) + AROUND);
    return {
      left: bound("x", "width", -1),
      right: bound("x", "width", 1),
      top: bound("y", "height", -1),
      bottom: bound("y", "height", 1),
    };
  }

  /** Centres these items. @param {number[]} items */
  function goTo(items) {
    const part = extent(items);
    if (part) viewport.goTo(part, still() ? 0 : FLIGHT);
  }

  /** The items of a step or a selection: the item and its inputs. @param {number} item @returns {number[]} */
  const around = (item) => [
    item,
    ...(store.layout.peek()?.drawing.lines ?? []).filter(({ target }) => target === item).map(({ source }) => source),
  ];

  /** @returns {number} */
  const stepItem = () => {
    const frame = store.frame.peek();
    return frame ? frame.cues.drawing.itemOf[frame.step.node] : -1;
  };

  let sought = 0;
  /** Shows a search result; if a group had to be opened first, after that is drawn. */
  function seek() {
    const { id, focus, count } = store.sought.peek();
    const drawn = picture.drawn();
    if (count === sought || drawn === null || drawn.drawing.key !== store.drawing.peek()?.key) return;
    sought = count;
    const item = itemFor(drawn.drawing, drawn.trace, id);
    const part = extent([item]);
    if (part === null) return;
    if (!viewport.shows(part)) viewport.goTo(part, still() ? 0 : FLIGHT);
    if (focus) keys.focus(id);
  }

  const structure = computed(() => store.drawing.value?.key ?? null);
  async function arrange() {
    const [trace, drawing] = [store.visibleTrace.peek(), store.drawing.peek()];
    if (trace === null || drawing === null) return;
    work.abort(new DOMException("a newer layout was requested", "AbortError"));
    const own = new AbortController();
    work = own;
    const across = wayOf(trace, drawing, contextOf(trace, drawing, form.upright.matches));
    host.setAttribute("aria-busy", "true");
    status.busy(across.graph.nodes.length);
    try {
      // The same program with other groups open keeps its order; another program starts afresh.
      const former = arranged !== null && arranged.trace.key === trace.key ? laid : null;
      /** @param {import("./ways.js").Way} way */
      const positions = ({ core: { direction } }) =>
        former === null ? new Map() : positionsIn(former.core, former.found, direction);
      /** @param {import("./ways.js").Way} way */
      const found = async (way) => ({
        ...way,
        found: await underWay("layout", layout(way.core, viewport.free(), positions(way), own.signal)),
      });
      const ways = [await found(across)];
      if (tooLong(ways[0].found, viewport.free(), readable()))
        ways.push(await found(wayOf(trace, drawing, contextOf(trace, drawing, true))));
      if (work !== own) return;
      arranged = { trace, drawing, ways };
      build();
      status.done();
    } catch (error) {
      if (work !== own) return;
      status.stopped(own.signal.aborted ? "Layout stopped." : "The layout failed.");
      if (!own.signal.aborted) throw error;
    } finally {
      if (work === own) host.removeAttribute("aria-busy");
    }
  }

  effect(() => {
    void store.parameters.value;
    if (structure.value !== null && ops.value) void arrange();
  });
  effect(() => {
    const playing = store.playing.value;
    if (store.frame.value) picture.update(store.frame.value, playing);
  });
  effect(() => picture.check(store.verdicts.value, store.engineGrade.value));
  const stage = writer(host);
  effect(() => stage.attr("data-current", String(store.current.value)));
  let asked = 0;
  effect(() => {
    const { what, count } = store.view.value;
    if (count === asked) return;
    asked = count;
    if (what === "fit") viewport.fit();
    else if (what === "look") {
      viewport.look(store.camera.peek());
      pointed = store.program.peek();
    } else if (what === "actual") viewport.actual();
    else if (what === "selection")
      goTo(around(store.selectedItem.peek() >= 0 ? store.selectedItem.peek() : stepItem()));
    else viewport.by(what === "in" ? 1.25 : 0.8);
  });
  effect(() => {
    void store.step.value;
    if (store.follow.value) goTo(around(stepItem()));
    else viewport.follow(still() ? 0 : FLIGHT);
  });
  effect(() => {
    const floor = store.floor.value;
    surface.toggleAttribute("data-floor", floor > 0);
    surface.style.setProperty("--floor", String(STEPS[STEPS.length - 1 - floor]?.level ?? 0));
  });
  effect(() => keys.select(store.selectedItem.value));
  effect(() => tellDistance(store.zoom.peek(), store.present.value));
  effect(() => {
    if (store.sought.value.count > 0) seek();
  });
  form.upright.addEventListener("change", () => void arrange());
}
