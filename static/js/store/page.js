/**
 * The page around the graph: theme, tabs, dialogs, present mode, code. Nothing here derives from anything else.
 * @typedef {"auto" | "dark" | "light"} Theme
 * @typedef {"" | "edit" | "inspect"} Sheet
 * @typedef {"left" | "right"} Side
 */
import { signal } from "@preact/signals-core";
import { EXAMPLES } from "../examples.js";

export const createPage = () => ({
  theme: signal(/** @type {Theme} */ ("auto")),
  present: signal(false),
  /** While presenting: time and values stay fixed, whatever keys a remote sends. */
  frozen: signal(false),
  /** Whether a circle of light follows the pointer. */
  spotlight: signal(false),
  /** The programs that present mode steps through. */
  programs: signal(EXAMPLES),
  leftTab: signal(/** @type {"program" | "network" | "backward" | "train"} */ ("program")),
  rightTab: signal(/** @type {"node" | "code" | "output"} */ ("node")),
  /** The edge whose message is taken apart into scalars, and how many steps of it are shown; -1: none. */
  regrouped: signal({ edge: -1, at: 0 }),
  /** The panels that are folded away, so that the picture has their room. */
  folded: signal(/** @type {ReadonlySet<Side>} */ (new Set())),
  /** The program as code in one language, once its panel is open; and the gradient whose line is sought, counted. */
  code: signal(/** @type {import("../queries/codes.js").Code | null} */ (null)),
  codeTarget: signal(/** @type {import("../queries/codes.js").Target} */ ("numpy")),
  /** Where a training is shown: whether the code is that of the shown step, or of all steps. */
  codeScope: signal(/** @type {"step" | "training"} */ ("step")),
  codeSought: signal({ node: "", count: 0 }),
  sheet: signal(/** @type {Sheet} */ ("")),
  /** The open dialog, by its name in main.js; "" for none. */
  dialog: signal(""),
  /** Parts of the page that a link or a frame leaves out, by their names in links/parts.js. */
  hidden: signal(/** @type {ReadonlySet<string>} */ (new Set())),
  /** Counts requests to open the file picker. */
  picking: signal(0),
  /** The notebook whose cells are being chosen. */
  notebook: signal(/** @type {{name: string, cells: import("../edits/notebook.js").Cell[]} | null} */ (null)),
  /** The current tip of the first steps, from 1; 0: none. */
  firstStep: signal(0),
  /** A message that the reader can dismiss. */
  note: signal(""),
});

/** @param {Pick<import("../store.js").Store, "folded">} store @param {Side} side @param {boolean} away */
export function fold({ folded }, side, away) {
  const now = folded.peek();
  if (now.has(side) === away) return;
  folded.value = new Set(away ? [...now, side] : [...now].filter((each) => each !== side));
}
