/**
 * Converts the state of the page to that of a link and back: `snapshot` and `apply` are inverses.
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("./url.js").Shared} Shared
 * @typedef {import("./url.js").Link} Link
 * @typedef {{moment?: boolean, view?: boolean, theme?: boolean, hide?: string[]}} Include  what a link contains besides
 *   the program
 */
import { batch } from "@preact/signals-core";
import { EXAMPLES } from "../examples.js";
import { known } from "./parts.js";
import { fromWord, OFF, toWord } from "../predict.js";
import { EPSILON } from "../store/node.js";
import { PLAIN_RUN } from "../store/training.js";
import { isOwnRule } from "../training/rule.js";
import { requestView } from "../store/view.js";
import { rewind } from "../timeline/player.js";
import { fromFragment, isLink, toFragment } from "./url.js";
import { givenFrom, valuesFor } from "../trace/values.js";

/** Fields that the store holds under the same name. */
const SAME = /** @type {const} */ ([
  "selection",
  "nudge",
  "epsilon",
  "follow",
  "branch",
  "camera",
  "backward",
  "formula",
  "output",
  "present",
  "theme",
]);
/** Title of a program without a name. */
const FROM_A_LINK = "From a link";

/** @param {Store} store @param {Include} [include] @returns {Partial<Shared>} defaults are left out */
export function snapshot(store, { moment = true, view = true, theme = false, hide = [] } = {}) {
  const program = store.program.peek();
  const lines = program.split("\n");
  const given = store.given.peek();
  const holding = Object.keys(valuesFor(program, given)).map((id) => /** @type {const} */ ([id, given[id]]));
  const free = holding.filter(([, { line }]) => line === null);
  const overridden = holding.filter(([, { line }]) => line !== null);
  const title = store.title.peek();
  const hint = store.hint.peek();
  const example = EXAMPLES.find((each) => each.title === title && each.hint === hint);
  const clock = store.clock.peek();
  const camera = store.camera.peek();
  const opened = store.openGroups.peek();
  const parameters = store.parameters.peek();
  const scalar = [...store.scalar.peek()];
  const step = store.trainStep.peek();
  const training = trainingOf(store);
  return {
    program,
    ...(free.length > 0 && { values: Object.fromEntries(free.map(([id, { value }]) => [id, value])) }),
    ...(overridden.length > 0 && {
      overrides: Object.fromEntries(
        overridden.map(([id, { value, line }]) => [
          id,
          { value, line: lines.indexOf(/** @type {string} */ (line)) + 1 },
        ]),
      ),
    }),
    ...(store.backward.peek() !== "" && { backward: store.backward.peek() }),
    ...(store.formula.peek().of !== "" && store.formula.peek().text.trim() !== "" && { formula: store.formula.peek() }),
    ...(store.output.peek() !== "" && { output: store.output.peek() }),
    // A program of the reader's own has no title.
    ...(store.named.peek() && title !== FROM_A_LINK && { title }),
    ...(hint !== "" && !example && { hint }),
    ...(moment && clock.time > 0 && { time: clock.time }),
    ...(moment && clock.speed !== 1 && { speed: clock.speed }),
    ...(moment && clock.loop && { loop: true }),
    ...(moment && store.selection.peek() !== null && { selection: /** @type {string} */ (store.selection.peek()) }),
    ...(moment &&
      store.nudge.peek() && { nudge: /** @type {import("../queries/nudge.js").Nudge} */ (store.nudge.peek()) }),
    ...(moment && store.epsilon.peek() !== EPSILON && { epsilon: store.epsilon.peek() }),
    ...(view && camera && { camera }),
    ...(view && store.follow.peek() && { follow: true }),
    ...(view && store.branch.peek() && { branch: true }),
    ...(opened && { open: [...opened] }),
    ...(store.detail.peek() === "scalar" && { detail: "scalar" }),
    ...(scalar.length > 0 && { scalar }),
    ...(view && parameters !== "auto" && { parameters }),
    ...(view && store.stageView.peek() !== "graph" && { stage: store.stageView.peek() }),
    ...(view && store.leftTab.peek() !== "program" && { left: store.leftTab.peek() }),
    ...(view && store.rightTab.peek() !== "node" && { right: store.rightTab.peek() }),
    ...(view &&
      store.rightTab.peek() === "code" &&
      store.codeTarget.peek() !== "numpy" && { target: store.codeTarget.peek() }),
    ...(view && store.present.peek() && { present: true }),
    ...(store.predict.peek().mode !== "off" && { predict: toWord(store.predict.peek()) }),
    ...(theme && store.theme.peek() !== "auto" && { theme: store.theme.peek() }),
    ...(moment && training && step !== null && { train: { ...training, step } }),
    ...(hide.length > 0 && { hide }),
  };
}

/** @param {Store} store @returns {Omit<Shared["train"], "step"> | null} */
function trainingOf(store) {
  const [training, update, example] = [store.trained.peek(), store.shownUpdate.peek(), store.shownExample.peek()];
  const last = training?.rows.at(-1)?.step;
  const more = { ...(update && { update }), ...(example !== null && { example }) };
  return training && last !== undefined ? { run: training.run, last, ...more } : null;
}

/**
 * Applies a link to the page. Without a program, only the fields it names change; with one, all others return to their
 * defaults, as on a fresh page.
 * @param {Store} store
 * @param {Partial<Shared>} state
 */
