/**
 * Draws one layout: builds the elements once, keeps references to everything that may change, and per frame updates
 * only the few elements that the step affects.
 *
 * @typedef {import("../types.js").Trace} Trace
 * @typedef {import("../timeline/frame.js").Frame} Frame
 * @typedef {import("../layout/read.js").Layout} Layout
 * @typedef {import("../graph/drawing.js").Drawing} Drawing
 * @typedef {import("./marks/mark.js").Context} Context
 * @typedef
 *   {{trace: Trace, drawing: Drawing, context: Context, places: Layout, sizes: {width: number, height: number}[], spare: {x: number, y: number}}}
 *   Scene  spare: room for labels on each side of the drawing, px
 * @typedef {object} Parts
 * @property {import("./marks/mark.js").Drawn[]} marks  by item
 * @property {import("./edges.js").DrawnEdge[]} lines
 * @property {import("./strands.js").Strands} strands
 * @property {{group: number, box: import("../layout/read.js").Box}[]} boxes  of open groups
 * @property {() => import("./labels/obstacles.js").Surroundings} surroundings  what its labels must avoid, computed on
 *   first use
 * @typedef {Scene & Parts} Drawn
 */
import { itemIn, lineIn, movedBetween, strandIn } from "../timeline/frame.js";
import { drawItem, inputsOf, nodeOf } from "./arrange.js";
import { nameFromAfar, shortName } from "./distance.js";
import { createPulses, drawEdge, noEdge } from "./edges.js";
import { laneOf } from "../layout/wrap.js";
import { strandsOf } from "./strands.js";
import { turnLevels } from "./marks/strip.js";
import { placeShapes } from "./labels/shapes.js";
import { surroundingsOf } from "./labels/obstacles.js";
import { NO_LABELS, createStepLabels } from "./labels/step.js";
import { sumIn } from "./labels/sum.js";
import { createSums } from "./labels/sums.js";
import { drawGroup } from "./groups.js";
import { MOVE_MS, bent, createMotion, origins } from "./motion.js";
import { pulseStates } from "./pulses.js";
import { describeItem } from "./speech.js";
import { svg } from "./svg.js";
import { shapeLabel } from "../words/format.js";
import { ownGradientOn, ownMarkOf } from "../words/own_marks.js";
import { markOf, verdictOn } from "../words/verdicts.js";

/** The distance from which the seed comes to the output, px. */
const SEED_WAY = 90;
/** Size of a box's title as seen from afar, px. */
const FAR_TITLE = { width: 300, height: 60 };
/** Most items in a drawing whose changes are animated. */
const MOST_MOVING = 250;
/** So many lines that run back within this height are still followed one by one, px. */
const FOLLOWED = 2;
const LANES = 80;
/**
 * Steps shorter than this are not told apart by an eye, ms: while they play, what they light is drawn together, with
 * this time in between. To paint a thousand nodes anew takes as long as a frame.
 */
const QUICK = 60;
const TOGETHER = 80;

