/**
 * The picture: what is drawn, where it stands, what of it is seen, and what is pointed at in it.
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {{what: "fit" | "in" | "out" | "actual" | "look" | "selection", count: number}} ViewRequest  counted, so that the same may be asked twice
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
 * @property {import("../layout/read.js").Layout} layout  all of it as it was found, to draw it once more
 * @property {{x: number, y: number}} spare  room on each side of it
 */
import { computed, signal } from "@preact/signals-core";
import { drawingOf } from "../graph/drawing.js";
import { indexOf } from "../search.js";

/** @param {Pick<ReturnType<typeof import("./exercise.js").createExercise>, "visibleTrace">} exercise */
export function createView({ visibleTrace }) {
  /** The ids of the groups that stand open; null: as the drawing sees fit. */
  const openGroups = signal(/** @type {ReadonlySet<string> | null} */ (null));
  const structure = computed(() => visibleTrace.value?.key ?? null);
  const stageView = signal(/** @type {"graph" | "table"} */ ("graph"));
  const zoom = signal(1);
  /** Where everything stands in the picture; the scene says so once it is drawn. */
  const layout = signal(/** @type {Placed | null} */ (null));
  /** The size of the stage, px. */
  const window = signal({ width: 0, height: 0 });
  /** The map of the graph: shown by itself where the graph is larger than its window. */
  const minimap = signal(/** @type {"auto" | "shown" | "hidden"} */ ("auto"));
  const query = signal("");
  const index = computed(() => {
    void structure.value;
    const now = visibleTrace.peek();
    return now ? indexOf(now) : () => [];
  });

  return {
    openGroups,
    stageView,
    zoom,
    layout,
    window,
    minimap,
    query,
    /** What is drawn. Numbers that change leave it as it is. */
    drawing: computed(() => {
      void structure.value;
      const now = visibleTrace.peek();
      return now && drawingOf(now, openGroups.value);
    }),
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
    /** What of the picture the window shows, as the scene tells it; null while the whole picture fits. */
    camera: signal(/** @type {import("../links/url.js").Camera | null} */ (null)),
    /** Does the view go along with the step? */
    follow: signal(false),
    /** Is the search box open? */
    searching: signal(false),
    /** The nodes that the search box finds. */
    matches: computed(() => index.value(query.value)),
    /** What was last found and shall be seen, by its id; counted, as the same may be sought twice. */
    sought: signal({ id: "", focus: false, count: 0 }),
    /** The element of a tensor that the reader points at. */
    pointed: signal(/** @type {import("../trace/elements.js").Pointed | null} */ (null)),
    /** Counts how often the reader asked to go through the elements of a node by keys. */
    walk: signal(0),
    /** What a formula, or the picture, points at: a node and an edge by their places in the trace. */
    hinted: signal(/** @type {{node: number | null, edge: number | null} | null} */ (null)),
    /** Where in the window the marks stand that took part in it: what explains it keeps off them. */
    involved: signal(/** @type {import("../trace/elements.js").Box[]} */ ([])),
  };
}