export function apply(store, state) {
  const { program } = state;
  batch(() => {
    if (program !== undefined) {
      const example = EXAMPLES.find(({ title }) => title === state.title);
      store.opened.value = { title: state.title ?? FROM_A_LINK, hint: state.hint ?? example?.hint ?? "", program };
      store.program.value = program;
      store.given.value = {};
      store.backward.value = "";
      store.formula.value = { of: "", text: "" };
      store.output.value = "";
      store.selection.value = null;
      store.nudge.value = null;
      store.epsilon.value = EPSILON;
      store.clock.value = { ...rewind(store.clock.peek()), speed: 1, loop: false };
      store.follow.value = false;
      store.branch.value = false;
      store.camera.value = null;
      store.openGroups.value = null;
      store.parameters.value = "auto";
      store.detail.value = "tensor";
      store.scalar.value = new Set();
      store.stageView.value = "graph";
      store.leftTab.value = "program";
      store.rightTab.value = "node";
      store.codeTarget.value = "numpy";
      store.present.value = false;
      store.predict.value = OFF;
      store.trainRun.value = PLAIN_RUN;
      store.chosenExample.value = null;
      store.rule.value = "";
      store.trainSought.value = null;
    }
    const lines = store.program.peek().split("\n");
    const overrides = Object.entries(state.overrides ?? {}).filter(([, { line }]) => line <= lines.length);
    if (state.values || overrides.length > 0) {
      store.given.value = {
        ...store.given.peek(),
        ...givenFrom(state.values ?? {}),
        ...Object.fromEntries(overrides.map(([id, { value, line }]) => [id, { value, line: lines[line - 1] }])),
      };
    }
    const clock = store.clock.peek();
    store.clock.value = { ...rewind(clock), time: state.time ?? clock.time, speed: state.speed ?? clock.speed };
    for (const name of SAME)
      if (state[name] !== undefined) /** @type {{value: unknown}} */ (store[name]).value = state[name];
    if (state.camera !== undefined || program !== undefined) requestView(store, "look");
    if (state.loop !== undefined) store.clock.value = { ...store.clock.peek(), loop: state.loop };
    if (state.detail === "tensor" || state.detail === "scalar") store.detail.value = state.detail;
    if (state.scalar !== undefined) store.scalar.value = new Set(state.scalar);
    if (state.stage === "graph" || state.stage === "table" || state.stage === "units")
      store.stageView.value = state.stage;
    if (state.parameters !== undefined) store.parameters.value = state.parameters;
    if (state.open !== undefined) store.openGroups.value = new Set(state.open);
    if (state.left === "program" || state.left === "network" || state.left === "backward" || state.left === "train")
      store.leftTab.value = state.left;
    if (state.target !== undefined) store.codeTarget.value = state.target;
    if (state.right === "node" || state.right === "code" || state.right === "output")
      store.rightTab.value = state.right;
    if (state.predict !== undefined) store.predict.value = fromWord(state.predict) ?? OFF;
    if (state.train !== undefined) {
      store.trainRun.value = state.train.run;
      const { optimizer = "" } = state.train.run;
      store.rule.value = isOwnRule(optimizer) ? optimizer : "";
      store.chosenUpdate.value = state.train.update ?? "";
      store.chosenExample.value = state.train.example ?? null;
      store.trainSought.value = { step: state.train.step, last: state.train.last };
    }
    if (state.hide !== undefined) store.hidden.value = known(state.hide);
  });
}

/** @param {Link} link @returns {string} a message for the reader; "" if all is well */
function troubleWith({ state, wrong, unread }) {
  const opened = state.program === undefined ? "No complete line of the program arrived." : "";
  if (wrong === "cut")
    return `This link was cut short on its way. ${opened || "The part that arrived is open; the end is missing. Ask for the whole link."}`;
  if (wrong === "damaged")
    return `This link was changed on its way. ${opened || "What could be read is open, but it may differ from what was shared."}`;
  if (wrong === "newer")
    return `This link was made by a newer Backlit than this one. ${opened || "Only a part of it could be read."}`;
  if (unread.length > 0) return `A part of this link cannot be read (${unread.join(", ")}). The rest is open.`;
  return "";
}

/**
 * Applies the address before anything is drawn.
 * @param {Store} store @param {string} fragment
 */
export async function restore(store, fragment) {
  if (!isLink(fragment)) return;
  const found = fromFragment(fragment);
  open(store, found instanceof Promise ? await found : found);
}

/** @param {Store} store @param {Link} link */
function open(store, link) {
  apply(store, link.state);
  store.note.value = troubleWith(link);
}

/**
 * Applies another link that is put into the address while the page is open.
 * @param {Store} store @param {import("../session.js").Session} session @param {string} fragment
 */
export async function follow(store, session, fragment) {
  if (!isLink(fragment)) return;
  const link = await fromFragment(fragment);
  session.put(() => open(store, link), link.state.time ?? (link.state.program === undefined ? null : 0));
}

/**
 * The link from a frame or a lesson to the lab carries the current state.
 * @param {HTMLAnchorElement} link @param {Store} store
 */
export function leadHome(link, store) {
  // Written just before use, in the plain spelling, which is available synchronously.
  const write = () => (link.href = `/lab#${toFragment(snapshot(store))}`);
  for (const about of ["pointerdown", "pointerenter", "focus", "click", "contextmenu"])
    link.addEventListener(about, write);
}

/**
 * The first edit removes the link from the address; otherwise the next visit would restore the link instead of the
 * edit. Parts that the link hides stay hidden.
 * @param {Store} store
 */
export function leaveLink(store) {
  if (!isLink(location.hash)) return;
  const hide = [...store.hidden.peek()];
  const rest = hide.length > 0 ? `#${toFragment({ hide })}` : "";
  history.replaceState(null, "", `${location.pathname}${location.search}${rest}`);
}