/** @param {{describe: (item: number, words: string) => void, still: () => boolean}} tell  still: no animation */
export function createPicture({ describe, still }) {
  const [groups, edges, titles, nodes, pulses] = ["groups", "edges", "titles", "nodes", "pulses"].map((name) =>
    svg("g", { class: name }),
  );
  const showPulses = createPulses(pulses);
  const showSums = createSums(pulses);
  const labelsOf = createStepLabels();
  const move = createMotion();
  /** @type {Drawn | null} */
  let drawn = null;
  /** The frame currently on screen. @type {{trace: Trace, k: number} | null} */
  let shown = null;

  /** When it was drawn, ms. */
  let drawnAt = -Infinity;

  /** @type {Frame | null} */
  let last = null;
  /** The verdicts of the checks of one trace. @type {import("../words/verdicts.js").Verdicts | null} */
  let checks = null;

  /** @param {Trace} trace @param {import("../graph/drawing.js").Item} item */
  const verdictOf = (trace, item) => (checks !== null && checks.trace === trace ? verdictOn(checks, item) : null);

  /** How the program's own engine is graded, for one trace; null where it has none. @type {import("../store/exercise.js").EngineGrade | null} */
  let own = null;

  /** @param {Trace} trace @param {import("../graph/drawing.js").Item} item */
  const ownOf = (trace, item) => (own !== null && own.trace === trace ? ownGradientOn(own.of, item) : null);

  /** Updates the seals; called when checks change, not per frame. Beside an engine of the program's own they are about that. */
  function sealAll() {
    drawn?.marks.forEach(({ element }, i) => {
      const { trace, drawing } = /** @type {Drawn} */ (drawn);
      const verdict = checks !== null && checks.trace.key === trace.key ? verdictOn(checks, drawing.items[i]) : null;
      const graded = own?.answer && own.trace.key === trace.key ? own : null;
      const mark = graded ? ownMarkOf(ownGradientOn(graded.of, drawing.items[i])) : verdict && markOf(verdict);
      if (mark) element.dataset.check = mark;
      else delete element.dataset.check;
    });
  }

  /** @param {Frame} frame @param {boolean} [quick]  too short a step to read what is written on its edges */
  function travel(frame, quick = false) {
    if (drawn === null || drawn.drawing.key !== frame.cues.drawing.key) return;
    const labels = quick ? NO_LABELS : labelsOf(frame, drawn.surroundings);
    const states = pulseStates(frame, drawn.lines, wayIn(drawn), labels.locals);
    showPulses(still() ? states.map((state) => ({ ...state, at: null })) : states);
    const { items } = drawn.drawing;
    showSums(
      [...labels.sums].flatMap(([item, at]) => {
        const text = sumIn(itemIn(frame, item));
        return text ? [{ text, at, of: items[item].key }] : [];
      }),
    );
  }

  /** @returns {import("./motion.js").Seen | null} */
  function seen() {
    if (drawn === null) return null;
    const { trace, drawing, places, boxes } = drawn;
    return {
      places: new Map(drawing.items.map(({ key }, i) => [key, places.nodes[i]])),
      boxes: new Map(boxes.map(({ group, box }) => [trace.groups[group].id, box])),
    };
  }

  return {
    /** From the back to the front. */
    layers: { groups, edges, titles, nodes, pulses },
    seen,
    drawn: () => drawn,

    /** @param {Scene} scene @returns {number} duration of the transition, ms */
    build(scene) {
      const { trace, drawing, context, places } = scene;
      const before = drawn?.trace.key === trace.key ? drawn : null;
      const same = /** @type {const} */ (["compact", "brief", "curves", "upright"]).every(
        (key) => before?.context[key] === context[key],
      );
      const kept = new Map(same ? before?.drawing.items.map(({ key }, i) => [key, before.marks[i]]) : []);
      const former = before && seen();
      const beside = new Map(before?.drawing.items.map((item) => [item.key, before.context.satellites.get(item)]));
      const marks = drawing.items.map((item, i) => {
        const old = kept.get(item.key);
        if (old !== undefined && beside.get(item.key)?.tiny === context.satellites.get(item)?.tiny) return old;
        const made = drawItem(trace, item, context);
        if (!context.satellites.has(item)) nameFromAfar(made.element, shortName(trace, drawing, i), scene.sizes[i]);
        return made;
      });
      const lanes = places.edges.map((points) => (places.direction === "LR" ? laneOf(points) : null));
      const backwards = lanes.map((lane) => lane !== null);
      // What one node sends back to the next row runs as one line, which says its shape once.
      const shapes = drawing.lines.map(({ source }, i) =>
        backwards[i] && drawing.lines.findIndex((line, j) => line.source === source && backwards[j]) < i
          ? ""
          : shapeLabel(nodeOf(trace, drawing.items[source]).shape),
      );
      const strands = strandsOf(drawing, context.satellites);
      const lines = shapes.map((shape, i) => (strands.lead[i] === i ? drawEdge(shape) : noEdge()));
      const boxes = drawing.boxes.flatMap((group, i) => {
        const box = places.groups[i];
        return box ? [{ group, box }] : [];
      });
      const frames = boxes.map(({ group }) => drawGroup(trace.groups[group]));
      frames.forEach(({ title }, i) =>
        title.toggleAttribute(
          "data-crowded",
          boxes.slice(0, i).some(({ box }) => beginsWithin(box, boxes[i].box)),
        ),
      );
      // Several lines that run back in one place step behind the rows.
      const back = lanes.flatMap((y, i) => (y === null ? [] : [{ y, source: drawing.lines[i].source }]));
      lines.forEach(({ element }, i) => {
        const lane = lanes[i];
        const beside = lane === null ? [] : back.filter(({ y }) => Math.abs(y - lane) < LANES);
        element.toggleAttribute("data-back", new Set(beside.map(({ source }) => source)).size > FOLLOWED);
      });
      marks.forEach(({ element }, i) => (element.dataset.id = drawing.items[i].key));
      groups.replaceChildren(...frames.map(({ frame }) => frame));
      titles.replaceChildren(...frames.map(({ title }) => title));
      edges.replaceChildren(...lines.map(({ element }) => element));
      nodes.replaceChildren(...marks.map(({ element }) => element));
      const surroundings = once(() => surroundingsOf({ ...scene, boxes }));
      drawn = { ...scene, marks, lines, strands, boxes, surroundings };
      sealAll();
      shown = null;

      const starts = former ? origins(drawing, trace, former) : [];
      const moves = former !== null && before?.drawing.key !== drawing.key && marks.length <= MOST_MOVING && !still();
      move(moves ? MOVE_MS : 0, (left) => {
        const away = marks.map((_, i) => {
          const start = starts[i];
          return start
            ? { x: (start.from.x - places.nodes[i].x) * left, y: (start.from.y - places.nodes[i].y) * left }
            : { x: 0, y: 0 };
        });
        marks.forEach(({ element }, i) => {
          const { x, y } = places.nodes[i];
          element.style.transform = `translate(${(x + away[i].x).toFixed(1)}px, ${(y + away[i].y).toFixed(1)}px)`;
          element.style.opacity = left > 0 && starts[i]?.fresh ? String(1 - left) : "";
        });
        lines.forEach((line, i) => {
          const { source, target } = drawing.lines[i];
          line.shape(bent(places.edges[i], away[source], away[target]));
        });
        boxes.forEach(({ group, box }, i) => {
          const { id } = trace.groups[group];
          const was = former?.boxes.get(id) ?? around(former?.places.get(id));
          const mix = (/** @type {"x" | "y" | "width" | "height"} */ k) =>
            box[k] + ((was?.[k] ?? box[k]) - box[k]) * left;
          frames[i].place({ x: mix("x"), y: mix("y"), width: mix("width"), height: mix("height") });
        });
        // Labels on lines are placed once the lines have stopped moving.
        if (left === 0) placeShapes(lines, shapes, surroundings, drawing.items.length);
        else for (const line of lines) line.say(null);
        pulses.style.visibility = left > 0 ? "hidden" : "";
        if (left === 0 && last !== null) travel(last);
      });
      return moves ? MOVE_MS : 0;
    },

    /** @param {import("../words/verdicts.js").Verdicts | null} found @param {import("../store/exercise.js").EngineGrade | null} grade */
    check(found, grade) {
      if (found === checks && grade === own) return;
      [checks, own] = [found, grade];
      sealAll();
      if (drawn === null || last === null || last.cues.drawing.key !== drawn.drawing.key) return;
      const [frame, { items }] = [last, drawn.drawing];
      items.forEach((item, i) =>
        describe(
          i,
          describeItem(frame.trace, item, itemIn(frame, i), verdictOf(frame.trace, item), ownOf(frame.trace, item)),
        ),
      );
    },

    /** @param {Frame} frame @param {boolean} [playing]  others follow, and the last is drawn in full */
    update(frame, playing = false) {
      if (drawn === null || drawn.drawing.key !== frame.cues.drawing.key) return;
      const { drawing, marks, lines, strands } = drawn;
      const { trace, cues, k } = frame;
      const quick = playing && frame.step.duration < QUICK;
      last = frame;
      const now = performance.now();
      if (quick && shown?.trace === trace && now - drawnAt < TOGETHER) return travel(frame, true);
      drawnAt = now;
      const moved =
        shown !== null && shown.trace === trace
          ? movedBetween(cues, shown.k, k)
          : { items: marks.keys(), lines: lines.keys() };
      for (const i of moved.items) {
        const item = drawing.items[i];
        const state = itemIn(frame, i);
        const node = nodeOf(trace, item);
        marks[i].update(
          node,
          state,
          item.kind === "node" ? inputsOf(trace, node.index) : turnLevels(trace, trace.groups[item.group]),
        );
        // Describe it in words when the step begins and ends, not in every frame.
        if (shown === null || shown.trace !== trace || shown.k !== k || frame.progress >= 1)
          describe(i, describeItem(trace, item, state, verdictOf(trace, item), ownOf(trace, item)));
      }
      for (const i of new Set([...moved.lines].map((line) => strands.lead[line]))) {
        const edges = strands.edges.get(i);
        lines[i].update(edges === undefined ? lineIn(frame, i) : strandIn(frame, edges));
      }
      shown = { trace, k };
      travel(frame, quick);
    },
  };
}

