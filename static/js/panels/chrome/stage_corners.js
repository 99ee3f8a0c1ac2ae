/** The corners of the stage while presented, and how much of each is free of the drawing and of what lies over it. */
import { byRoom, freeIn } from "../../layout/free_corner.js";
import { groupsIn, itemsIn, linesIn } from "../../layout/in_window.js";

/** Between a corner and the border of the stage, and around what is drawn, px. */
const EDGE = { x: 20, y: 12 };
const GAP = 14;
/** More of the window than this is not used. */
const MOST = 0.5;
/** In a larger drawing lines are everywhere: they may be covered. */
const MOST_LINES = 400;
/** The program's line stands below the title, at most this far into the window, px and part of its width. */
const LINE = { bottom: 96, part: 0.58 };

/**
 * @param {HTMLElement} stage @param {import("../../layout/free_corner.js").Size} window its size
 * @param {import("../../store/view.js").Placed} layout @param {import("../../layout/in_window.js").Seen} seen
 * @param {string[]} [beside]  what else stands over the stage
 * @returns {import("../../layout/free_corner.js").Free[]} the roomiest first
 */
export function cornersOf(stage, { width, height }, layout, seen, beside = [".now-value", ".now-training"]) {
  const frame = stage.getBoundingClientRect();
  /** @param {string} name of what lies over the stage */
  const over = (name) => {
    const box = document.querySelector(name)?.getBoundingClientRect();
    return box && box.width > 0
      ? [{ x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height }]
      : [];
  };
  const [legend, controls] = [over("#legend"), over("#transport")];
  const line = { x: 0, y: 0, width: LINE.part * width, height: LINE.bottom };
  const taken = [
    ...legend,
    ...controls,
    ...beside.flatMap(over),
    line,
    ...itemsIn(layout, seen, GAP),
    ...groupsIn(layout, seen, GAP / 2),
    ...(layout.curves.length > MOST_LINES ? [] : linesIn(layout, seen, GAP).flat()),
  ];
  const below = Math.max(0, ...legend.map((box) => box.y + box.height)) + EDGE.y;
  const under = LINE.bottom + EDGE.y;
  const above = Math.min(height, ...controls.map(({ y }) => y)) - EDGE.y;
  // Beside a card that takes most of the right border, the corners are those of what it leaves.
  const tall = beside.flatMap(over).find((box) => box.height > (height - below) / 2 && box.x > width / 2);
  const inner = (tall ? tall.x - GAP : width - EDGE.x) - EDGE.x;
  const corners = [
    { right: true, bottom: true, top: below, end: tall ? above : height - EDGE.y },
    { right: true, bottom: false, top: tall ? under : below, end: height - EDGE.y },
    { right: false, bottom: true, top: below, end: above },
    { right: false, bottom: false, top: under, end: above },
  ];
  return byRoom(
    corners.map(({ right, bottom, top, end }) =>
      freeIn({ right, bottom, area: { x: EDGE.x, y: top, width: inner, height: Math.max(0, end - top) } }, taken),
    ),
    { width: MOST * width, height: MOST * height },
  );
}
