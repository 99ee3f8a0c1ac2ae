/**
 * The picture: what is drawn, its layout, the visible area, and what is pointed at.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {{what: "fit" | "in" | "out" | "actual" | "look" | "selection", count: number}} ViewRequest  counted, so
 *   that the same request can be repeated
 * @typedef {"graph" | "table" | "units"} StageView
 * @typedef {import("../layout/read.js").Point} Point
 * @typedef {import("../layout/read.js").Box} Box
 * @typedef {object} Placed  the picture in its own px
 * @property {import("../graph/drawing.js").Drawing} drawing  whose items and lines these are
 * @property {Point[]} places  centres, per item
 * @property {{width: number, height: number}[]} sizes  per item
 * @property {Point[][]} curves  splines, per line
 * @property {{group: number, box: Box}[]} boxes  of open groups, outer ones first
 * @property {number} width
 * @property {number} height
 * @property {import("../layout/read.js").Layout} layout  as computed, to draw it again
 * @property {import("../graph/satellites.js").Satellites} satellites  the items that stand beside others
 * @property {{x: number, y: number}} spare  free room on each side
 */
import { computed, signal } from "@preact/signals-core";
import { drawingOf } from "../graph/drawing.js";
import { indexOf } from "../search.js";
import { layersOf } from "../trace/layers.js";

/** @param {Pick<import("../store.js").Store, "view">} store @param {ViewRequest["what"]} what */
export const requestView = ({ view }, what) => (view.value = { what, count: view.peek().count + 1 });

/** @param {Pick<ReturnType<typeof import("./exercise.js").createExercise>, "visibleTrace">} exercise */
export function createView({ visibleTrace }) {
  /** The ids of the open groups; null: chosen automatically. */
  const openGroups = signal(/** @type {ReadonlySet<string> | null} */ (null));
  const structure = computed(() => visibleTrace.value?.key ?? null);
  /** Where parameters are drawn. */
  const parameters = signal(/** @type {import("../graph/satellites.js").Parameters} */ ("auto"));
  const stageView = signal(/** @type {StageView} */ ("graph"));
  const zoom = signal(1);
  /** Where the upper left corner of the drawing lies in the window, px; reported by the scene, as zoom is. */
  const origin = signal({ x: 0, y: 0 });
  /** Whether the drawing is so small that its numbers are left out; reported by the scene. */
  const far = signal(false);
  /** The current layout; set by the scene once it is drawn. */
  const layout = signal(/** @type {Placed | null} */ (null));
  /** The size of the stage, px. */
  const window = signal({ width: 0, height: 0 });
  /** The map of the graph; "auto": shown if the graph is larger than its window. */
  const minimap = signal(/** @type {"auto" | "shown" | "hidden"} */ ("auto"));
  const query = signal("");
  const index = computed(() => {
    void structure.value;
    const now = visibleTrace.peek();
    return now ? indexOf(now) : () => [];
  });

  return {
    openGroups,
    parameters,
    stageView,
    zoom,
    origin,
    far,
    layout,
    window,
    minimap,
    query,
    /** What is drawn; independent of numbers. */
    drawing: computed(() => {
      void structure.value;
      const now = visibleTrace.peek();
      return now && drawingOf(now, openGroups.value);
    }),
    /** Its layers, if it is a dense network; or why it has no such picture. Independent of numbers. */
    layers: computed(() => {
      void structure.value;
      const now = visibleTrace.peek();
      return now && layersOf(now);
    }),
    /** Whether the picture of units shows gradients in place of values. */
    unitGradients: signal(false),
    mapped: computed(() => {
      if (stageView.value !== "graph" || layout.value === null || minimap.value === "hidden") return false;
      const { width, height } = layout.value;
      return (
        minimap.value === "shown" ||
        width * zoom.value > window.value.width + 1 ||
        height * zoom.value > window.value.height + 1
      );
    }),
    view: signal(/** @type {ViewRequest} */ ({ what: "fit", count: 0 })),
    /** The visible area, reported by the scene; null while the whole drawing fits. */
    camera: signal(/** @type {import("../links/url.js").Camera | null} */ (null)),
    /** Whether only the branch of the selection is shown, and everything else steps back. */
    branch: signal(false),
    /** How many of the faintest steps of light step back. */
    floor: signal(0),
    /** Whether the view follows the steps. */
    follow: signal(false),
    /** Whether the search box is open. */
    searching: signal(false),
    matches: computed(() => index.value(query.value)),
    /** The search result to bring into view, by id; counted, so that it can be sought again. */
    sought: signal({ id: "", focus: false, count: 0 }),
    /** The element of a tensor that the reader points at. */
    pointed: signal(/** @type {import("../trace/elements.js").Pointed | null} */ (null)),
    /** Counts requests to move through the elements of a node by keys. */
    walk: signal(0),
    /** The node and edge pointed at in a formula or in the picture, by index. */
    hinted: signal(/** @type {{node: number | null, edge: number | null} | null} */ (null)),
    /** The boxes of the highlighted marks in the window; the card that explains an element avoids them. */
    involved: signal(/** @type {import("../trace/elements.js").Box[]} */ ([])),
  };
}