/** @template T @param {() => T} make @returns {() => T} computed on first use and cached */
function once(make) {
  /** @type {{made: T} | null} */
  let kept = null;
  return () => (kept ??= { made: make() }).made;
}

/**
 * @param {Drawn} drawn
 * @returns {import("../layout/read.js").Point[]} the seed's path: from outside to the edge of the output
 */
function wayIn({ trace, drawing, places, sizes }) {
  const output = drawing.itemOf[trace.outputIndex];
  const { x, y } = places.nodes[output] ?? { x: 0, y: 0 };
  const { width, height } = sizes[output] ?? { width: 0, height: 0 };
  return places.direction === "TB"
    ? [
        { x, y: y + height / 2 + SEED_WAY },
        { x, y: y + height / 2 },
      ]
    : [
        { x: x + width / 2 + SEED_WAY, y },
        { x: x + width / 2, y },
      ];
}

/**
 * @param {import("../layout/read.js").Point | undefined} point
 * @returns {import("../layout/read.js").Box | undefined}
 */
const around = (point) => point && { x: point.x - 50, y: point.y - 40, width: 100, height: 80 };

/**
 * Whether the titles of two boxes would overlap at the size used from afar.
 * @param {import("../layout/read.js").Box} outer @param {import("../layout/read.js").Box} box
 */
const beginsWithin = (outer, box) =>
  Math.abs(box.y - outer.y) < FAR_TITLE.height && box.x - outer.x < FAR_TITLE.width && box.x >= outer.x;
