/**
 * What stands around the picture: theme, tabs, dialogs, Present, code. Nothing here follows from anything else.
 * @typedef {"auto" | "dark" | "light"} Theme
 * @typedef {"" | "edit" | "inspect"} Sheet
 */
import { signal } from "@preact/signals-core";
import { EXAMPLES } from "../examples.js";

export const createPage = () => ({
  theme: signal(/** @type {Theme} */ ("auto")),
  present: signal(false),
  /** Present holds still: time and values stay as they are, whatever key the remote sends. */
  frozen: signal(false),
  /** A circle of light goes with the pointer. */
  spotlight: signal(false),
  /** The list that Present goes through. */
  programs: signal(EXAMPLES),
  leftTab: signal(/** @type {"program" | "network" | "backward"} */ ("program")),
  rightTab: signal(/** @type {"node" | "code" | "output"} */ ("node")),
  /** The program as code in one language, once somebody looks at it; and the gradient whose line is sought, counted. */
  code: signal(/** @type {import("../queries/codes.js").Code | null} */ (null)),
  codeTarget: signal(/** @type {import("../queries/codes.js").Target} */ ("numpy")),
  codeSought: signal({ node: "", count: 0 }),
  sheet: signal(/** @type {Sheet} */ ("")),
  /** The dialog that stands open, by its name in main.js; "" for none. */
  dialog: signal(""),
  /** Parts of the page that a link or a frame leaves out, by their names in parts.js. */
  hidden: signal(/** @type {ReadonlySet<string>} */ (new Set())),
  /** How often the browser's file picker was asked for. */
  picking: signal(0),
  /** The notebook whose cells are being chosen. */
  notebook: signal(/** @type {{name: string, cells: import("../edits/notebook.js").Cell[]} | null} */ (null)),
  /** Which of the first steps is pointed out, from 1; 0: none. */
  firstStep: signal(0),
  /** What the reader has to know once, and may put away. */
  note: signal(""),
});
