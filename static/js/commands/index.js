/**
 * All commands, one file per family. A new command is an object in one of them, or a new file listed here.
 * @typedef {import("./command.js").Command} Command
 * @typedef
 *   {{store: import("../store.js").Store, session: import("../session.js").Session, edits: import("../edits/edits.js").Edits, trainer: import("../queries/training.js").Trainer}}
 *   Deps
 */
import { cells } from "./cells.js";
import { detail } from "./detail.js";
import { edit } from "./edit.js";
import { find } from "./find.js";
import { groups } from "./groups.js";
import { help } from "./help.js";
import { nudging } from "./nudge.js";
import { page } from "./page.js";
import { pan } from "./pan.js";
import { playback } from "./playback.js";
import { predicting } from "./predict.js";
import { presenting } from "./present.js";
import { regrouping } from "./regroup.js";
import { share } from "./share.js";
import { trainings } from "./training.js";
import { view } from "./view.js";

const FAMILIES = [
  playback,
  trainings,
  view,
  pan,
  groups,
  detail,
  cells,
  nudging,
  regrouping,
  find,
  edit,
  predicting,
  share,
  presenting,
  help,
  page,
];

/** @param {Deps} deps @returns {Record<string, Command>} by id, in the order of buttons and help */
export function createCommands(deps) {
  return Object.fromEntries(FAMILIES.flatMap((family) => family(deps)).map((command) => [command.id, command]));
}
